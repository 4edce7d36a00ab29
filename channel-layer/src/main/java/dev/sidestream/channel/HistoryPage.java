package dev.sidestream.channel;

import java.util.List;

/**
 * A page of a room's history.
 *
 * @param publications oldest first
 * @param more whether the retained history goes on beyond the page, in the direction that was asked for
 */
public record HistoryPage(List<StoredPublication> publications, boolean more) {

    public HistoryPage {
        publications = List.copyOf(publications);
    }
}
