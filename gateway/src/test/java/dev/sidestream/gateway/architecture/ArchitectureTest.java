package dev.sidestream.gateway.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String BASE = "dev.sidestream.gateway";
    private static final String FIXTURE = BASE + ".architecture.fixture";

    private static final JavaClasses SITE = new ClassFileImporter()
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

    /** The site shares a Redis with the sidecar and uses the channel layer's API, nothing else. */
    private static ArchRule knowsOnlyTheChannelLayersApi(String from) {
        return without(
                from,
                "dev.sidestream.ws..",
                "dev.sidestream.channel.redis..",
                "dev.sidestream.channel.memory..",
                "dev.sidestream.channel.autoconfigure..",
                "io.lettuce..");
    }

    @Test
    void theSiteKnowsNothingOfTheSidecar() {
        knowsOnlyTheChannelLayersApi(BASE + "..").check(SITE);
    }

    @Test
    void loginSessionAndWebStandAlone() {
        String rooms = BASE + ".room..";
        String announcements = BASE + ".announcement..";
        String channel = "dev.sidestream.channel..";
        without(BASE + ".login..", BASE + ".session..", BASE + ".web..", rooms, announcements, channel)
                .check(SITE);
        without(BASE + ".session..", BASE + ".login..", BASE + ".web..", rooms, announcements, channel)
                .check(SITE);
        without(BASE + ".web..", BASE + ".login..", BASE + ".session..", rooms, announcements, channel)
                .check(SITE);
    }

    @Test
    void packagesHaveNoCycles() {
        withoutCycles(BASE).check(SITE);
    }

    private static ArchRule withoutCycles(String base) {
        return slices().matching(base + ".(**)").should().beFreeOfCycles();
    }

    @Test
    void breachesAreFound() {
        assertThatThrownBy(() -> knowsOnlyTheChannelLayersApi(FIXTURE).check(BROKEN))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("InMemoryChannelLayer");
        assertThatThrownBy(
                        () -> without(FIXTURE + ".login..", FIXTURE + ".room..").check(BROKEN))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("LooksIntoRooms");
        assertThatThrownBy(() -> withoutCycles(FIXTURE).check(BROKEN))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Cycle detected");
    }
}
