package dev.sidestream.e2e.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of docs/.
 *
 * @param name its path below docs/
 * @param text all of it
 */
public record Page(String name, String text) {

    /** Blocks of code, which may be indented as part of a list: the indent, the language, the code. */
    private static final Pattern BLOCK =
            Pattern.compile("^( *)```(\\w*)\n(.*?)^ *```$", Pattern.DOTALL | Pattern.MULTILINE);

    /** Reads it. */
    public static Page of(String name) {
        try {
            return new Page(name, Files.readString(docs().resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The recipe of a framework. */
    public static Page recipe(String framework) {
        return of("bolt-on/" + framework + ".md");
    }

    /** The folder with all pages. */
    public static Path docs() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("docs/wire-contract.md"))) {
                return folder.resolve("docs");
            }
        }
        throw new IllegalStateException("Not within the repository");
    }

    /** The titles of its sections, in their order. */
    public List<String> sections() {
        return text.lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();
    }

    /** The page reduced to one section. */
    public Page section(String title) {
        Matcher matcher = Pattern.compile(
                        "^## " + Pattern.quote(title) + "\n(.*?)(?=^## |\\z)", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(text);
        if (!matcher.find()) {
            throw new AssertionError(name + " has no section '" + title + "'");
        }
        return new Page(name, matcher.group(1));
    }

    /** The blocks of code in a language, in their order and without their indent. */
    public List<String> blocks(String language) {
        return BLOCK.matcher(text)
                .results()
                .filter(block -> block.group(2).equals(language))
                .map(Page::code)
                .toList();
    }

    /** The only block in that language. */
    public String block(String language) {
        List<String> blocks = blocks(language);
        if (blocks.size() != 1) {
            throw new AssertionError(name + " has " + blocks.size() + " blocks of " + language + ", not one");
        }
        return blocks.getFirst();
    }

    private static String code(MatchResult block) {
        return block.group(3).replaceAll("(?m)^" + block.group(1), "");
    }
}
