/**
 * Sessions of Flask-Session, with the user of Flask-Login. May import {@code session}, {@code session.format} and
 * {@code session.store}.
 */
@NullMarked
package dev.sidestream.ws.session.flask;

import org.jspecify.annotations.NullMarked;
