package dev.sidestream.channel.redis.log;

/**
 * Where a reader stands in one log.
 *
 * @param cursor id of the last entry that was read
 * @param mark names the life of the log; empty while unknown
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
record LogPosition(byte[] cursor, byte[] mark) {

    LogPosition at(byte[] newCursor) {
        return new LogPosition(newCursor, mark);
    }
}
