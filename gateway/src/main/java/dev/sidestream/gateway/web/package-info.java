/** What every page has in common: response headers and the caching of assets; imports nothing of the other packages. */
@NullMarked
package dev.sidestream.gateway.web;

import org.jspecify.annotations.NullMarked;
