package dev.sidestream.gateway.session;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 503 with {@code Retry-After} when Redis, which holds the sessions, does not answer. It stands before Spring
 * Session's filter, and it touches no session itself, so that it can speak when no session can be read.
 */
final class StoreAwayFilter extends OncePerRequestFilter {

    /** Seconds. About as long as Redis takes to restart. */
    static final String RETRY_AFTER = "5";

    private static final Logger log = LoggerFactory.getLogger(StoreAwayFilter.class);

    private final byte[] page;

    StoreAwayFilter() throws IOException {
        page = new ClassPathResource("pages/store-away.html").getContentAsByteArray();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (DataAccessException | ServletException e) {
            if (!isStoreAway(e) || response.isCommitted()) {
                throw e;
            }
            log.atWarn()
                    .addKeyValue("cause", e.getClass().getSimpleName())
                    .log("Redis does not answer, refused a request");
            refuse(request, response);
        }
    }

    private static boolean isStoreAway(Exception e) {
        return e instanceof DataAccessException || e.getCause() instanceof DataAccessException;
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.reset();
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        if (accept != null && accept.contains("text/html")) {
            response.setContentType("text/html;charset=UTF-8");
            response.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'");
            response.getOutputStream().write(page);
        } else {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.getOutputStream().write("""
                    {"title":"Service Unavailable","status":503,"detail":"Sessions cannot be read at the moment"}""".getBytes(StandardCharsets.UTF_8));
        }
    }
}
