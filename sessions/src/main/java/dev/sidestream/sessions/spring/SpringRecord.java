package dev.sidestream.sessions.spring;

import io.lettuce.core.KeyValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was read of one session. Each field is null when the hash does not have it; an attribute that was removed is there
 * with no bytes.
 *
 * @param ttl milliseconds; -1 for none, -2 when there is no key
 * @param now the time when it was read, in milliseconds since 1970
 */
@SuppressWarnings("ArrayRecordComponent")
record SpringRecord(
        byte @Nullable [] creationTime,
        byte @Nullable [] lastAccessedTime,
        byte @Nullable [] maxInactiveInterval,
        byte @Nullable [] context,
        byte @Nullable [] concurrencyExpired,
        byte @Nullable [] principalName,
        long ttl,
        long now) {

    private static final List<String> FIELDS = List.of(
            "creationTime",
            "lastAccessedTime",
            "maxInactiveInterval",
            "sessionAttr:SPRING_SECURITY_CONTEXT",
            "sessionAttr:org.springframework.session.security.SpringSessionBackedSessionInformation.EXPIRED",
            "sessionAttr:org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME");

    static byte[][] fieldNames() {
        return FIELDS.stream()
                .map(field -> field.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    /** From the answers of HMGET and PTTL, and the time. */
    static SpringRecord of(List<KeyValue<byte[], byte[]>> fields, long ttl, long now) {
        return new SpringRecord(
                value(fields, 0),
                value(fields, 1),
                value(fields, 2),
                value(fields, 3),
                value(fields, 4),
                value(fields, 5),
                ttl,
                now);
    }

    boolean isMissing() {
        return creationTime == null
                && lastAccessedTime == null
                && maxInactiveInterval == null
                && context == null
                && concurrencyExpired == null
                && principalName == null;
    }

    private static byte @Nullable [] value(List<KeyValue<byte[], byte[]>> fields, int index) {
        return fields.get(index).getValueOrElse(null);
    }

    /** Shows nothing of the session. */
    @Override
    public String toString() {
        return "SpringRecord[ttl=" + ttl + "]";
    }
}
