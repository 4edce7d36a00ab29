import dev.sidestream.channel.redis.link.RedisEndpoints;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.redis.link.RedisLinkOptions;
import dev.sidestream.sessions.Authentication.Authenticated;
import dev.sidestream.sessions.express.ExpressSessionProperties;
import dev.sidestream.sessions.express.ExpressSessionResolver;
import dev.sidestream.sessions.program.Sessions;
import dev.sidestream.sessions.spring.SpringSessionProperties;
import dev.sidestream.sessions.spring.SpringSessionResolver;
import dev.sidestream.sessions.store.SessionRedis;
import java.time.Clock;

/** Says whose a Cookie header is, and when that login ends: WhoIsThis localhost 6379 "SESSION=..." */
class WhoIsThis {
    public static void main(String[] args) throws Exception {
        RedisEndpoints where = RedisEndpoints.standalone(args[0], Integer.parseInt(args[1]));
        try (RedisLink link = RedisLink.to(where, RedisLinkOptions.defaults())) {
            link.connected().toCompletableFuture().join();
            SessionRedis redis = SessionRedis.of(link);
            var spring = SpringSessionResolver.of(SpringSessionProperties.defaults(), redis, Clock.systemUTC());
            var express = ExpressSessionResolver.of(ExpressSessionProperties.of("keyboard cat"), redis, Clock.systemUTC());
            try (Sessions sessions = Sessions.open(redis, spring, express)) {
                if (sessions.who(args[2]).block() instanceof Authenticated login) {
                    System.out.println(login.user().name() + " until " + login.session().deadline());
                    System.out.println("It is over: " + sessions.end(login.session()).block());
                }
            }
        }
    }
}
