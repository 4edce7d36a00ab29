package dev.sidestream.sessions.config;

import dev.sidestream.sessions.SessionResolver;
import dev.sidestream.sessions.django.DjangoSessionProperties;
import dev.sidestream.sessions.django.DjangoSessionResolver;
import dev.sidestream.sessions.express.ExpressSessionProperties;
import dev.sidestream.sessions.express.ExpressSessionResolver;
import dev.sidestream.sessions.flask.FlaskSessionProperties;
import dev.sidestream.sessions.flask.FlaskSessionResolver;
import dev.sidestream.sessions.http.HttpSessionProperties;
import dev.sidestream.sessions.http.HttpSessionResolver;
import dev.sidestream.sessions.laravel.LaravelSessionProperties;
import dev.sidestream.sessions.laravel.LaravelSessionResolver;
import dev.sidestream.sessions.php.PhpSessionProperties;
import dev.sidestream.sessions.php.PhpSessionResolver;
import dev.sidestream.sessions.spring.SpringSessionProperties;
import dev.sidestream.sessions.spring.SpringSessionResolver;
import dev.sidestream.sessions.store.SessionRedis;
import dev.sidestream.sessions.token.JwtProperties;
import dev.sidestream.sessions.token.JwtResolver;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;

/** Makes the resolvers that come with Sidestream, each only when it is asked for, from the settings of its own name. */
record BuiltInResolvers(SessionRedis redis, Clock clock, Binder settings) {

    static final List<String> NAMES = List.of(
            SpringSessionResolver.NAME,
            ExpressSessionResolver.NAME,
            DjangoSessionResolver.NAME,
            PhpSessionResolver.NAME,
            LaravelSessionResolver.NAME,
            FlaskSessionResolver.NAME,
            HttpSessionResolver.NAME,
            JwtResolver.NAME);

    /** Null when none of that name comes with Sidestream. */
    @Nullable
    SessionResolver make(String name) {
        return switch (name) {
            case SpringSessionResolver.NAME ->
                SpringSessionResolver.of(bind(name, SpringSessionProperties.class), redis, clock);
            case ExpressSessionResolver.NAME ->
                ExpressSessionResolver.of(bind(name, ExpressSessionProperties.class), redis, clock);
            case DjangoSessionResolver.NAME ->
                DjangoSessionResolver.of(bind(name, DjangoSessionProperties.class), redis, clock);
            case PhpSessionResolver.NAME -> PhpSessionResolver.of(bind(name, PhpSessionProperties.class), redis, clock);
            case LaravelSessionResolver.NAME ->
                LaravelSessionResolver.of(bind(name, LaravelSessionProperties.class), redis, clock);
            case FlaskSessionResolver.NAME ->
                FlaskSessionResolver.of(bind(name, FlaskSessionProperties.class), redis, clock);
            case HttpSessionResolver.NAME ->
                HttpSessionResolver.of(bind(name, HttpSessionProperties.class), redis.cacheLifetime(), redis.advice());
            case JwtResolver.NAME -> JwtResolver.of(bind(name, JwtProperties.class), redis.advice());
            default -> null;
        };
    }

    private <T> T bind(String name, Class<T> type) {
        return settings.bindOrCreate("sidestream.session." + name, type);
    }
}
