package dev.sidestream.channel.redis.keys;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Which partition a name belongs to: the CRC-32 (of zlib and gzip) of its UTF-8 form, modulo their number. */
final class Partitions {

    private Partitions() {}

    static int of(String name, int count) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() % count);
    }
}
