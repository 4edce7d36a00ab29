package dev.sidestream.ws.admission;

/** Whether this node is leaving, so that nobody may come in any more. Safe for use by many threads. */
@FunctionalInterface
public interface DrainState {

    boolean isDraining();
}
