package dev.sidestream.ws.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.ws.support.Handshake;
import dev.sidestream.ws.support.SocketTest;
import dev.sidestream.ws.support.TestClient;
import dev.sidestream.ws.support.TestNode;
import java.lang.reflect.Method;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import tools.jackson.databind.JsonNode;

/** The class that the recipe for Spring has sites copy publishes as the library does. */
@SocketTest
class SpringRecipeIT {

    private static final Path CLASS = Path.of("../docs/bolt-on/Rooms.java");
    private static final Path SCRIPT =
            Path.of("../channel-layer/src/main/resources/dev/sidestream/channel/redis/publish.lua");

    @TempDir
    Path folder;

    @Test
    void publishesToRoomsOfAnyName() throws Exception {
        Files.copy(SCRIPT, folder.resolve("publish.lua"));
        Class<?> rooms =
                new Compiled(folder).add("Rooms", Files.readString(CLASS)).load();
        RedisForTests redis = RedisForTests.shared();
        LettuceConnectionFactory connections = new LettuceConnectionFactory(redis.host(), redis.port());
        connections.afterPropertiesSet();
        connections.start();
        Object site = rooms.getConstructor(StringRedisTemplate.class).newInstance(new StringRedisTemplate(connections));
        Method publish = rooms.getMethod("publish", String.class, String.class, String.class);
        try (TestNode node = TestNode.start(redis)) {
            for (String room : List.of("recipe", "caf\u00e9", "a=b@c,d.e;f_g-h")) {
                String path = URLEncoder.encode(room, StandardCharsets.UTF_8);
                try (TestClient socket =
                        Handshake.to(node, path + "/").as("bob").full().open()) {
                    socket.next("welcome");
                    Object id = publish.invoke(site, room, "\"a new order\"", "alice");
                    JsonNode message = socket.next("message");
                    assertThat(message.path("id").asString()).isEqualTo(id);
                    assertThat(message.toString()).contains("\"a new order\"", "\"alice\"");
                }
            }
        } finally {
            connections.destroy();
        }
    }
}
