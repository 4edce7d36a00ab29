package dev.sidestream.channel;

import static dev.sidestream.channel.TwoLayers.message;
import static dev.sidestream.channel.TwoLayers.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.testing.Inbox;
import org.junit.jupiter.api.Test;

/** What a channel layer must do for groups: reach their members, each once, and nobody else. */
interface GroupContract extends TwoLayers {

    @Test
    default void deliversToTheMembersOfAGroupOnly() {
        Inbox in = new Inbox();
        Inbox out = new Inbox();
        try (Mailbox member = layer().open(in);
                Mailbox stranger = layer().open(out)) {
            run(layer().groupAdd("staff", member.channel()));
            run(other().groupSend("staff", message("hello")));
            run(layer().send(stranger.channel(), message("direct")));
            assertThat(in.await(1)).containsExactly("hello");
            assertThat(out.await(1)).containsExactly("direct");
        }
    }

    @Test
    default void reachesAMemberThatWasAddedFromAfarWithTheNextMessage() {
        Inbox inbox = new Inbox();
        try (Mailbox mailbox = layer().open(inbox)) {
            for (int i = 0; i < 20; i++) {
                String group = "g" + i;
                run(other().groupAdd(group, mailbox.channel()));
                run(other().groupSend(group, message(group)));
            }
            assertThat(inbox.await(20)).hasSize(20);
        }
    }

    @Test
    default void endsAMembershipFromNearAndAfar() {
        Inbox inbox = new Inbox();
        try (Mailbox mailbox = layer().open(inbox)) {
            run(layer().groupAdd("a", mailbox.channel()));
            run(layer().groupDiscard("a", mailbox.channel()));
            run(layer().groupSend("a", message("never")));
            run(layer().groupAdd("b", mailbox.channel()));
            run(other().groupDiscard("b", mailbox.channel()));
            run(other().groupSend("b", message("never")));
            run(other().groupDiscard("b", "nobody"));
            run(layer().groupAdd("c", mailbox.channel()));
            run(layer().groupSend("c", message("still there")));
            run(layer().send(mailbox.channel(), message("end")));
            assertThat(inbox.await(2)).containsExactlyInAnyOrder("still there", "end");
        }
    }

    @Test
    default void endsMembershipsWithTheMailbox() {
        Inbox inbox = new Inbox();
        Mailbox mailbox = layer().open(inbox);
        run(layer().groupAdd("room", mailbox.channel()));
        mailbox.close();
        Inbox witness = new Inbox();
        try (Mailbox other = layer().open(witness)) {
            run(layer().groupAdd("room", other.channel()));
            run(layer().groupSend("room", message("hello")));
            witness.await(1);
        }
        assertThat(inbox.bodies()).isEmpty();
    }

    @Test
    default void addsAChannelTwiceAndDeliversOnce() {
        Inbox inbox = new Inbox();
        try (Mailbox mailbox = layer().open(inbox)) {
            run(layer().groupAdd("twice", mailbox.channel()));
            run(other().groupAdd("twice", mailbox.channel()));
            run(other().groupSend("twice", message("once")));
            run(other().groupSend("twice", message("end")));
            assertThat(inbox.await(2)).containsExactly("once", "end");
        }
    }
}
