package dev.sidestream.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the tables of settings for people to the metadata that the compiler made of the code. */
class SettingsDocumentedTest {

    private static final Pattern ROW =
            Pattern.compile("^\\| `(sidestream\\.[a-z.-]+)` \\| (?:`([^`]*)`)? *\\| .+ \\|$");

    @Test
    void tablesNameEverySettingWithItsDefaultAndNoOther() throws IOException {
        assertThat(documented(Path.of("../README.md"), Path.of("../docs/settings.md")))
                .isNotEmpty()
                .isEqualTo(known());
    }

    private static Map<String, String> documented(Path... pages) throws IOException {
        Map<String, String> settings = new TreeMap<>();
        for (Path page : pages) {
            for (String line : Files.readAllLines(page)) {
                Matcher row = ROW.matcher(line);
                if (row.matches()) {
                    String before = settings.put(row.group(1), row.group(2) == null ? "" : row.group(2));
                    assertThat(before).as(row.group(1) + " stands there once").isNull();
                }
            }
        }
        return settings;
    }

    private static Map<String, String> known() throws IOException {
        Map<String, String> settings = new TreeMap<>();
        List<URL> all = Collections.list(SettingsDocumentedTest.class
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"));
        for (URL metadata : all) {
            try (InputStream json = metadata.openStream()) {
                for (JsonNode property : JsonMapper.shared().readTree(json).path("properties")) {
                    String name = property.path("name").asString();
                    if (name.startsWith("sidestream.")) {
                        settings.put(name, text(property.path("defaultValue")));
                    }
                }
            }
        }
        return settings;
    }

    private static String text(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(JsonNode::asString)
                    .collect(Collectors.joining(", "));
        }
        return value.isMissingNode() ? "" : value.asString();
    }
}
