package dev.sidestream.ws.consumer;

import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Leads requests whose path matches to a consumer. Beans of this type are asked in their order, before the routes that ship.
 *
 * @param patterns path patterns of Spring, such as {@code /chat/{room}/echo}
 * @param consumer makes one consumer for each connection
 * @param check decides whether a scope may connect here, before the upgrade
 * @param full whether clients may offer the sub-protocol here
 * @param keepHeaders whether the scope keeps the request's headers for as long as the connection lives
 */
public record ConsumerRoute(
        List<PathPattern> patterns,
        Supplier<? extends Consumer> consumer,
        RouteCheck check,
        boolean full,
        boolean keepHeaders) {

    public ConsumerRoute {
        patterns = List.copyOf(patterns);
    }

    /** A route to a consumer of one's own, in plain mode. */
    public static ConsumerRoute of(String pattern, Supplier<? extends Consumer> consumer) {
        return new ConsumerRoute(patterns(pattern), consumer, RouteCheck.NONE, false, true);
    }

    static List<PathPattern> patterns(String... patterns) {
        PathPatternParser parser = new PathPatternParser();
        parser.setPathOptions(Routes.PATH);
        return List.of(patterns).stream().map(parser::parse).toList();
    }

    /** The variables of the first pattern that matches; null when none does. */
    PathPattern.@org.jspecify.annotations.Nullable PathMatchInfo match(PathContainer path) {
        for (PathPattern pattern : patterns) {
            PathPattern.PathMatchInfo match = pattern.matchAndExtract(path);
            if (match != null) {
                return match;
            }
        }
        return null;
    }
}
