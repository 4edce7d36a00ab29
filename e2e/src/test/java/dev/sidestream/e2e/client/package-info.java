/**
 * A bare WebSocket client that can also break every rule, and the site as an HTTP client sees it. Imports only schema.
 */
@NullMarked
package dev.sidestream.e2e.client;

import org.jspecify.annotations.NullMarked;
