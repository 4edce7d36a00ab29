package dev.sidestream.ws.security;

import dev.sidestream.ws.support.Handshake;
import java.util.function.Supplier;

/**
 * One way to get in that must not work, and its legitimate twin, which must: a table of refusals alone could be had by refusing
 * everybody.
 *
 * @param twin prepares and gives the handshake that is right; asked first
 * @param attack prepares and gives the one that is not
 * @param status what the attack is answered with: a status, or a close code
 * @param as the reason it is given, as the meter spells it; empty where the request does not get as far
 */
record SecurityCase(String name, Supplier<Handshake> twin, Supplier<Handshake> attack, int status, String as) {

    /** Whether the answer is a close code after an upgrade, which a client in full mode gets. */
    boolean isTold() {
        return status >= 4000;
    }

    /** Refused because nobody is logged in. */
    static SecurityCase nobody(String name, Supplier<Handshake> twin, Supplier<Handshake> attack) {
        return new SecurityCase(name, twin, attack, 401, "no_session");
    }

    /** Refused because the login is over. */
    static SecurityCase over(String name, Supplier<Handshake> twin, Supplier<Handshake> attack) {
        return new SecurityCase(name, twin, attack, 401, "session_expired");
    }

    /** Refused because of where the page is from. */
    static SecurityCase origin(String name, Supplier<Handshake> twin, Supplier<Handshake> attack) {
        return new SecurityCase(name, twin, attack, 403, "origin");
    }

    @Override
    public String toString() {
        return name;
    }
}
