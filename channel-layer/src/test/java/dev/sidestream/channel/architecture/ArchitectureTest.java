package dev.sidestream.channel.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String BASE = "dev.sidestream.channel";
    private static final String FIXTURE = BASE + ".architecture.fixture";

    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(BASE);
    private static final JavaClasses BROKEN = new ClassFileImporter().importPackages(FIXTURE);

    private static ArchRule without(String from, String... used) {
        return noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(used);
    }

    private static ArchRule withoutRedisAndSpring(String from) {
        return without(from, "io.lettuce..", "io.netty..", "org.springframework..", BASE + ".redis..");
    }

    private static ArchRule withoutSpring(String from) {
        return without(from, "org.springframework..", BASE + ".autoconfigure..", BASE + ".memory..");
    }

    @Test
    void theApiAndTheLayerInMemoryKnowNeitherRedisNorSpring() {
        withoutRedisAndSpring(BASE).check(MODULE);
        withoutRedisAndSpring(BASE + ".memory").check(MODULE);
    }

    @Test
    void theLayerOnRedisKnowsNoSpring() {
        withoutSpring(BASE + ".redis").check(MODULE);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(BASE + ".(*)..").should().beFreeOfCycles().check(MODULE);
    }

    @Test
    void breachesAreFound() {
        assertThatThrownBy(() -> withoutRedisAndSpring(FIXTURE).check(BROKEN))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("RedisURI")
                .hasMessageContaining("ApplicationContext");
        assertThatThrownBy(() -> withoutSpring(FIXTURE).check(BROKEN)).isInstanceOf(AssertionError.class);
    }
}
