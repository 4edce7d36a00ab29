/**
 * What visitors see when the store of their sessions is away; the sessions themselves are Spring Session's, untouched.
 * Imports nothing of the other packages.
 */
@NullMarked
package dev.sidestream.gateway.session;

import org.jspecify.annotations.NullMarked;
