package dev.sidestream.sessions.spring;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveRedisTemplate;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.serializer.JacksonJsonRedisSerializer;
import org.springframework.data.redis.serializer.JdkSerializationRedisSerializer;
import org.springframework.data.redis.serializer.RedisSerializationContext;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.security.jackson.SecurityJacksonModules;
import org.springframework.session.ReactiveSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.data.redis.ReactiveRedisIndexedSessionRepository;
import org.springframework.session.data.redis.ReactiveRedisSessionRepository;
import org.springframework.session.data.redis.RedisIndexedSessionRepository;
import org.springframework.session.data.redis.RedisSessionRepository;
import tools.jackson.databind.json.JsonMapper;

/** The part of a Spring site that writes sessions: the real repositories of Spring Session with their stock settings. */
public final class SpringSite {

    private static final Duration WAIT = Duration.ofSeconds(20);

    private final Kind kind;
    private final Store store;

    /** The repositories that Spring Session has for Redis. */
    public enum Kind {
        SERVLET,
        SERVLET_INDEXED,
        REACTIVE,
        REACTIVE_INDEXED
    }

    /** How values are written. */
    public enum Values {
        JDK,
        JSON
    }

    /** What the four repositories have in common, spelled alike. */
    private interface Store {
        String create(Change change);

        void change(String id, Change change);

        void delete(String id);

        /** A request that has its session already and saves it when this is run. */
        Runnable late(String id);
    }

    /** What a request does to its session. */
    public interface Change {
        void to(Session session);
    }

    public SpringSite(Kind kind, Values values, LettuceConnectionFactory redis) {
        this.kind = kind;
        RedisSerializer<Object> serializer = serializer(values);
        this.store = switch (kind) {
            case SERVLET -> new Blocking<>(new RedisSessionRepository(template(redis, serializer)));
            case SERVLET_INDEXED -> {
                RedisIndexedSessionRepository repository =
                        new RedisIndexedSessionRepository(template(redis, serializer));
                repository.setDefaultSerializer(serializer);
                yield new Blocking<>(repository);
            }
            case REACTIVE -> new Reactive<>(new ReactiveRedisSessionRepository(reactive(redis, serializer)));
            case REACTIVE_INDEXED ->
                new Reactive<>(new ReactiveRedisIndexedSessionRepository(
                        reactive(redis, serializer),
                        new ReactiveRedisTemplate<>(redis, RedisSerializationContext.string())));
        };
    }

    /** A new session with what the change put in; its id. */
    public String create(Change change) {
        return store.create(change);
    }

    public void change(String id, Change change) {
        store.change(id, change);
    }

    public void delete(String id) {
        store.delete(id);
    }

    /** A request that has its session already and saves it, if Spring lets it, when this is run. */
    public Runnable late(String id) {
        return store.late(id);
    }

    /** The Cookie header that a browser would send, as the site's side of Spring writes the cookie. */
    public String cookie(String id) {
        boolean raw = kind == Kind.REACTIVE || kind == Kind.REACTIVE_INDEXED;
        return "SESSION=" + (raw ? id : Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.UTF_8)));
    }

    private static RedisSerializer<Object> serializer(Values values) {
        return switch (values) {
            case JDK -> new JdkSerializationRedisSerializer(SpringSite.class.getClassLoader());
            case JSON -> {
                JsonMapper mapper = JsonMapper.builder()
                        .addModules(SecurityJacksonModules.getModules(SpringSite.class.getClassLoader()))
                        .build();
                yield new JacksonJsonRedisSerializer<>(mapper, Object.class);
            }
        };
    }

    private static RedisTemplate<String, Object> template(
            LettuceConnectionFactory redis, RedisSerializer<Object> serializer) {
        RedisTemplate<String, Object> template = new RedisTemplate<>();
        template.setKeySerializer(RedisSerializer.string());
        template.setHashKeySerializer(RedisSerializer.string());
        template.setDefaultSerializer(serializer);
        template.setConnectionFactory(redis);
        template.afterPropertiesSet();
        return template;
    }

    private static ReactiveRedisTemplate<String, Object> reactive(
            LettuceConnectionFactory redis, RedisSerializer<Object> serializer) {
        return new ReactiveRedisTemplate<>(
                redis,
                RedisSerializationContext.<String, Object>newSerializationContext(serializer)
                        .key(RedisSerializer.string())
                        .hashKey(RedisSerializer.string())
                        .build());
    }

    private record Blocking<S extends Session>(SessionRepository<S> repository) implements Store {

        @Override
        public String create(Change change) {
            S session = repository.createSession();
            change.to(session);
            repository.save(session);
            return session.getId();
        }

        @Override
        public void change(String id, Change change) {
            S session = repository.findById(id);
            change.to(session);
            repository.save(session);
        }

        @Override
        public void delete(String id) {
            repository.deleteById(id);
        }

        @Override
        public Runnable late(String id) {
            S session = repository.findById(id);
            return () -> {
                session.setLastAccessedTime(java.time.Instant.now());
                session.setAttribute("late", "yes");
                repository.save(session);
            };
        }
    }

    private record Reactive<S extends Session>(ReactiveSessionRepository<S> repository) implements Store {

        @Override
        public String create(Change change) {
            S session = repository.createSession().block(WAIT);
            change.to(session);
            repository.save(session).block(WAIT);
            return session.getId();
        }

        @Override
        public void change(String id, Change change) {
            S session = repository.findById(id).block(WAIT);
            change.to(session);
            repository.save(session).block(WAIT);
        }

        @Override
        public void delete(String id) {
            repository.deleteById(id).block(WAIT);
        }

        @Override
        public Runnable late(String id) {
            S session = repository.findById(id).block(WAIT);
            return () -> {
                session.setLastAccessedTime(java.time.Instant.now());
                session.setAttribute("late", "yes");
                repository.save(session).block(WAIT);
            };
        }
    }
}
