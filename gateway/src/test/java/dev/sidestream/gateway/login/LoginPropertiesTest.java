package dev.sidestream.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginPropertiesTest {

    private static final DemoUser ALICE = new DemoUser("alice", "wonderland");

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", " alice", "a\nb", "0123456789012345678901234567890123456789012345678901234567890123x"})
    void refusesANameThatOthersCannotRead(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DemoUser(name, "secret"))
                .withMessageContaining("gateway.users")
                .withMessageNotContaining("secret");
    }

    @Test
    void refusesAnEmptyPasswordNoUsersAndTwoOfOneName() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DemoUser("alice", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new LoginProperties(List.of(), false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LoginProperties(List.of(ALICE, ALICE), false))
                .withMessageContaining("alice");
    }

    @Test
    void doesNotPrintAPassword() {
        assertThat(new LoginProperties(List.of(ALICE), true).toString()).doesNotContain("wonderland");
    }

    @Test
    void takesAnEncodedPasswordAsItIs() {
        assertThat(ALICE.encodedPassword()).isEqualTo("{noop}wonderland");
        assertThat(new DemoUser("bob", "{bcrypt}$2a$x").encodedPassword()).isEqualTo("{bcrypt}$2a$x");
    }
}
