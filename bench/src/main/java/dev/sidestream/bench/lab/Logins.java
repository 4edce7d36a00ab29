package dev.sidestream.bench.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.data.redis.RedisSessionRepository;

/** Logs users in as the site does: Spring Session's own repository, a Spring Security context, JDK serialization. */
final class Logins {

    private Logins() {}

    /**
     * Writes sessions of users {@code user0}, {@code user1} and so on, each good for a day.
     *
     * @param file gets one Cookie header value a line
     */
    static void seed(int redisPort, int count, Path file) {
        LettuceConnectionFactory connections =
                new LettuceConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", redisPort));
        connections.afterPropertiesSet();
        connections.start();
        try {
            RedisTemplate<String, Object> template = new RedisTemplate<>();
            template.setKeySerializer(RedisSerializer.string());
            template.setHashKeySerializer(RedisSerializer.string());
            template.setConnectionFactory(connections);
            template.afterPropertiesSet();
            RedisSessionRepository sessions = new RedisSessionRepository(template);
            sessions.setDefaultMaxInactiveInterval(Duration.ofDays(1));
            List<String> cookies = IntStream.range(0, count)
                    .mapToObj(user -> "SESSION=" + cookie(login(sessions, "user" + user)))
                    .toList();
            Files.write(file, cookies, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new LabException("Cannot write " + file + ": " + e.getMessage(), e);
        } finally {
            connections.destroy();
        }
    }

    private static <S extends Session> String login(SessionRepository<S> sessions, String name) {
        List<SimpleGrantedAuthority> roles = List.of(new SimpleGrantedAuthority("ROLE_USER"));
        User user = new User(name, "{noop}", roles);
        S session = sessions.createSession();
        session.setAttribute(
                "SPRING_SECURITY_CONTEXT",
                new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(user, null, roles)));
        sessions.save(session);
        return session.getId();
    }

    private static String cookie(String id) {
        return Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.US_ASCII));
    }
}
