package dev.sidestream.sessions.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.testing.HygieneChecks;
import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.sessions.recorded.Recording;
import dev.sidestream.sessions.watch.SpringLoginSite;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The example of docs/sessions.md, started by Java as it stands there, in a program that has nothing of Spring. */
@ExtendWith(HygieneChecks.class)
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WhoIsThisIT {

    private static final Path EXAMPLE = Path.of("../docs/examples/WhoIsThis.java");
    private static final Path PAGE = Path.of("../docs/sessions.md");

    private final RedisForTests redis = RedisForTests.shared();

    @Test
    void saysWhoIsLoggedInWithSpringAndThatTheLogoutCame() throws Exception {
        try (SpringLoginSite site = new SpringLoginSite(redis)) {
            String id = site.login("alice", Duration.ofMinutes(30), "ROLE_USER");
            String cookie = SpringLoginSite.cookie(id).getValue().getFirst();

            try (Program program = start(cookie)) {
                assertThat(program.line()).startsWith("alice until 2");
                site.logout(id);
                assertThat(program.line()).isEqualTo("It is over: LOGGED_OUT");
                assertThat(program.exitCode()).isZero();
            }
        }
    }

    @Test
    void saysWhoIsLoggedInWithExpressAndThatTheLogoutCame() throws Exception {
        Recording.Moment login = Recording.of("express-old-secret").login();
        Map.Entry<String, byte[]> session = login.keys().entrySet().iterator().next();
        redis.command("SET", session.getKey(), new String(session.getValue(), StandardCharsets.UTF_8), "EX", "86400");

        try (Program program = start(login.cookies())) {
            assertThat(program.line()).startsWith("alice until 2");
            redis.command("DEL", session.getKey());
            assertThat(program.line()).isEqualTo("It is over: LOGGED_OUT");
        }
    }

    @Test
    void saysNothingOfSomebodyWhoIsNotLoggedIn() throws Exception {
        try (Program program = start("SESSION=bm9ib2R5LWhhcy1zdWNoLWFuLWlk")) {
            assertThat(program.line()).isNull();
            assertThat(program.exitCode()).isZero();
        }
    }

    @Test
    void isThirtyLinesAtMostAndOnItsPage() throws Exception {
        assertThat(Files.readAllLines(EXAMPLE)).hasSizeLessThanOrEqualTo(30);
        assertThat(Files.readString(PAGE)).contains("(examples/WhoIsThis.java)");
    }

    private Program start(String cookie) throws Exception {
        return Program.start(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--class-path",
                withoutSpring(),
                EXAMPLE.toString(),
                redis.host(),
                Integer.toString(redis.port()),
                cookie));
    }

    /** And without a log, which would be among the lines. */
    private static String withoutSpring() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(all.split(File.pathSeparator))
                .filter(entry -> !entry.contains("springframework") && !entry.contains("logback"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
