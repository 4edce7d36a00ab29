package dev.sidestream.gateway.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.gateway.testing.SiteTest;
import dev.sidestream.gateway.testing.Visitor;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@SiteTest
class RoomPagesIT {

    @LocalServerPort
    int port;

    private Visitor alice;

    @BeforeEach
    void login() {
        alice = Visitor.of(port);
        alice.login("alice", "wonderland");
    }

    @AfterEach
    void leave() {
        alice.close();
    }

    @Test
    void startLeadsToTheFirstRoom() {
        assertThat(Visitor.location(alice.get("/"))).endsWith("/rooms/lobby");
    }

    @Test
    void pageNamesTheRoomTheVisitorAndTheSocket() {
        HttpResponse<String> page = alice.get("/rooms/lobby");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("data-room=\"lobby\"", "data-user=\"alice\"", "data-socket=\"/chat/lobby/\"")
                .contains("<title>lobby · Sidestream</title>")
                .contains("href=\"/rooms/%E8%81%8A%E5%A4%A9%E5%AE%A4\"");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "聊天室, %E8%81%8A%E5%A4%A9%E5%AE%A4",
                "غرفة, %D8%BA%D8%B1%D9%81%D8%A9",
                "\"a,b;c=d@e.f\", a%2Cb%3Bc%3Dd%40e.f",
                "café, caf%C3%A9"
            })
    void anyNameOfARoomIsEncodedInItsAddresses(String name, String encoded) {
        HttpResponse<String> page = alice.get("/rooms/" + encoded);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("data-room=\"" + name + "\"", "data-socket=\"/chat/" + encoded + "/\"");
        assertThat(Visitor.location(alice.get("/rooms?name=" + encoded))).endsWith("/rooms/" + encoded);
    }

    @Test
    void anotherSpellingLeadsToTheOneSpelling() {
        assertThat(Visitor.location(alice.get("/rooms/cafe%CC%81"))).endsWith("/rooms/caf%C3%A9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%20b", "%7Bx%7D", "a:b", "%3Cscript%3E", "a%E2%80%8Bb"})
    void nameThatNoRoomCanHaveIsRefused(String encoded) {
        HttpResponse<String> page = alice.get("/rooms/" + encoded);
        HttpResponse<String> box = alice.get("/rooms?name=" + encoded);

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("No room can have that name").doesNotContain("<script>");
        assertThat(box.statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/rooms?name=.", "/rooms?name=..", "/rooms?name=", "/rooms/lobby;x=y", "/rooms/a%2Fb"})
    void nameThatAnAddressCannotHoldIsRefused(String path) {
        assertThat(alice.get(path).statusCode()).isEqualTo(400);
    }

    @Test
    void policyAllowsNothingInlineAndThePagesHaveNothingInline() {
        Pattern inline = Pattern.compile("<style|<script(?![^>]*\\ssrc=)|\\sstyle=|\\son[a-z]+=|javascript:");
        for (String path : new String[] {"/rooms/lobby", "/rooms?name=", "/nowhere"}) {
            HttpResponse<String> page = alice.get(path);

            assertThat(page.headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(policy -> assertThat(policy)
                            .contains(
                                    "default-src 'none'",
                                    "script-src 'self';",
                                    "style-src 'self';",
                                    "connect-src 'self';")
                            .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
                            .doesNotContain("unsafe"));
            assertThat(inline.matcher(page.body()).find()).as(path).isFalse();
        }
    }

    @Test
    void pagesAreNotStoredAndNotSniffedAndNotFramed() {
        HttpResponse<String> page = alice.get("/rooms/lobby");

        assertThat(page.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(it -> assertThat(it).contains("no-store"));
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("same-origin");
    }

    @Test
    void pageLoadsTheBrowserClientAsItIs() throws Exception {
        try (Visitor stranger = Visitor.of(port)) {
            HttpResponse<String> module = stranger.get("/assets/sidestream.js");

            assertThat(module.body()).isEqualTo(Files.readString(Path.of("../clients/js/sidestream.js")));
            assertThat(module.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(it -> assertThat(it).startsWith("text/javascript"));
            assertThat(stranger.cookie()).as("an asset needs no session").isEmpty();
        }
    }

    @Test
    void assetIsAskedForAgainAndComesOnlyWhenItHasChanged() {
        HttpResponse<String> first = alice.get("/assets/room.css");
        String tag = first.headers().firstValue("ETag").orElseThrow();

        assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(first.headers().firstValue("Last-Modified")).isEmpty();
        assertThat(alice.get("/assets/room.css", "If-None-Match", tag).statusCode())
                .isEqualTo(304);
    }

    @Test
    void addressThatIsNoneIsToldInTheSitesOwnLook() {
        HttpResponse<String> page = alice.get("/nowhere");

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("There is nothing here", "/assets/base.css");
    }
}
