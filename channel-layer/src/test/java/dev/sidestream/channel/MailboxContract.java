package dev.sidestream.channel;

import static dev.sidestream.channel.TwoLayers.message;
import static dev.sidestream.channel.TwoLayers.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.testing.Inbox;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a channel layer must do for a channel: reach it from everywhere, in order, while it is open. */
interface MailboxContract extends TwoLayers {

    @Test
    default void deliversToAChannelFromEverywhereInOrder() {
        Inbox inbox = new Inbox();
        try (Mailbox mailbox = layer().open(inbox)) {
            for (int i = 0; i < 50; i++) {
                run(other().send(mailbox.channel(), message("n" + i)));
            }
            assertThat(inbox.await(50))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 50).mapToObj(i -> "n" + i).toList());
        }
    }

    @Test
    default void givesEachMailboxANameOfItsOwn() {
        try (Mailbox one = layer().open(new Inbox());
                Mailbox two = layer().open(new Inbox());
                Mailbox far = other().open(new Inbox())) {
            assertThat(List.of(one.channel(), two.channel(), far.channel())).doesNotHaveDuplicates();
        }
    }

    @Test
    default void swallowsMessagesToAChannelThatDoesNotExist() {
        run(layer().send("nobody", message("lost")));
        Inbox inbox = new Inbox();
        Mailbox closed = layer().open(inbox);
        closed.close();
        Inbox witness = new Inbox();
        try (Mailbox open = layer().open(witness)) {
            run(layer().send(closed.channel(), message("late")));
            run(layer().send(open.channel(), message("seen")));
            witness.await(1);
            // Read together with the first, the late one may come right behind it.
            run(layer().send(open.channel(), message("seen too")));
            witness.await(2);
        }
        assertThat(inbox.bodies()).isEmpty();
    }

    @Test
    default void goesOnAfterAReceiverFailed() {
        Inbox inbox = new Inbox();
        try (Mailbox mailbox = layer().open(message -> {
            inbox.receive(message);
            throw new IllegalStateException("receiver failed on purpose");
        })) {
            run(layer().send(mailbox.channel(), message("one")));
            run(layer().send(mailbox.channel(), message("two")));
            assertThat(inbox.await(2)).containsExactly("one", "two");
        }
    }
}
