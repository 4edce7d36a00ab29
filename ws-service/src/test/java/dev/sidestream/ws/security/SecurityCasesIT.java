package dev.sidestream.ws.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.ws.support.Handshake;
import dev.sidestream.ws.support.Refused;
import dev.sidestream.ws.support.SocketTest;
import dev.sidestream.ws.support.TestClient;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every known way to get in without a login, against a running node, a real Redis and the sessions of real sites; and beside
 * each the nearest way that is right, which lets in. Prints the table at its end.
 */
@SocketTest
class SecurityCasesIT {

    private static final Queue<String> TABLE = new ConcurrentLinkedQueue<>();

    private static Sites sites;
    private static int accepted;

    @BeforeAll
    static void start() {
        sites = new Sites();
    }

    @AfterAll
    static void stop() {
        sites.close();
        System.out.printf("%n%-82s %6s  %s%n", "case", "status", "refused as");
        TABLE.forEach(System.out::println);
        System.out.printf("%d cases, accepted that should not be: %d%n%n", TABLE.size(), accepted);
    }

    static Stream<SecurityCase> cases() {
        return Stream.of(CookieCases.of(sites), OriginCases.of(sites), TokenCases.of(sites), TicketCases.of(sites))
                .flatMap(List::stream);
    }

    /** What became of a handshake: 101 and nothing, or the status and the reason that it was refused with. */
    private record Outcome(int status, String as) {

        /** @param told whether a client that offers full mode is let through the door to be told why it may not stay */
        static Outcome of(Handshake handshake, boolean told) {
            try (TestClient client = handshake.open()) {
                return new Outcome(told ? client.closing().code() : 101, "");
            } catch (Refused refused) {
                String text = String.valueOf(refused.getMessage()).replaceFirst("^\\d+ ?", "");
                return new Outcome(refused.status(), text.contains(":") ? text.substring(0, text.indexOf(':')) : "");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void refusesTheAttackAndAcceptsItsTwin(SecurityCase one) {
        double before = handshakes("accepted");
        assertThat(Outcome.of(one.twin().get(), false))
                .as("its legitimate twin")
                .isEqualTo(new Outcome(101, ""));
        Handshake attack = one.attack().get();
        double let = handshakes("accepted");
        assertThat(let).as("the twin is counted").isGreaterThan(before);

        Outcome outcome = Outcome.of(attack, one.isTold());
        boolean entered = handshakes("accepted") > let || outcome.status() == 101;
        accepted += entered ? 1 : 0;
        TABLE.add("%-82s %6d  %s".formatted(one.name(), outcome.status(), outcome.as()));
        assertThat(entered).as("accepted").isFalse();
        assertThat(outcome.status()).isEqualTo(one.status());
        assertThat(one.as()).contains(outcome.as());
    }

    private static double handshakes(String outcome) {
        return sites.node.meter("sidestream.handshakes", "outcome", outcome);
    }

    @Test
    void thereAreCasesOfEveryKind() {
        assertThat(cases().map(SecurityCase::name)).doesNotHaveDuplicates().hasSizeGreaterThan(100);
    }
}
