package dev.sidestream.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.testing.Await;
import dev.sidestream.e2e.client.WebSocketClient;
import dev.sidestream.e2e.schema.FrameSchema;
import dev.sidestream.e2e.system.Nginx;
import dev.sidestream.e2e.system.RunningSystem;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts the system for the first test of this JVM that wants it, and ends it with the JVM. JUnit's own store will not do: where
 * several JVMs share the classes, each class is a run of its own to it.
 */
final class SystemExtension implements ParameterResolver, AfterEachCallback, ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Nginx.isInstalled()
                ? ConditionEvaluationResult.enabled("nginx is installed")
                : ConditionEvaluationResult.disabled("SKIPPED: no nginx to be had");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RunningSystem.class;
    }

    @Override
    public RunningSystem resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return Running.SYSTEM;
    }

    /**
     * No test may leave a fault behind, no test passes while a frame broke the schema, and nothing of a connection that has
     * ended may stay in a node.
     */
    @Override
    public void afterEach(ExtensionContext context) {
        WebSocketClient.cutAll();
        RunningSystem system = Running.SYSTEM;
        system.heal();
        Await.until(
                "all sockets are gone from the nodes",
                () -> system.nodes().stream().allMatch(node -> node.metric("sidestream_connections") == 0));
        assertThat(FrameSchema.violations()).as("frames that break the schema").isEmpty();
    }

    /** Made when it is first asked for. */
    private static final class Running {

        private static final RunningSystem SYSTEM = RunningSystem.start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SYSTEM::close, "end-of-the-system"));
        }
    }
}
