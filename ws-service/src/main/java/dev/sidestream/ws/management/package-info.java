/**
 * What operators and the site's back end ask on the management port: health, meters, revocation. May import {@code logout},
 * {@code room} and what lies below them.
 */
@NullMarked
package dev.sidestream.ws.management;

import org.jspecify.annotations.NullMarked;
