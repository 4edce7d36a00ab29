package dev.sidestream.channel.redis.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.RoomName;
import dev.sidestream.channel.redis.link.RedisLink;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeysTest {

    private static final int PARTITIONS = 16;

    private final Keys keys = new Keys(PARTITIONS);

    private static String text(byte[] key) {
        return new String(key, UTF_8);
    }

    @Test
    void spellsTheDocumentedKeys() {
        assertThat(text(keys.room("lobby"))).isEqualTo("ss:{p7}:room:lobby");
        assertThat(text(keys.meta("a=b@c"))).matches("ss:\\{p\\d+}:meta:a%3Db%40c");
        assertThat(text(keys.log(3))).isEqualTo("ss:{p3}:log");
        assertThat(text(keys.mark(3))).isEqualTo("ss:{p3}:mark");
        assertThat(text(Keys.node("n1"))).isEqualTo("ss:node:n1");
        assertThat(List.of(keys.publish("lobby", "", "")).stream().map(KeysTest::text))
                .containsExactly("ss:{p7}:meta:lobby", "ss:{p7}:room:lobby", "ss:{p7}:log", "ss:{p7}:life");
        assertThat(text(keys.publish("lobby", "a:b", "{c} é")[4]))
                .isEqualTo("ss:{p7}:cid:lobby:a%3Ab:%7Bc%7D%20%C3%A9");
    }

    /** Known values of CRC-32; other languages compute the same. */
    @Test
    void computesPartitionsAsEveryLanguageDoes() {
        assertThat(Partitions.of("lobby", PARTITIONS)).isEqualTo(7);
        assertThat(Partitions.of("café", PARTITIONS)).isEqualTo(5);
        assertThat(Partitions.of("聊天室", PARTITIONS)).isEqualTo(0);
        assertThat(Partitions.of("123456789", Integer.MAX_VALUE)).isEqualTo((int) (0xCBF43926L % Integer.MAX_VALUE));
    }

    /** Whatever a name holds, also one that we would refuse: it cannot choose a slot, and two names are never one. */
    @Test
    void keepsAllNamesApartAndInTheirSlot() {
        Random random = new Random(20261124);
        String alphabet = "ab{}:%*?[]()\n\u0000 /\\.~-_=@,;é\u0301聊😀\u202E";
        int[] characters = alphabet.codePoints().toArray();
        Map<String, String> rooms = new HashMap<>();
        Map<String, List<String>> cids = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            String room = word(random, characters);
            String user = word(random, characters);
            String cid = word(random, characters) + "c";
            byte[][] all = keys.publish(room, user, cid);
            int slot = RedisLink.slot(keys.log(keys.partition(room)));
            for (byte[] key : all) {
                assertThat(RedisLink.slot(key)).isEqualTo(slot);
                assertThat(text(key)).matches("ss:\\{p\\d{1,2}}:[A-Za-z0-9._~%:-]+");
            }
            assertThat(rooms.getOrDefault(text(all[1]), room)).isEqualTo(room);
            rooms.put(text(all[1]), room);
            List<String> parts = List.of(room, user, cid);
            assertThat(cids.getOrDefault(text(all[4]), parts)).isEqualTo(parts);
            cids.put(text(all[4]), parts);
        }
    }

    private static String word(Random random, int[] characters) {
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            word.appendCodePoint(characters[random.nextInt(characters.length)]);
        }
        return word.toString();
    }

    @Test
    void spreadsRoomsOverAllPartitions() {
        Set<Integer> used = new HashSet<>();
        int[] counts = new int[PARTITIONS];
        for (int i = 0; i < 16_000; i++) {
            int partition = keys.partition(RoomName.require("room" + i));
            used.add(partition);
            counts[partition]++;
        }
        assertThat(used).hasSize(PARTITIONS);
        assertThat(Arrays.stream(counts).boxed()).allMatch(count -> count > 500 && count < 1_500);
    }
}
