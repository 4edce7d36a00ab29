package dev.sidestream.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the recipes of docs/bolt-on whole, alike where they say the same, and true to the code. */
class RecipesTest {

    private static final Path ROOT = Page.docs().resolveSibling("e2e").getParent();

    /** A setting of ours in the text: in backticks, as a line of properties or as an option; a list's index is no part of it. */
    private static final Pattern SETTING = Pattern.compile("(?<![\\w.])sidestream(\\.[a-z][a-z0-9-]*)+");

    static Stream<String> recipes() throws IOException {
        try (Stream<Path> files = Files.list(Page.docs().resolve("bolt-on"))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".md") && !file.equals("README.md"))
                    .map(file -> file.substring(0, file.length() - ".md".length()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @Test
    void thereIsOneForEachResolverAndTheReadmeLeadsToAll() throws IOException {
        assertThat(recipes())
                .containsExactly("django", "express", "flask", "http", "laravel", "php", "spring", "tokens");
        String readme = Page.of("bolt-on/README.md").text();
        assertThat(recipes()).allSatisfy(recipe -> assertThat(readme).contains("(" + recipe + ".md)"));
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void isComplete(String recipe) {
        Page page = Page.recipe(recipe);
        assertThat(page.sections())
                .containsExactly(
                        "What to set", "nginx", "The page", "Posting to a room from the site", "See that it works");
        assertThat(page.section("What to set").block("properties").lines().filter(line -> !line.startsWith("#")))
                .as("settings that it takes")
                .hasSizeBetween(1, 3);
        assertThat(page.section("What to set").block("sh"))
                .contains("spring.data.redis.url", "sidestream.origin.allowed");
        assertThat(page.section("The page").block("html")).contains("new WebSocket(");
        Page proof = page.section("See that it works");
        assertThat(proof.blocks("sh")).anyMatch(command -> command.contains("websocat "));
        assertThat(proof.block("json")).contains("\"message\":\"hello\"", "\"user\":");
        assertThat(proof.block("text")).contains("401");
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void saysTheSameAsTheOthersWhereNothingDiffers(String recipe) {
        Page page = Page.recipe(recipe);
        Page other = Page.recipe("spring");
        assertThat(page.block("nginx")).isEqualTo(other.block("nginx"));
        assertThat(page.section("What to set").block("sh"))
                .isEqualTo(other.section("What to set").block("sh"));
        if (!recipe.equals("tokens")) {
            assertThat(page.block("html")).isEqualTo(other.block("html"));
        }
    }

    @Test
    void namesOnlySettingsThatExist() throws IOException {
        Set<String> known = new HashSet<>();
        for (String module : List.of("ws-service", "sessions", "channel-layer")) {
            Path metadata = ROOT.resolve(module).resolve("target/classes/META-INF/spring-configuration-metadata.json");
            JsonMapper.shared()
                    .readTree(Files.readString(metadata))
                    .path("properties")
                    .forEach(property -> known.add(property.path("name").asString()));
        }
        assertThat(known).contains("sidestream.session.express.secrets", "sidestream.origin.allowed");
        for (String recipe : recipes().toList()) {
            List<String> named = SETTING.matcher(Page.recipe(recipe).text())
                    .results()
                    .map(MatchResult::group)
                    // The file of the example.
                    .filter(name -> !name.equals("sidestream.properties"))
                    .toList();
            assertThat(named)
                    .as(recipe)
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(known).contains(name));
        }
    }

    /** Each paragraph of the code on a page stands in the site that the end-to-end tests run, but for its indent. */
    @ParameterizedTest
    @CsvSource({
        "express, js, e2e/sites/express/server.js",
        "django, python, e2e/sites/django/server.py",
        "flask, python, e2e/sites/flask/server.py",
        "php, php, e2e/sites/php/index.php",
        "spring, java, e2e/src/test/java/dev/sidestream/e2e/sites"
    })
    void postsAsTheSiteDoesThatIsTested(String recipe, String language, String site) throws IOException {
        String code = flat(source(ROOT.resolve(site)));
        List<String> blocks = Page.recipe(recipe).blocks(language);
        assertThat(blocks).isNotEmpty();
        for (String block : blocks) {
            for (String paragraph : block.split("\n\n+", 0)) {
                assertThat(code).as(block).contains(flat(paragraph));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"publish.py", "publish.mjs", "publish.php", "Rooms.java"})
    void whatIsToBeCopiedIsNamedBesideTheScript(String file) throws IOException {
        assertThat(Page.docs().resolve("bolt-on").resolve(file)).isNotEmptyFile();
        assertThat(ROOT.resolve("channel-layer/src/main/resources/dev/sidestream/channel/redis/publish.lua"))
                .isNotEmptyFile();
        assertThat(recipes().map(recipe -> Page.recipe(recipe).text()))
                .anyMatch(text -> text.contains("(" + file + ")") && text.contains("`publish.lua`"));
    }

    private static String source(Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            return Files.readString(path);
        }
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.sorted().toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    private static String flat(String code) {
        return code.strip().replaceAll("\\s+", " ");
    }
}
