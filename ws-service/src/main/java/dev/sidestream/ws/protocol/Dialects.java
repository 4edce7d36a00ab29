package dev.sidestream.ws.protocol;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The dialects that there are. */
public final class Dialects {

    /** No sub-protocol: messages and nothing unsolicited. */
    public static final Dialect PLAIN = new PlainDialect(0);

    /** The sub-protocol {@value FullDialect#SUBPROTOCOL}: welcome, acks, errors, gaps, resume. */
    public static final Dialect FULL = new FullDialect(1);

    /** All of them, each at its {@link Dialect#index()}. */
    public static final List<Dialect> ALL = List.of(PLAIN, FULL);

    private Dialects() {}

    /** How many there are: the length of an array with an element for each. */
    public static int count() {
        return ALL.size();
    }

    /** The sub-protocols of all that have one, for messages to people. */
    public static String subProtocols() {
        Stream<String> names = ALL.stream().map(Dialect::subProtocol).filter(Objects::nonNull);
        return names.collect(Collectors.joining(", "));
    }
}
