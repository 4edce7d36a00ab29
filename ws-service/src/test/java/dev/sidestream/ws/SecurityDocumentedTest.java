package dev.sidestream.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every line of the page on security names tests that exist. */
class SecurityDocumentedTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (?!---|attack)([^|]+) \\| [^|]+ \\| ([^|]+) \\|$");

    /** A class, a class and a method, or a method of the class before it. */
    private static final Pattern TEST = Pattern.compile("`(?:([A-Z]\\w+))?(?:\\.(\\w+))?`");

    @Test
    void everyLineIsHeldByTestsThatExist() throws IOException {
        Map<String, String> classes = testClasses();
        List<String> missing = new ArrayList<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("../docs/security.md")));
        int rows = 0;
        while (row.find()) {
            rows++;
            Matcher test = TEST.matcher(row.group(2));
            String name = null;
            while (test.find()) {
                name = test.group(1) == null ? name : test.group(1);
                String source = classes.getOrDefault(String.valueOf(name), "");
                boolean there =
                        test.group(2) == null ? !source.isEmpty() : source.contains("void " + test.group(2) + "(");
                if (!there) {
                    missing.add(test.group());
                }
            }
            if (name == null && !row.group(2).equals("the same")) {
                missing.add("a test of: " + row.group(1));
            }
        }
        assertThat(missing).isEmpty();
        assertThat(rows).isGreaterThan(30);
    }

    private static Map<String, String> testClasses() throws IOException {
        Map<String, String> classes = new TreeMap<>();
        for (String module : List.of("channel-layer", "sessions", "gateway", "ws-service", "e2e")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src/test/java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    classes.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
                }
            }
        }
        return classes;
    }
}
