package dev.sidestream.sessions.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Bytes that would cost much if they were believed, and what they may cost. */
public final class HostileBytes {

    private static final int SIZE = 64 * 1024;
    private static final long MAX_ALLOCATED = 1024 * 1024;
    private static final long MAX_STEPS = 6L * SIZE;
    private static final Map<String, byte[]> CORPUS = make();

    private HostileBytes() {}

    /** Each is read, or refused, within one mebibyte and six steps for each byte of the largest value. */
    public static void assertCheap(String name, PayloadReader reader, Map<String, byte[]> corpus) {
        assertThat(corpus).isNotEmpty();
        corpus.forEach((what, bytes) -> {
            attempt(reader, bytes); // the first time classes are loaded
            assertThat(allocated(reader, bytes)).as(name + " on " + what).isLessThanOrEqualTo(MAX_ALLOCATED);
            assertThat(Steps.of(() -> attempt(reader, bytes)))
                    .as("steps of " + name + " on " + what)
                    .isBetween(1L, MAX_STEPS);
        });
    }

    /** Each is 64 KiB or as much as it takes. Made once: two of them are packed out of 64 MiB. */
    public static Map<String, byte[]> corpus() {
        return CORPUS;
    }

    private static Map<String, byte[]> make() {
        Map<String, byte[]> corpus = new LinkedHashMap<>();
        for (int fill : new int[] {0x00, '[', '{', '(', '"', ']', 'N', '}', 0x71, 0x73, 0x75, 0x80, 0x81, 0x91, 0xff}) {
            byte[] bytes = new byte[SIZE];
            Arrays.fill(bytes, (byte) fill);
            corpus.put("a fill of " + fill, bytes);
        }
        byte[] noise = new byte[SIZE];
        new Random(3).nextBytes(noise);
        corpus.put("noise", noise);
        corpus.put("nested JSON arrays", text("[".repeat(SIZE)));
        corpus.put("many JSON arrays", text("[" + "[],".repeat(SIZE / 3 - 2) + "1]"));
        corpus.put("many JSON fields", text("{" + "\"a\":1,".repeat(4_000) + "\"b\":2}"));
        corpus.put("a long JSON text", text('"' + "\\u00e9".repeat(SIZE / 6 - 1) + '"'));
        corpus.put("a long JSON number", text("1".repeat(SIZE)));
        corpus.put("a JSON number with an exponent", text("[1e999999999,1E-99999999]"));
        corpus.put("nested PHP arrays", text("a:1:{i:0;".repeat(SIZE / 9)));
        corpus.put("a PHP array that claims much", text("a:999999999:{i:0;"));
        corpus.put("many PHP arrays", text("a:4000:{" + "i:0;a:0:{}".repeat(4_000) + "}"));
        corpus.put("a PHP text that claims much", text("s:2147483647:\"x\";"));
        corpus.put("PHP references", text("a:4000:{" + "i:0;R:1;".repeat(4_000) + "}"));
        corpus.put("PHP session variables", text("a|N;".repeat(SIZE / 4)));
        corpus.put("pickled lists in lists", join(bytes(0x80, 4), repeat("]a", SIZE / 2 - 4)));
        corpus.put("pickled duplicates", join(bytes(0x80, 4, ']'), repeat("2", SIZE - 8)));
        corpus.put("pickled memos", join(bytes(0x80, 4, ']'), repeat(new String(new char[] {0x94}), SIZE - 8)));
        corpus.put("pickled bytes that claim much", bytes(0x80, 4, 0x8e, 0xff, 0xff, 0xff, 0x7f, 0, 0, 0, 0, '.'));
        corpus.put("pickled call of os.system", text("cos\nsystem\n(S'true'\ntR."));
        corpus.put("a MessagePack array that claims much", bytes(0xdd, 0x7f, 0xff, 0xff, 0xff, 0));
        corpus.put("a MessagePack map that claims much", bytes(0xdf, 0xff, 0xff, 0xff, 0xff, 0));
        corpus.put("a MessagePack text that claims much", bytes(0xdb, 0xff, 0xff, 0xff, 0xff, 'x'));
        corpus.put("pickled look-ups", join(bytes(0x80, 4, ']', 'q', 0), repeat("h\u0000", SIZE / 2 - 4)));
        corpus.put("a pickled memo far away", bytes(0x80, 4, ']', 'r', 0xff, 0xff, 0xff, 0x7f, '.'));
        corpus.put(
                "a pickled number of many bytes",
                join(bytes(0x80, 4, 0x8b, 0xf0, 0xff, 0, 0), repeat("\u007f", SIZE - 12)));
        corpus.put("a pickled number of many digits", text("L" + "9".repeat(SIZE - 4) + "L\n."));
        corpus.put("a PHP number of many digits", text("d:" + "9".repeat(SIZE - 4) + ";"));
        corpus.put(
                "a long pickled text",
                join(bytes(0x80, 4, 'X', 0xf0, 0xff, 0, 0), text("\u00e9".repeat(SIZE / 2 - 8))));
        corpus.put("a long JSON text of wide characters", text('"' + "\u804a".repeat(SIZE / 3 - 1) + '"'));
        corpus.put("a long MessagePack text", join(bytes(0xda, 0xff, 0xf0), text("\u804a".repeat(SIZE / 3 - 1))));
        corpus.put("a long PHP text", text("s:65520:\"" + "\u00e9".repeat(SIZE / 2 - 8) + "\";"));
        corpus.put("many JSON texts", text("[" + "\"0123456789\",".repeat(4_990) + "1]"));
        corpus.put("many JSON names", text(numbered("{", "\"%06d\":%d,", 2_490, "\"b\":2}")));
        corpus.put("JSON names of one hash", text(colliding()));
        corpus.put("many pickled texts", join(bytes(0x80, 4, ']', '('), repeat("\u008c\n0123456789", 4_990)));
        corpus.put("many MessagePack texts", join(bytes(0xdc, 0x13, 0x80), repeat("\u00aa0123456789", 4_992)));
        corpus.put("many PHP texts", text("a:4000:{" + "i:0;s:1:\"x\";".repeat(4_000) + "}"));
        corpus.put("many Java texts", java(manyTexts()));
        corpus.put("a bomb of zlib", cut(zlib(new byte[64 << 20]), SIZE));
        corpus.put("a bomb of gzip", cut(gzip(new byte[64 << 20]), SIZE));
        corpus.put("zlib of as much as may be", zlib(text("[" + "\"0123456789\",".repeat(4_990) + "1]")));
        corpus.put("Java sets in sets", java(nestedSets()));
        corpus.put("a Java array that claims much", cut(java(new Object[4_000]), 60));
        corpus.put("many Java objects", java(manyObjects()));
        corpus.put("a large authority and references to it", LargeAuthority.stream());
        corpus.put(
                "many JSON authorities",
                text(numbered(
                        "{\"authentication\":{\"authenticated\":true,\"principal\":\"mallory\",\"authorities\":[",
                        "{\"role\":\"%d\",\"authority\":%d},",
                        1_600,
                        "{}]}}")));
        corpus.put(
                "many JSON roles",
                text(numbered(
                        "{\"authentication\":{\"authenticated\":true,\"principal\":\"mallory\",\"authorities\":[",
                        "\"%d%d\",",
                        4_980,
                        "1]}}")));
        corpus.put("a Java text", java("x".repeat(SIZE - 10)));
        corpus.put("Java primitives", java(new long[8_000]));
        return Collections.unmodifiableMap(corpus);
    }

    /** The hash of each level is computed over the two sets of the next: 2^n steps for who deserializes it. */
    private static Set<Object> nestedSets() {
        Set<Object> root = new HashSet<>();
        Set<Object> first = root;
        Set<Object> second = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            Set<Object> nextFirst = new HashSet<>(Set.of("x"));
            Set<Object> nextSecond = new HashSet<>();
            first.add(nextFirst);
            first.add(nextSecond);
            second.add(nextFirst);
            second.add(nextSecond);
            first = nextFirst;
            second = nextSecond;
        }
        return root;
    }

    private static List<Object> manyObjects() {
        List<Object> many = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            many.add(Integer.valueOf(100_000 + i));
        }
        return many;
    }

    private static List<Object> manyTexts() {
        List<Object> many = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            many.add("text " + i);
        }
        return many;
    }

    private static String numbered(String before, String each, int times, String after) {
        StringBuilder text = new StringBuilder(before);
        for (int i = 0; i < times; i++) {
            text.append(each.formatted(i, i));
        }
        return text.append(after).toString();
    }

    /** "Aa" and "BB" have one hash, and so have all words that are made of them. */
    private static String colliding() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < 2_000; i++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 11; bit++) {
                name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            text.append('"').append(name).append("\":1,");
        }
        return text.append("\"b\":2}").toString();
    }

    private static byte[] zlib(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflate = new DeflaterOutputStream(out)) {
            deflate.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream deflate = new GZIPOutputStream(out)) {
            deflate.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    public static void attempt(PayloadReader reader, byte[] bytes) {
        try {
            reader.read(bytes);
        } catch (UnreadableException expected) {
            assertThat(expected.getStackTrace()).isEmpty();
        }
    }

    public static long allocated(PayloadReader reader, byte[] bytes) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        attempt(reader, bytes);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static byte[] java(Object object) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] repeat(String latin1, int times) {
        return latin1.repeat(times).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static byte[] cut(byte[] bytes, int length) {
        return Arrays.copyOf(bytes, Math.min(length, bytes.length));
    }
}
