/**
 * Sessions of Django in its cache: the core Redis backend and django-redis. May import {@code session}, {@code session.format} and
 * {@code session.store}.
 */
@NullMarked
package dev.sidestream.sessions.django;

import org.jspecify.annotations.NullMarked;
