package dev.sidestream.sessions.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.sessions.format.Payloads;
import dev.sidestream.sessions.store.Advice;
import dev.sidestream.sessions.store.Identity;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Contexts as Spring Security 5.8 to 6.5 serialized them; no newer version could write or deserialize these. */
class OlderSecurityContextsTest {

    private final SpringIdentity identity = new SpringIdentity(null, new Advice());

    @ParameterizedTest
    @CsvSource({"5.8,java", "5.8,json", "6.0,java", "6.0,json", "6.1,java", "6.1,json", "6.5,java", "6.5,json"})
    void knowsWhoIsLoggedInAndWhoIsNot(String version, String format) throws Exception {
        JsonNode recorded = recorded(version);

        for (String login : List.of("form", "name", "remembered", "preauthenticated", "oidc", "oauth2")) {
            Identity found = identify(recorded, login, format);
            assertThat(found).as(login).isNotNull();
            assertThat(found.user().name()).as(login).isEqualTo("alice");
            assertThat(found.user().roles()).as(login).isEqualTo(Set.of("ROLE_ADMIN", "ROLE_USER"));
        }
        for (String nobody : List.of("anonymous", "unauthenticated")) {
            assertThat(identify(recorded, nobody, format)).as(nobody).isNull();
        }
    }

    private Identity identify(JsonNode recorded, String login, String format) throws Exception {
        byte[] context =
                Base64.getDecoder().decode(recorded.get(login).get(format).asString());
        return identity.identify(Payloads.JAVA_OR_JSON.read(context));
    }

    private static JsonNode recorded(String version) throws IOException {
        String name = "/sessions/spring/security-" + version + ".json";
        try (InputStream in = OlderSecurityContextsTest.class.getResourceAsStream(name)) {
            return JsonMapper.shared().readTree(in);
        }
    }
}
