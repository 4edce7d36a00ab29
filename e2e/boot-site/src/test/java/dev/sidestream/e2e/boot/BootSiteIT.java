package dev.sidestream.e2e.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.Receipt;
import dev.sidestream.channel.testing.RedisForTests;
import io.lettuce.core.LettuceVersion;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;

/** The Java part of docs/wire-contract.md, on a site that declares Spring Boot's starter and the channel layer, no more. */
class BootSiteIT {

    private static final Path PAGE = Path.of("..", "..", "docs", "wire-contract.md");

    @TempDir
    Path folder;

    @Test
    void publishesAsTheContractShows() throws Exception {
        Class<?> announcements = compile("Announcements");
        try (RedisForTests redis = RedisForTests.create();
                ConfigurableApplicationContext site = start(redis, announcements)) {
            Object receipt = announcements
                    .getDeclaredMethod("announce", String.class, String.class, String.class)
                    .invoke(site.getBean(announcements), "lobby", "site", "\"Hello from a site\"");
            String entry = ((Receipt) receipt).position().entryId();
            assertThat(String.valueOf(redis.command("XRANGE", "ss:{p7}:room:lobby", entry, entry)))
                    .contains("Hello from a site");
        }
    }

    /** Else the tests of the channel layer that run here once more would say nothing new. */
    @Test
    void hasTheLettuceThatSpringBootManages() {
        assertThat(LettuceVersion.getVersion()).startsWith(System.getProperty("site.lettuce"));
    }

    private Class<?> compile(String name) throws Exception {
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertThat(block.find()).isTrue();
        // Spring calls the class from outside its package here; a site of one package has no need of it.
        String text =
                block.group(1).replace("\nclass ", "\npublic class ").replace("    Receipt ", "    public Receipt ");
        Path source = Files.writeString(folder.resolve(name + ".java"), text);
        String jars = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        int failures = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", jars, "-d", folder.toString(), source.toString());
        assertThat(failures).isZero();
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, ClassUtils.getDefaultClassLoader())
                .loadClass(name);
    }

    private static ConfigurableApplicationContext start(RedisForTests redis, Class<?> announcements) {
        SpringApplication site = new SpringApplication(Site.class, announcements);
        site.setDefaultProperties(Map.copyOf(redis.properties()));
        return site.run();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Site {}
}
