package dev.sidestream.channel.testing;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.redis.testcontainers.RedisContainer;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.utility.DockerImageName;

/** A Redis in a container, published on a fixed port so that clients find it again after a restart. */
final class ContainerRedis implements RedisServer {

    /** The one place that names the image for tests. */
    static final DockerImageName IMAGE = DockerImageName.parse("redis:7.4-alpine");

    private final int port = FreePorts.next();
    private final RedisContainer container;
    private boolean created;

    ContainerRedis(String... settings) {
        List<String> command = new ArrayList<>(List.of("redis-server", "--save", "", "--appendonly", "yes"));
        command.addAll(List.of(settings));
        PortBinding binding = new PortBinding(Ports.Binding.bindPort(port), ExposedPort.tcp(RedisContainer.REDIS_PORT));
        container = new RedisContainer(IMAGE)
                .withCommand(command.toArray(String[]::new))
                .withCreateContainerCmdModifier(create -> {
                    if (create.getHostConfig() != null) {
                        create.getHostConfig().withPortBindings(binding);
                    }
                });
    }

    @Override
    public String host() {
        return created ? container.getHost() : "localhost";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void start() {
        if (created) {
            container
                    .getDockerClient()
                    .startContainerCmd(container.getContainerId())
                    .exec();
        } else {
            container.start();
            created = true;
        }
    }

    @Override
    public void kill() {
        signal("KILL");
        Await.until("the container has stopped", () -> !container.isRunning());
    }

    @Override
    public void signal(String name) {
        container
                .getDockerClient()
                .killContainerCmd(container.getContainerId())
                .withSignal(name)
                .exec();
    }

    @Override
    public void close() {
        container.stop();
    }
}
