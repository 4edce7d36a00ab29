package dev.sidestream.sessions.watch;

import dev.sidestream.channel.testing.RedisForTests;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.data.redis.RedisSessionRepository;

/** A site with Spring Session's default repository: what its requests do to sessions. */
public final class SpringLoginSite implements AutoCloseable {

    private static final String CONTEXT = "SPRING_SECURITY_CONTEXT";

    private final LettuceConnectionFactory connections;
    private final SessionRepository<? extends Session> sessions;

    public SpringLoginSite(RedisForTests redis) {
        connections = new LettuceConnectionFactory(redis.host(), redis.port());
        connections.afterPropertiesSet();
        connections.start();
        RedisTemplate<String, Object> template = new RedisTemplate<>();
        template.setKeySerializer(RedisSerializer.string());
        template.setHashKeySerializer(RedisSerializer.string());
        template.setConnectionFactory(connections);
        template.afterPropertiesSet();
        sessions = new RedisSessionRepository(template);
    }

    /** A login; the id of its session. */
    public String login(String user, Duration life, String... roles) {
        return create(sessions, session -> {
            session.setMaxInactiveInterval(life);
            session.setAttribute(CONTEXT, context(user, roles));
        });
    }

    private static SecurityContextImpl context(String user, String... roles) {
        return new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(
                user, null, AuthorityUtils.createAuthorityList(roles)));
    }

    /** A page view that keeps something in the session. */
    public void view(String id) {
        change(sessions, id, session -> {
            session.setLastAccessedTime(java.time.Instant.now());
            session.setAttribute("page", "views" + System.nanoTime());
        });
    }

    public void grant(String id, String user, String... roles) {
        change(sessions, id, session -> session.setAttribute(CONTEXT, context(user, roles)));
    }

    /** Session fixation protection, as at a new login; the new id. */
    public String rotate(String id) {
        String[] changed = new String[1];
        change(sessions, id, session -> changed[0] = session.changeSessionId());
        return changed[0];
    }

    public void logout(String id) {
        sessions.deleteById(id);
    }

    /** Whether the site itself takes it for alive. */
    public boolean isAlive(String id) {
        return sessions.findById(id) != null;
    }

    public static String key(String id) {
        return "spring:session:sessions:" + id;
    }

    /** The Cookie header of a browser. */
    public static Map.Entry<String, List<String>> cookie(String id) {
        String value = Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.UTF_8));
        return Map.entry("Cookie", List.of("SESSION=" + value));
    }

    private static <S extends Session> String create(SessionRepository<S> sessions, Consumer<Session> change) {
        S session = sessions.createSession();
        change.accept(session);
        sessions.save(session);
        return session.getId();
    }

    private static <S extends Session> void change(SessionRepository<S> sessions, String id, Consumer<Session> change) {
        S session = sessions.findById(id);
        change.accept(session);
        sessions.save(session);
    }

    @Override
    public void close() {
        connections.destroy();
    }
}
