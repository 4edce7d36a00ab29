package dev.sidestream.channel.redis.log;

/**
 * What the log reader has done since its start.
 *
 * @param reading whether every log is being read now
 * @param reads answered reads, empty ones included
 * @param entries entries read
 * @param retries connections that were lost or could not be made
 * @param resyncs times that continuity was in doubt
 * @param malformed entries that nobody of ours has written
 * @param sinceLastReadMillis since the least recent of the logs was read; a quiet log is read each second
 */
public record ReaderStats(
        boolean reading,
        long reads,
        long entries,
        long retries,
        long resyncs,
        long malformed,
        long sinceLastReadMillis) {}
