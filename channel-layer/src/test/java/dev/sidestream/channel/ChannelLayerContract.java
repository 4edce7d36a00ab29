package dev.sidestream.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.testing.Inbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every channel layer must do; each implementation extends it and says how two nodes of it are made. The parts of the
 * contract are one interface each, whose tests are run with those here.
 */
public abstract class ChannelLayerContract
        implements MailboxContract, GroupContract, PublishContract, HistoryContract, InputContract {

    /** Two layers that share what they send, as two nodes do; both may be one object where there is one node only. */
    protected ChannelLayer layer;

    protected ChannelLayer other;

    protected abstract ChannelLayer create();

    protected abstract ChannelLayer createOther();

    @BeforeEach
    void createLayers() {
        layer = create();
        other = createOther();
    }

    @AfterEach
    void closeLayers() {
        layer.close();
        other.close();
    }

    @Override
    public ChannelLayer layer() {
        return layer;
    }

    @Override
    public ChannelLayer other() {
        return other;
    }

    @Test
    void servesCodeThatWaits() {
        BlockingChannelLayer blocking = BlockingChannelLayer.on(layer);
        Inbox inbox = new Inbox();
        try (Mailbox mailbox = layer.open(inbox)) {
            blocking.groupAdd("blocking", mailbox.channel());
            blocking.groupSend("blocking", TwoLayers.message("one"));
            inbox.await(1);
            blocking.groupDiscard("blocking", mailbox.channel());
            blocking.send(mailbox.channel(), TwoLayers.message("two"));
            assertThat(inbox.await(2)).containsExactly("one", "two");
        }
        Receipt receipt = blocking.publish("blocking", TwoLayers.publication("1"));
        assertThat(blocking.history("blocking", null, null, 1).publications())
                .extracting(StoredPublication::position)
                .containsExactly(receipt.position());
    }
}
