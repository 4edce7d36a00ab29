package dev.sidestream.ws.consumer;

import java.io.IOException;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Java source that is compiled as a user's project would be, on the class path of the tests. */
final class Compiled {

    private final Path folder;
    private final Map<String, String> sources = new LinkedHashMap<>();

    Compiled(Path folder) {
        this.folder = folder;
    }

    Compiled add(String className, String source) {
        sources.put(className, source);
        return this;
    }

    /** Compiles all and returns the class that was added last. */
    Class<?> load() throws IOException, ClassNotFoundException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Path> files = new java.util.ArrayList<>();
        String last = "";
        for (Map.Entry<String, String> source : sources.entrySet()) {
            last = source.getKey();
            Path file = folder.resolve(last.replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            files.add(Files.writeString(file, source.getValue()));
        }
        StringWriter output = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            Iterable<? extends JavaFileObject> units = manager.getJavaFileObjectsFromPaths(files);
            List<String> options = List.of(
                    "-parameters", "-proc:none", "--release", "21", "-d", folder.toString(), "-cp", classPath());
            if (!compiler.getTask(output, manager, null, options, null, units).call()) {
                throw new AssertionError("The source does not compile:\n" + output);
            }
        }
        return new URLClassLoader(new URL[] {url()}, getClass().getClassLoader()).loadClass(last);
    }

    private URL url() throws MalformedURLException {
        return folder.toUri().toURL();
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
