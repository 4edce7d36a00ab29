/** Who may enter, and the way in and out; imports Spring Security and nothing of the other packages. */
@NullMarked
package dev.sidestream.gateway.login;

import org.jspecify.annotations.NullMarked;
