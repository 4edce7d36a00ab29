package dev.sidestream.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/architecture.md} to the code: the packages that there are, and the hops of a message. */
class ArchitectureDocumentedTest {

    private static final Path ROOT = Path.of("..");

    private static final Map<String, String> BASES = Map.of(
            "channel-layer", "dev/sidestream/channel",
            "sessions", "dev/sidestream/sessions",
            "ws-service", "dev/sidestream/ws",
            "gateway", "dev/sidestream/gateway");

    private static final Pattern MODULE = Pattern.compile("^### `([\\w-]+)`, below", Pattern.MULTILINE);
    private static final Pattern PACKAGES = Pattern.compile("^\\| ((?:`[\\w.]+` ?)+) \\|", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("`([\\w.]+)`");
    private static final Pattern HOP =
            Pattern.compile("^\\| \\d+ \\| `([\\w-]+)/([\\w/.]+)` \\| (?:`(\\w+)`)? ?\\|", Pattern.MULTILINE);

    private final String page;

    ArchitectureDocumentedTest() throws IOException {
        page = Files.readString(ROOT.resolve("docs/architecture.md"));
    }

    @Test
    void everyPackageIsDocumentedAndEveryDocumentedOneIsThere() throws IOException {
        for (Map.Entry<String, String> module : BASES.entrySet()) {
            assertThat(new TreeSet<>(documented(module.getKey())))
                    .as(module.getKey())
                    .isEqualTo(packages(module.getKey(), module.getValue()));
        }
    }

    @Test
    void everyHopIsAMethodThatExists() throws IOException {
        List<MatchResult> hops = HOP.matcher(page).results().toList();
        assertThat(hops).hasSize(6 + 9 + 12 + 7);
        for (MatchResult hop : hops) {
            assertThat(source(hop.group(1), hop.group(2)))
                    .as(hop.group())
                    .containsPattern(hop.group(3) == null ? "." : "[ .]" + hop.group(3) + "\\(");
        }
    }

    /** In the order of the page. */
    private List<String> documented(String module) {
        Matcher heading = MODULE.matcher(page);
        List<String> names = new ArrayList<>();
        while (heading.find()) {
            if (heading.group(1).equals(module)) {
                int end = page.indexOf("\n#", heading.end());
                for (MatchResult row : PACKAGES.matcher(page.substring(heading.end(), end))
                        .results()
                        .toList()) {
                    NAME.matcher(row.group(1)).results().forEach(name -> names.add(name.group(1)));
                }
            }
        }
        return names;
    }

    private static Set<String> packages(String module, String base) throws IOException {
        Path root = ROOT.resolve(module).resolve("src/main/java").resolve(base);
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> root.relativize(file.getParent()).toString().replace('/', '.'))
                    .map(name -> name.isEmpty() ? "." : name)
                    .forEach(found::add);
        }
        return found;
    }

    private static String source(String module, String file) throws IOException {
        boolean script = file.endsWith(".lua");
        Path folder = ROOT.resolve(module).resolve(script ? "src/main/resources" : "src/main/java");
        return Files.readString(folder.resolve(BASES.get(module)).resolve(script ? file : file + ".java"));
    }
}
