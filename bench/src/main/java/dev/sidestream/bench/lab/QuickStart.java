package dev.sidestream.bench.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The service laid out as the image has it: the executable jar unpacked, and a cache of what the JVM loads and links, made by
 * one start up to the point where it would connect.
 *
 * @param jar to start
 * @param jvmOptions that make use of the cache; the JVM's own choice of everything else, as in the image
 */
public record QuickStart(Path jar, List<String> jvmOptions) {

    static QuickStart of(Lab lab) {
        Path folder = lab.directory().resolve("unpacked");
        Path cache = lab.directory().resolve("service.aot");
        run(
                lab,
                "unpack",
                "-Djarmode=tools",
                "-jar",
                lab.service().jar().toString(),
                "extract",
                "--destination",
                folder + "",
                "--force");
        Path jar = jarIn(folder);
        run(lab, "train", "-XX:AOTCacheOutput=" + cache, "-Dspring.context.exit=onRefresh", "-jar", jar.toString());
        if (!Files.exists(cache)) {
            throw new LabException(
                    "The JVM made no cache; see " + lab.directory().resolve("train.log"));
        }
        return new QuickStart(jar, List.of("-XX:AOTCache=" + cache));
    }

    private static Path jarIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow(() -> new LabException("No jar in " + folder));
        } catch (IOException e) {
            throw new LabException("Cannot look into " + folder, e);
        }
    }

    private static void run(Lab lab, String name, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(Jvm.NATIVE_ACCESS); // a cache fits only the options that it was made with
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(lab.directory().resolve(name + ".log").toFile())
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new LabException("Not done in two minutes: " + name);
            }
        } catch (IOException e) {
            throw new LabException("Cannot " + name + " the service", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("Interrupted", e);
        }
    }
}
