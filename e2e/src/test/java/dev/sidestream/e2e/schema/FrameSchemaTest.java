package dev.sidestream.e2e.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameSchemaTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            client-message  | {"message": "hi"}
            client-message  | {"type": "message", "message": null, "cid": "a", "later": 1}
            client-history  | {"type": "history", "rid": "1", "before": "1-0.1.e", "limit": 10}
            client-ping     | {"type": "ping"}
            plain-client    | {"message": {"a": [1]}}
            plain-server    | {"message": "hi", "id": "1700000000000-0.1.e", "user": "ada"}
            plain-server    | {"message": "Too fast", "code": "rate_limited"}
            server          | {"type": "gap", "since": "1-0.1.e", "first": null, "id": "1-0.0.f", "reason": "lost"}
            server          | {"type": "degraded"}
            plain-server    | {"message": "Messages may be missing here.", "code": "gap", "gap": "epoch", "id": null}
            server          | {"type": "message", "id": "1-0.1.e", "message": false, "user": null, "ts": 1}
            server          | {"type": "ack", "cid": "a", "id": "1-0.1.e", "dup": true}
            server          | {"type": "error", "code": "unavailable", "message": "Later", "cid": "a", "retry_after": 2}
            server          | {"type": "history", "rid": "1", "messages": [], "more": false}
            server          | {"type": "pong", "t": [1]}
            server          | {"type": "bye", "code": 1012, "reason": "drain", "retry_after": 1, "reconnect": true}
            server          | {"type":"welcome","v":1,"connection":"c","node":"n","room":"r","user":"ada","tail":null,"resumed":false,"replayed":0,"ping":25,"limits":{"bytes":1,"rate":1,"burst":1,"queue":1,"replay":1},"session_ttl":null}
            """)
    void acceptsFramesOfTheProtocol(String definition, String frame) {
        assertThat(FrameSchema.problems(definition, frame)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            client-message  | {"type": "message"}
            client-message  | {"message": 1, "cid": ""}
            client-history  | {"type": "history", "rid": "1", "before": "1-0.1.e", "after": "1-0.1.e"}
            plain-server    | {"type": "welcome", "v": 1}
            plain-server    | {"message": "hi", "id": "1-0.1.e", "user": "ada", "ts": 1}
            plain-server    | {"message": {"an": "object"}, "code": "bad_json"}
            server          | {"message": "hi"}
            server          | {"type": "typing", "user": "ada", "on": true}
            server-gap      | {"type": "gap", "since": null, "first": null, "id": null, "reason": "bored"}
            server-message  | {"type": "message", "id": "1 OR 1", "message": 1, "user": null, "ts": 1}
            server-message  | {"type": "message", "id": "1-0.1.e", "message": 1, "user": null, "ts": 1, "secret": 1}
            server-ack      | {"type": "ack", "cid": "a", "id": "1-0.1.e", "dup": false}
            server-error    | {"type": "error", "code": "odd", "message": "Later"}
            server-bye      | {"type": "bye", "code": 4000, "reason": "x", "reconnect": true}
            server-bye      | no json
            """)
    void refusesOtherFrames(String definition, String frame) {
        assertThat(FrameSchema.problems(definition, frame)).isNotEmpty();
    }

    @Test
    void definesEveryTypeOnce() {
        List<String> types = FrameSchema.definitions().stream()
                .filter(name -> name.matches("(client|server|plain)-.*"))
                .toList();
        assertThat(types).doesNotHaveDuplicates().hasSize(21);
    }
}
