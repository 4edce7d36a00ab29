package dev.sidestream.ws.consumer;

import dev.sidestream.channel.HistoryPage;
import dev.sidestream.channel.StoredPublication;
import dev.sidestream.ws.protocol.ClientFrame;
import dev.sidestream.ws.protocol.ServerFrame;
import java.util.List;

/** Cuts a page of history so that it fits into a connection's queue. */
final class HistoryAnswer {

    private static final int FRAME_OVERHEAD = 200;

    private HistoryAnswer() {}

    /** Drops what lies farthest in the direction that was asked for, and says that there is more. */
    static ServerFrame.History fitting(ClientFrame.History asked, HistoryPage page, long maxBytes) {
        List<StoredPublication> all = page.publications();
        boolean forward = asked.after() != null;
        long bytes = 0;
        int fitting = 0;
        while (fitting < all.size()) {
            StoredPublication next = all.get(forward ? fitting : all.size() - 1 - fitting);
            bytes += next.publication().json().length + FRAME_OVERHEAD;
            if (bytes > maxBytes && fitting > 0) {
                break;
            }
            fitting++;
        }
        List<StoredPublication> kept =
                forward ? all.subList(0, fitting) : all.subList(all.size() - fitting, all.size());
        return new ServerFrame.History(asked.rid(), kept, page.more() || fitting < all.size());
    }
}
