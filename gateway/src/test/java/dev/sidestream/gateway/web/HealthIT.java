package dev.sidestream.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.gateway.testing.SiteTest;
import dev.sidestream.gateway.testing.Visitor;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

@SiteTest
class HealthIT {

    @LocalServerPort
    int port;

    @LocalManagementPort
    int management;

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/readiness", "/actuator/health/liveness"})
    void healthIsToldToAnybodyOnTheManagementPort(String path) {
        try (Visitor operator = Visitor.of(management)) {
            HttpResponse<String> answer = operator.get(path);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("UP");
        }
    }

    @Test
    void healthIsNotToldOnThePortOfTheSite() {
        try (Visitor stranger = Visitor.of(port)) {
            assertThat(stranger.get("/actuator/health").statusCode()).isEqualTo(302);
        }
    }
}
