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

/** Starts the system for the first test that wants it, and ends it after the last. */
final class SystemExtension implements ParameterResolver, AfterEachCallback, ExecutionCondition {

    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(SystemExtension.class);

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
        return running(context).system;
    }

    /**
     * No test may leave a fault behind, no test passes while a frame broke the schema, and nothing of a connection that has
     * ended may stay in a node.
     */
    @Override
    public void afterEach(ExtensionContext context) {
        WebSocketClient.cutAll();
        RunningSystem system = running(context).system;
        system.heal();
        Await.until(
                "all sockets are gone from the nodes",
                () -> system.nodes().stream().allMatch(node -> node.metric("sidestream_connections") == 0));
        assertThat(FrameSchema.violations()).as("frames that break the schema").isEmpty();
    }

    private static Running running(ExtensionContext context) {
        return context.getRoot().getStore(HERE).computeIfAbsent(Running.class, key -> new Running(), Running.class);
    }

    private static final class Running implements AutoCloseable {

        private final RunningSystem system = RunningSystem.start();

        @Override
        public void close() {
            System.out.println("Frames held against the schema: " + FrameSchema.checked());
            system.close();
        }
    }
}
