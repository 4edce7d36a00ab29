package dev.sidestream.e2e.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes an nginx.conf that is made of the lines that the recipes show, with one server per site. */
final class RecipeFront {

    private static final String SITE = "  # ... what is there already ...";
    private static final String NODE = "http://127.0.0.1:8081";

    private RecipeFront() {}

    /**
     * Writes it.
     *
     * @param sites lines for nginx of the recipe, for each port to listen at, with the port of the site
     */
    static void write(Path folder, Path accessLog, Map<Integer, Front> sites, List<Integer> nodes) {
        String lines = sites.values().iterator().next().lines();
        String maps = lines.substring(0, lines.indexOf("server {"));
        String servers = sites.entrySet().stream()
                .map(front -> server(front.getKey(), front.getValue()))
                .collect(Collectors.joining());
        String text = """
                error_log stderr;
                pid nginx.pid;
                events { worker_connections 1024; }
                http {
                client_body_temp_path temp/body; proxy_temp_path temp/proxy; fastcgi_temp_path temp/fastcgi;
                scgi_temp_path temp/scgi; uwsgi_temp_path temp/uwsgi;
                access_log %s;
                upstream nodes { %s }
                %s%s}
                """.formatted(
                accessLog,
                nodes.stream().map(node -> "server 127.0.0.1:" + node + ";").collect(Collectors.joining(" ")),
                maps,
                servers);
        try {
            Files.createDirectories(folder.resolve("temp"));
            Files.writeString(folder.resolve("nginx.conf"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String server(int port, Front front) {
        String server = front.lines().substring(front.lines().indexOf("server {"));
        if (!server.contains(SITE) || !server.contains(NODE)) {
            throw new AssertionError(
                    "The recipe's lines for nginx have no place for the site, or for the node: " + server);
        }
        String site = """
                listen 127.0.0.1:%d;
                location / { proxy_pass http://127.0.0.1:%d; proxy_set_header Host $http_host; }""".formatted(port, front.site());
        return server.replace(SITE, site).replace(NODE, "http://nodes");
    }

    /**
     * What stands at one port.
     *
     * @param lines the recipe's
     * @param site the site's port
     */
    record Front(String lines, int site) {}
}
