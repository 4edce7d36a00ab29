package dev.sidestream.sessions.laravel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LaravelSessionPropertiesTest {

    /** A row of the page's table of versions: its prefix, and the rest with the names of cookies. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| Laravel .* \\| `(.*)` \\| (.*) \\|$");

    private static List<String> names(String prefix, @Nullable String cookieName) {
        return new LaravelSessionProperties(List.of(), prefix, cookieName, "web", null).cookieNames();
    }

    @Test
    void acceptsTheDefaultNamesOfEachVersionInThePagesTable() throws IOException {
        List<MatchResult> rows = ROW.matcher(Files.readString(Path.of("../docs/bolt-on/laravel.md")))
                .results()
                .toList();
        assertThat(rows).hasSize(4);
        for (MatchResult row : rows) {
            assertThat(names(row.group(1), null))
                    .contains(row.group(2).replace("`", "").split(" or "));
        }
    }

    @Test
    void takesTheApplicationsNameFromThePrefix() {
        assertThat(names("my_shop_database_my_shop_cache_", null))
                .containsExactly("my-shop-session", "my_shop_session");
        assertThat(names("my-shop-cache-", null)).containsExactly("my-shop-session", "my_shop_session");
        assertThat(names("app:", null)).containsExactly("laravel-session", "laravel_session");
        assertThat(names("", null)).containsExactly("laravel-session", "laravel_session");
    }

    @Test
    void acceptsNoOtherThanTheOneThatIsSet() {
        assertThat(names("laravel_database_laravel_cache:", "sid")).containsExactly("sid");
    }
}
