package dev.sidestream.ws.admission;

import dev.sidestream.sessions.SessionRef;
import dev.sidestream.ws.consumer.Routes;
import dev.sidestream.ws.protocol.CloseCode;
import dev.sidestream.ws.protocol.Dialect;
import dev.sidestream.ws.scope.Scope;

/** The outcome of a handshake. */
public sealed interface Admission {

    /**
     * May be upgraded.
     *
     * @param match the route and its variables
     * @param session what the connection stands on
     * @param permit its place among the connections of its address, to be left when it has ended
     */
    record Accepted(Routes.Match match, Scope scope, Dialect dialect, SessionRef session, AddressPermit permit)
            implements Admission {}

    /**
     * Is upgraded only to be told why it may not stay.
     *
     * @param code what it is told
     */
    record UpgradeThenClose(Refusal refusal, CloseCode code, Dialect dialect) implements Admission {}

    /** Is answered with a plain HTTP status. */
    record Refused(Refusal refusal) implements Admission {}
}
