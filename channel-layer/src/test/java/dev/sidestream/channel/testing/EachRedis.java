package dev.sidestream.channel.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * For an integration test, or a class of them, whose outcome may depend on the version of Redis or on where it runs: one of scripts, of commands
 * and rights that are not the same in all versions, of how a container is connected to. The build runs these on each
 * {@link RedisForTests#KIND} that it has, and all others once.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Tag("each-redis")
public @interface EachRedis {}
