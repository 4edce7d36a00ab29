package dev.sidestream.bench.pair;

import dev.sidestream.bench.lab.LabException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** Finds {@code publish.lua} in an executable jar, in whichever library and package the build has it. */
final class PublishScript {

    private static final String NAME = "publish.lua";

    private PublishScript() {}

    static String of(Path jar) {
        try (InputStream file = Files.newInputStream(jar)) {
            String script = find(file);
            if (script == null) {
                throw new LabException("No " + NAME + " in " + jar);
            }
            return script;
        } catch (IOException e) {
            throw new LabException("Cannot read " + jar, e);
        }
    }

    private static @Nullable String find(InputStream archive) throws IOException {
        // Not closed here: that would close the archive around it.
        ZipInputStream entries = new ZipInputStream(archive);
        for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
            String script = null;
            if (entry.getName().endsWith('/' + NAME)) {
                script = new String(entries.readAllBytes(), StandardCharsets.UTF_8);
            } else if (entry.getName().endsWith(".jar")) {
                script = find(entries);
            }
            if (script != null) {
                return script;
            }
        }
        return null;
    }
}
