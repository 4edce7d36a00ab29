package dev.sidestream.bench.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/**
 * A build of the service in a checkout, with all that may differ from one build to the next: how it is started, when it is ready,
 * how its script that publishes is called. What the checkout's own {@code bench/build.properties} does not say is as in the file
 * of that name among this package's resources.
 *
 * @param jar the executable jar
 * @param arguments of a node, with names in angle brackets for its ports
 * @param ready the URL that answers 200 when a node is ready, with such names
 * @param publishKeys the script's KEYS, with names in angle brackets for the room and its partition
 * @param publishArguments the script's ARGV, with such names
 */
public record Build(
        Path jar, List<String> arguments, String ready, List<String> publishKeys, List<String> publishArguments) {

    private static final String FILE = "build.properties";

    /** The build in a checkout's root folder; fails when its jar has not been built. */
    public static Build in(Path checkout) {
        Properties properties = new Properties();
        Path own = checkout.resolve("bench").resolve(FILE);
        try (InputStream common = Objects.requireNonNull(Build.class.getResourceAsStream(FILE))) {
            properties.load(common);
            if (Files.exists(own)) {
                try (InputStream differing = Files.newInputStream(own)) {
                    properties.load(differing);
                }
            }
        } catch (IOException e) {
            throw new LabException("Cannot read " + own, e);
        }
        return new Build(
                jar(checkout, properties.getProperty("jar")),
                words(properties, "arguments"),
                properties.getProperty("ready"),
                words(properties, "publish.keys"),
                words(properties, "publish.arguments"));
    }

    /** The same with its jar elsewhere. */
    Build at(Path elsewhere) {
        return new Build(elsewhere, arguments, ready, publishKeys, publishArguments);
    }

    /** A text with values in place of the names in angle brackets. */
    public static String fill(String text, Map<String, String> values) {
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace('<' + value.getKey() + '>', value.getValue());
        }
        return filled;
    }

    private static Path jar(Path checkout, String pattern) {
        Path path = checkout.resolve(pattern);
        Path folder = Objects.requireNonNull(path.getParent());
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, path.getFileName() + "")) {
                for (Path jar : jars) {
                    return jar.toAbsolutePath();
                }
            } catch (IOException e) {
                throw new LabException("Cannot look into " + folder, e);
            }
        }
        throw new LabException("The service is not built: there is no " + path);
    }

    private static List<String> words(Properties properties, String name) {
        return List.of(properties.getProperty(name).trim().split("\\s+"));
    }
}
