package dev.sidestream.gateway.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.support.AbstractFlashMapManager;

/**
 * Keeps nothing from one request to the next, which no page of this site needs. The usual manager looks into the session on
 * every request, so that each style sheet would cost a look-up in Redis and could not be had while Redis is away.
 */
final class NoFlashMaps extends AbstractFlashMapManager {

    @Override
    protected @Nullable List<FlashMap> retrieveFlashMaps(HttpServletRequest request) {
        return null;
    }

    @Override
    protected void updateFlashMaps(List<FlashMap> flashMaps, HttpServletRequest request, HttpServletResponse response) {
        throw new IllegalStateException("This site passes nothing from one request to the next");
    }
}
