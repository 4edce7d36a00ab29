/**
 * Sessions of Flask-Session, with the user of Flask-Login. May import {@code sessions}, {@code sessions.format} and
 * {@code sessions.store}.
 */
@NullMarked
package dev.sidestream.sessions.flask;

import org.jspecify.annotations.NullMarked;
