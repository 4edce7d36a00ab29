package dev.sidestream.sessions.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.sessions.User;
import dev.sidestream.sessions.format.Payloads;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PathIdentityTest {

    @Test
    void takesTheFirstIdAndNameThatAreThere() throws Exception {
        PathIdentity rule = new PathIdentity(List.of("user", "user.id"), List.of("user.nick", "user.name"), "roles");

        Identity found = identify(rule, "{'user': {'id': 7, 'name': 'alice'}, 'roles': ['a', 'b', 3]}");

        assertThat(found).isEqualTo(new Identity(new User("7", "alice", Set.of("a", "b"))));
        assertThat(identify(rule, "{'user': 'bob'}")).isEqualTo(new Identity(new User("bob", "bob", Set.of())));
    }

    @Test
    void findsNobodyWhereThereIsNoIdOrZero() throws Exception {
        PathIdentity rule = PathIdentity.of("user.id", null);

        for (String nobody : List.of(
                "{}",
                "[]",
                "null",
                "{'user': null}",
                "{'user': 7}",
                "{'user': {'id': null}}",
                "{'user': {'id': ''}}",
                "{'user': {'id': 'a\\ud800'}}",
                "{'user': {'id': 0}}",
                "{'user': {'id': false}}",
                "{'user': {'id': true}}",
                "{'user': {'id': {}}}",
                "{'user': {'id': [1]}}",
                "{'user': {'id': 1.5}}",
                "{'user.id': 7}")) {
            assertThat(identify(rule, nobody)).as(nobody).isNull();
        }
    }

    @Test
    void changesTheFingerprintWithWhatTheIdentityDependsOnOnly() {
        long alice = new Identity(new User("7", "alice", Set.of("a", "b"))).fingerprint();

        assertThat(new Identity(new User("7", "alice", Set.of("b", "a"))).fingerprint())
                .isEqualTo(alice);
        for (Identity other : List.of(
                new Identity(new User("8", "alice", Set.of("a", "b"))),
                new Identity(new User("7", "bob", Set.of("a", "b"))),
                new Identity(new User("7", "alice", Set.of("a"))),
                new Identity(new User("7", "alice", Set.of("ab"))))) {
            assertThat(other.fingerprint()).isNotEqualTo(alice);
        }
    }

    private static Identity identify(PathIdentity rule, String json) throws Exception {
        return rule.identify(Payloads.JSON.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }
}
