/**
 * Sessions of Flask-Session, with the user of Flask-Login. May import {@code session}, {@code session.format} and
 * {@code session.store}.
 */
@NullMarked
package dev.sidestream.sessions.flask;

import org.jspecify.annotations.NullMarked;
