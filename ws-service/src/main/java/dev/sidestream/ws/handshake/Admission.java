package dev.sidestream.ws.handshake;

import dev.sidestream.ws.connection.Scope;
import dev.sidestream.ws.consumer.Routes;
import dev.sidestream.ws.protocol.CloseCode;
import dev.sidestream.ws.protocol.Mode;
import dev.sidestream.ws.session.SessionRef;

/** The outcome of a handshake. */
public sealed interface Admission {

    /**
     * May be upgraded.
     *
     * @param match the route and its variables
     * @param session what the connection stands on
     * @param place its place among the connections of its address, to be left when it has ended
     */
    record Accepted(Routes.Match match, Scope scope, Mode mode, SessionRef session, Place place) implements Admission {}

    /**
     * Is upgraded only to be told why it may not stay.
     *
     * @param code what it is told
     */
    record Told(Refusal refusal, CloseCode code, Mode mode) implements Admission {}

    /** Is answered with a plain HTTP status. */
    record Refused(Refusal refusal) implements Admission {}
}
