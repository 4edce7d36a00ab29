package dev.sidestream.bench.lab;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The load generator, a process that is told one thing after another. */
public final class Generator implements AutoCloseable {

    /** Name of the measured servers' CPU time; further nodes append their number. */
    public static final String SERVER = "server";

    /** Name of Redis's CPU time. */
    public static final String REDIS = "redis";

    /** Name of the CPU time of nginx's worker. */
    public static final String NGINX = "nginx";

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES) // not every answer has every figure
            .build();

    private final Program program;
    private final BufferedWriter commands;
    private final BufferedReader answers;

    private Generator(Program program) {
        this.program = program;
        this.commands = program.process().outputWriter(StandardCharsets.US_ASCII);
        this.answers = program.process().inputReader(StandardCharsets.US_ASCII);
    }

    static Generator start(Path binary, Path directory, List<Integer> ports, List<String> options) {
        List<String> command = new ArrayList<>(List.of(binary.toString()));
        ports.forEach(port -> command.addAll(List.of("--port", Integer.toString(port))));
        command.addAll(options);
        return new Generator(Program.start("generator", Core.GENERATOR, directory, true, command));
    }

    void watch(String name, long pid) {
        ask("watch " + name + " " + pid);
    }

    /** Opens all connections; fails when one is refused. */
    public Connected connect() {
        Connected connected = read("connect", Connected.class);
        if (connected.failed() > 0) {
            throw new LabException(connected.failed() + " connections failed: " + connected.reason());
        }
        return connected;
    }

    /** Publishes for so long, so many messages a second for each load in turn. */
    public Step step(double seconds, double... rates) {
        String all = DoubleStream.of(rates)
                .mapToObj(rate -> String.format(Locale.ROOT, " %.3f", rate))
                .collect(Collectors.joining());
        return read(String.format(Locale.ROOT, "step %.3f", seconds) + all, Step.class);
    }

    /** Connects and closes, again and again, for so long. */
    public Connected churn(double seconds) {
        return read(String.format(Locale.ROOT, "churn %.3f", seconds), Connected.class);
    }

    /** Connects and closes, again and again, so many times; gives up after ten minutes. */
    public Connected churn(long count) {
        return read("churn 600 " + count, Connected.class);
    }

    /** Only keeps the connections, for so long. */
    public Connected hold(double seconds) {
        return read(String.format(Locale.ROOT, "hold %.3f", seconds), Connected.class);
    }

    public void disconnect() {
        ask("close");
    }

    private <T> T read(String command, Class<T> type) {
        return JSON.readValue(ask(command), type);
    }

    private String ask(String command) {
        try {
            commands.write(command);
            commands.newLine();
            commands.flush();
            String answer = answers.readLine();
            if (answer == null) {
                program.requireAlive();
                throw new LabException("The generator said nothing to: " + command);
            }
            return answer;
        } catch (IOException e) {
            program.requireAlive();
            throw new LabException("Cannot talk to the generator: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
