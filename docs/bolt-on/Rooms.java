import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.zip.CRC32;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/** Posts to Sidestream rooms from Spring, on Java 17 as well: rooms.publish("lobby", "\"hello\"", "alice"). */
@Component
public class Rooms {

    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> SCRIPT =
            RedisScript.of(new ClassPathResource("/publish.lua", Rooms.class), List.class);

    private final StringRedisTemplate redis;

    /** The template of the Redis that Sidestream uses. */
    public Rooms(StringRedisTemplate redis) {
        this.redis = redis;
    }

    /** Returns the id that clients see. The message is one JSON value, as text; the user may be empty. */
    public String publish(String room, String json, String user) {
        String name = Normalizer.normalize(room, Normalizer.Form.NFC);
        CRC32 crc = new CRC32();
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        crc.update(bytes, 0, bytes.length);
        String prefix = "ss:{p" + crc.getValue() % 16 + "}:";
        String encoded = UriUtils.encode(name, StandardCharsets.UTF_8);
        List<String> keys = List.of(
                prefix + "meta:" + encoded, prefix + "room:" + encoded, prefix + "log", prefix + "life");
        List<?> answer = redis.execute(SCRIPT, keys, name, user, "", json);
        return answer.get(2) + "." + answer.get(1) + "." + answer.get(0);
    }
}
