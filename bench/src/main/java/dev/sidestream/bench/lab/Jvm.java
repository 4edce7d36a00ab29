package dev.sidestream.bench.lab;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Reads heap, allocation and pauses of a JVM from outside, by its management beans and its log of collections. */
public final class Jvm implements AutoCloseable {

    private static final Pattern PAUSE = Pattern.compile("Pause .* (\\d+\\.\\d+)ms$");

    private final JMXConnector connector;
    private final MBeanServerConnection beans;
    /** Netty's native transport is loaded without a warning. */
    static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

    private final long pid;
    private final Path gcLog;

    private Jvm(long pid, JMXConnector connector, MBeanServerConnection beans, Path gcLog) {
        this.pid = pid;
        this.connector = connector;
        this.beans = beans;
        this.gcLog = gcLog;
    }

    /** The start of a command: this JVM's own java, with its log of collections at the given place. */
    static List<String> command(Path gcLog, List<String> options) {
        return Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xlog:gc,gc+phases:file=" + gcLog + ":uptimemillis:filecount=0",
                                NATIVE_ACCESS),
                        options.stream())
                .toList();
    }

    @SuppressWarnings("BanJNDI") // the address is that of a process that was started here
    static Jvm attach(long pid, Path gcLog) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                JMXConnector connector =
                        JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
                return new Jvm(pid, connector, connector.getMBeanServerConnection(), gcLog);
            } finally {
                machine.detach();
            }
        } catch (IOException | AttachNotSupportedException e) {
            throw new LabException("Cannot attach to the JVM " + pid + ": " + e.getMessage(), e);
        }
    }

    /** Bytes allocated by all threads since the start, those that have ended included. */
    public long allocated() {
        try {
            return (Long) beans.getAttribute(new ObjectName("java.lang:type=Threading"), "TotalThreadAllocatedBytes");
        } catch (IOException | JMException e) {
            throw new LabException("Cannot read the allocated bytes: " + e.getMessage(), e);
        }
    }

    /** Milliseconds that the compiler has used since the start. */
    public long compilation() {
        try {
            return (Long) beans.getAttribute(new ObjectName("java.lang:type=Compilation"), "TotalCompilationTime");
        } catch (IOException | JMException e) {
            throw new LabException("Cannot read the compilation time: " + e.getMessage(), e);
        }
    }

    /** CPU seconds that the compiler's threads have used since the start. */
    public double compilerSeconds() {
        return Threads.seconds(pid, name -> name.startsWith("C1 Compiler") || name.startsWith("C2 Compiler"));
    }

    /** CPU seconds that all threads have used since the start, but for those that have ended. */
    public double cpuSeconds() {
        return Threads.seconds(pid, name -> true);
    }

    /** Writes what is in the heap after a full collection, by class, to a file. */
    public void writeHistogram(Path file) {
        try {
            Object classes = beans.invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
            Files.writeString(file, classes.toString());
        } catch (IOException | JMException e) {
            throw new LabException("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** Bytes of the heap in use right after a full collection, before anybody allocates again, this reading included. */
    public long live() {
        try {
            ObjectName memory = new ObjectName("java.lang:type=Memory");
            beans.invoke(memory, "gc", null, null);
            beans.invoke(memory, "gc", null, null);
            return pools().stream()
                    .mapToLong(pool -> pool.getCollectionUsage().getUsed())
                    .sum();
        } catch (IOException | JMException e) {
            throw new LabException("Cannot read the heap: " + e.getMessage(), e);
        }
    }

    /** The most bytes of heap in use since {@link #resetPeak}, summed over the pools. */
    public long peak() {
        return pools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    }

    public void resetPeak() {
        pools().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    private List<MemoryPoolMXBean> pools() {
        try {
            return ManagementFactory.getPlatformMXBeans(beans, MemoryPoolMXBean.class).stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .toList();
        } catch (IOException e) {
            throw new LabException("Cannot read the memory pools: " + e.getMessage(), e);
        }
    }

    /** How long the log of collections is: a place to read {@link #pausesSince} from. */
    public long logPosition() {
        try {
            return Files.size(gcLog);
        } catch (IOException e) {
            throw new LabException("Cannot read " + gcLog + ": " + e.getMessage(), e);
        }
    }

    /** The pauses that were logged after a place. */
    public Pauses pausesSince(long position) {
        try {
            byte[] log = Files.readAllBytes(gcLog);
            String text = new String(
                    log, (int) position, log.length - (int) position, java.nio.charset.StandardCharsets.US_ASCII);
            List<Double> millis = new ArrayList<>();
            int full = 0;
            for (String line : text.lines().toList()) {
                Matcher pause = PAUSE.matcher(line);
                if (pause.find()) {
                    millis.add(Double.valueOf(pause.group(1)));
                    full += line.contains("Pause Full") ? 1 : 0;
                }
            }
            return Pauses.of(millis, full);
        } catch (IOException e) {
            throw new LabException("Cannot read " + gcLog + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            throw new LabException("Cannot leave the JVM: " + e.getMessage(), e);
        }
    }
}
