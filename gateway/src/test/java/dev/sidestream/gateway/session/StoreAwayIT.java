package dev.sidestream.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.gateway.GatewayApplication;
import dev.sidestream.gateway.testing.Visitor;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

class StoreAwayIT {

    private static RedisForTests redis;
    private static ConfigurableApplicationContext site;

    @BeforeAll
    static void start() {
        redis = RedisForTests.create();
        site = new SpringApplicationBuilder(GatewayApplication.class)
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--spring.data.redis.host=" + redis.host(),
                        "--spring.data.redis.port=" + redis.port());
    }

    @AfterAll
    static void stop() {
        site.close();
        redis.close();
    }

    @Test
    void visitorsAreToldToComeBackAndAreStillSignedInWhenRedisIsBack() {
        int port = ((ServletWebServerApplicationContext) site).getWebServer().getPort();
        try (Visitor alice = Visitor.of(port)) {
            alice.login("alice", "wonderland");
            String csrf = alice.csrf("/rooms/lobby");

            redis.kill();
            HttpResponse<String> page = alice.get("/rooms/lobby");
            HttpResponse<String> announcement = alice.post(
                    "/rooms/lobby/announcements",
                    "{\"message\": \"hi\"}",
                    "application/json",
                    "X-CSRF-TOKEN",
                    csrf,
                    "Accept",
                    "application/json");

            assertThat(page.statusCode()).isEqualTo(503);
            assertThat(page.headers().firstValue("Retry-After")).isPresent();
            assertThat(page.body()).contains("Back in a moment");
            assertThat(announcement.statusCode()).isEqualTo(503);
            assertThat(announcement.headers().firstValue("Retry-After")).isPresent();
            assertThat(announcement.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(alice.get("/assets/base.css").statusCode()).isEqualTo(200);

            redis.start();
            Await.until("the page is back", () -> alice.get("/rooms/lobby").statusCode() == 200);
        }
    }
}
