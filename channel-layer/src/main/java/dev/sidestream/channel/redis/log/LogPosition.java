package dev.sidestream.channel.redis.log;

/**
 * Where a reader stands in one log.
 *
 * @param cursor id of the last entry that was read
 * @param mark names the life of the log; empty while unknown
 * @param count of all entries that the log has had up to the cursor; -1 while unknown
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
record LogPosition(byte[] cursor, byte[] mark, long count) {

    LogPosition at(byte[] newCursor) {
        return new LogPosition(newCursor, mark, count);
    }

    LogPosition counting(long newCount) {
        return new LogPosition(cursor, mark, newCount);
    }
}
