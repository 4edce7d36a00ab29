package dev.sidestream.channel.redis.log;

import java.util.concurrent.atomic.LongAdder;

/** What the lanes of a reader count. */
final class ReaderCounters {

    final LongAdder reads = new LongAdder();
    final LongAdder entries = new LongAdder();
    final LongAdder retries = new LongAdder();
}
