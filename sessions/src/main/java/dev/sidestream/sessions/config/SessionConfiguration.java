package dev.sidestream.sessions.config;

import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.sessions.SessionAuthenticator;
import dev.sidestream.sessions.SessionResolver;
import dev.sidestream.sessions.store.Advice;
import dev.sidestream.sessions.store.ResolverChain;
import dev.sidestream.sessions.store.SessionLookups;
import dev.sidestream.sessions.store.SessionRedis;
import dev.sidestream.sessions.store.SessionResolvers;
import dev.sidestream.sessions.ticket.StrongestCredential;
import dev.sidestream.sessions.ticket.Tickets;
import dev.sidestream.sessions.watch.SessionLifeProperties;
import dev.sidestream.sessions.watch.SessionTracker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Who is connecting. An application may bring resolvers of its own as beans, or a {@link SessionAuthenticator} instead. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SessionProperties.class, SessionLifeProperties.class})
public class SessionConfiguration {

    private static final String OWN_LINK = "sidestreamSessionRedisLink";

    /** Sessions in another Redis or database than the streams. Nobody else is given this connection by its type. */
    @Bean(name = OWN_LINK, defaultCandidate = false)
    @ConditionalOnProperty("sidestream.session.redis.url")
    RedisLink sessionRedisLink(SessionProperties settings) {
        return SessionRedisUrl.link(settings);
    }

    @Bean
    @ConditionalOnMissingBean
    SessionRedis sessionRedis(
            SessionProperties settings,
            @Qualifier(OWN_LINK) ObjectProvider<RedisLink> own,
            ObjectProvider<RedisLink> shared) {
        RedisLink link = own.getIfAvailable(shared::getObject);
        return new SessionRedis(link, settings.readTimeout(), settings.cache(), new Advice());
    }

    @Bean
    @ConditionalOnMissingBean
    SessionResolvers sessionResolvers(
            SessionProperties settings,
            Environment environment,
            SessionRedis redis,
            ObjectProvider<SessionResolver> beans,
            ObjectProvider<Clock> clock) {
        BuiltInResolvers builtIn =
                new BuiltInResolvers(redis, clock.getIfAvailable(Clock::systemUTC), Binder.get(environment));
        return ResolverOrder.of(
                settings.resolvers(), builtIn, beans.orderedStream().toList());
    }

    @Bean
    @ConditionalOnMissingBean
    Tickets tickets(RedisLink link) {
        return new Tickets(link);
    }

    @Bean
    SessionLookups sessionLookups(SessionResolvers resolvers, ObjectProvider<MeterRegistry> meters) {
        List<String> names = resolvers.all().stream().map(SessionResolver::name).toList();
        return new SessionLookups(names, meters.getIfAvailable(SimpleMeterRegistry::new));
    }

    @Bean
    @ConditionalOnMissingBean
    SessionAuthenticator sessionAuthenticator(SessionResolvers resolvers, Tickets tickets, SessionLookups lookups) {
        return new StrongestCredential(tickets, new ResolverChain(resolvers, lookups), lookups);
    }

    @Bean
    SessionTracker sessionTracker(
            SessionLifeProperties settings,
            SessionResolvers resolvers,
            SessionAuthenticator authenticator,
            SessionRedis redis,
            ObjectProvider<MeterRegistry> meters) {
        MeterRegistry registry = meters.getIfAvailable(SimpleMeterRegistry::new);
        return new SessionTracker(settings, resolvers, authenticator, redis, registry);
    }
}
