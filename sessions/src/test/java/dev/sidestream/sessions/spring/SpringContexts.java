package dev.sidestream.sessions.spring;

import dev.sidestream.sessions.format.PayloadReader;
import dev.sidestream.sessions.format.Payloads;
import dev.sidestream.sessions.store.Advice;

/** What a security context costs from its bytes to whom it means. */
public final class SpringContexts {

    private static final SpringIdentity IDENTITY =
            new SpringIdentity("authentication.principal.profile.login", new Advice());

    private SpringContexts() {}

    /** Reads and identifies; whom, is forgotten. */
    public static PayloadReader identified() {
        return bytes -> {
            var context = Payloads.JAVA_OR_JSON.read(bytes);
            IDENTITY.identify(context);
            return context;
        };
    }
}
