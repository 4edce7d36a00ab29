package dev.sidestream.channel.redis.log;

import dev.sidestream.channel.Position;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once of each publication that it cannot be delivered, however often it is read. Safe for many threads. */
final class Unreadable {

    private static final Logger LOG = LoggerFactory.getLogger(Unreadable.class);

    /** So many are remembered; beyond it the oldest may be said again. */
    private static final int REMEMBERED = 1_000;

    private static final Set<Position> SAID =
            Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Position, Boolean> eldest) {
                    return size() > REMEMBERED;
                }
            }));

    private Unreadable() {}

    static void say(String room, Position position, String why) {
        if (SAID.add(position)) {
            LOG.atWarn()
                    .addKeyValue("room", room)
                    .addKeyValue("entry", position.entryId())
                    .addKeyValue("why", why)
                    .log("A publication cannot be delivered and is told as a gap");
        }
    }
}
