package dev.sidestream.channel;

import static dev.sidestream.channel.TwoLayers.get;
import static dev.sidestream.channel.TwoLayers.message;
import static dev.sidestream.channel.TwoLayers.publication;
import static dev.sidestream.channel.TwoLayers.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidestream.channel.testing.Inbox;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What a channel layer must take, and what it must refuse before anything is sent. */
interface InputContract extends TwoLayers {

    @Test
    default void carriesBodiesOf64KiBAndAnyText() {
        String large = "ß".repeat(32 * 1024);
        String odd = "\u0000\r\n\"{}: 聊天 \uD83D\uDE00";
        Inbox inbox = new Inbox();
        try (Mailbox mailbox = layer().open(inbox)) {
            run(other().send(mailbox.channel(), message(large)));
            run(other().send(mailbox.channel(), message(odd)));
            run(other().send(mailbox.channel(), message("")));
            assertThat(inbox.await(3)).containsExactly(large, odd, "");
        }
        assertThatThrownBy(() -> message(large + "x")).isInstanceOf(IllegalArgumentException.class);
        String json = "\"" + "x".repeat(64 * 1024 - 2) + "\"";
        get(layer().publish("large", publication(json)));
        assertThat(page("large", null, null, 1)).containsExactly(json);
        assertThatThrownBy(() -> publication(json + " ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void takesTwoSpellingsOfANameForOneRoom() {
        get(layer().publish("caf\u00e9", publication("1")));
        get(layer().publish("cafe\u0301", publication("2")));
        assertThat(page("caf\u00e9", null, null, 10)).containsExactly("1", "2");
        get(layer().publish("聊天室", publication("3")));
        assertThat(page("聊天室", null, null, 10)).containsExactly("3");
    }

    @Test
    default void refusesNamesAndLimitsThatAreNone() {
        for (String name : List.of(
                "", "a b", "a:b", "{a}", "a/b", "*", "a\nb", "x".repeat(101), "\u202Eabc", "\u3164", "a\uD800")) {
            assertInvalid(layer().publish(name, publication("1")));
            assertInvalid(layer().history(name, null, null, 1));
            assertInvalid(layer().groupSend(name, message("x")));
            assertInvalid(layer().groupAdd(name, "channel"));
        }
        assertInvalid(layer().history("room", null, null, 0));
        assertInvalid(layer().history("room", null, null, 1_001));
        assertInvalid(layer().send("", message("x")));
        assertInvalid(layer().send("a\uD800", message("x")));
    }

    private static void assertInvalid(Mono<?> mono) {
        assertThatThrownBy(() -> mono.block(PATIENCE))
                .isInstanceOfSatisfying(
                        ChannelLayerException.class,
                        e -> assertThat(e.kind()).isEqualTo(ChannelLayerException.Kind.INVALID));
    }
}
