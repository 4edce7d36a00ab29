/**
 * Sessions of Django in its cache: the core Redis backend and django-redis. May import {@code sessions}, {@code sessions.format} and
 * {@code sessions.store}.
 */
@NullMarked
package dev.sidestream.sessions.django;

import org.jspecify.annotations.NullMarked;
