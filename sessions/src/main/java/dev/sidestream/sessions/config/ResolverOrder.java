package dev.sidestream.sessions.config;

import dev.sidestream.sessions.SessionResolver;
import dev.sidestream.sessions.store.SessionResolvers;
import java.util.ArrayList;
import java.util.List;

/** Brings the resolvers that are on into the order of the settings; beans that the settings do not name come last. */
final class ResolverOrder {

    private ResolverOrder() {}

    static SessionResolvers of(List<String> names, BuiltInResolvers builtIn, List<SessionResolver> beans) {
        List<SessionResolver> unnamed = new ArrayList<>(beans);
        List<SessionResolver> ordered = new ArrayList<>();
        for (String name : names) {
            SessionResolver bean = beans.stream()
                    .filter(candidate -> candidate.name().equals(name))
                    .findFirst()
                    .orElse(null);
            SessionResolver resolver = bean != null ? bean : builtIn.make(name);
            if (resolver == null) {
                throw new IllegalArgumentException("sidestream.session.resolvers names '" + name + "'; it may name "
                        + String.join(", ", BuiltInResolvers.NAMES) + " and any bean of type SessionResolver");
            }
            ordered.add(resolver);
            unnamed.remove(resolver);
        }
        ordered.addAll(unnamed);
        return new SessionResolvers(ordered);
    }
}
