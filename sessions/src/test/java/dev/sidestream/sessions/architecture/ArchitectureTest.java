package dev.sidestream.sessions.architecture;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Each rule holds for the module, and finds the fixture that breaks it. */
class ArchitectureTest {

    private static final String BASE = "dev.sidestream.sessions";
    private static final String FIXTURE = BASE + ".architecture.fixture";

    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(BASE);
    private static final JavaClasses BROKEN = new ClassFileImporter().importPackages(FIXTURE);

    @Test
    void packagesUseOnlyLowerOnes() {
        holds(SessionRules::levels, "LooksUp.higher()");
    }

    @Test
    void resolversDoNotKnowEachOther() {
        holds(SessionRules::resolversApart, "KnowsAnother");
    }

    @Test
    void packagesHaveNoCycles() {
        holds(SessionRules::noCycles, "Cycle detected");
    }

    @Test
    void nothingElseOfSidestreamIsUsedButTheLinkToRedis() {
        holds(SessionRules::onlyTheLink, "LooksUp.channels()");
    }

    @Test
    void noSocketIsKnown() {
        holds(SessionRules::noSocket, "LooksUp.socket()");
    }

    @Test
    void springIsInConfigAlone() {
        holds(SessionRules::noSpring, "LooksUp.spring()");
    }

    @Test
    void sessionBytesAreNeverGivenToJavasOwnReader() {
        holds(SessionRules::noNativeDeserialization, "LooksUp.load(java.io.ObjectInputStream)");
    }

    private static void holds(Function<String, ArchRule> rule, String breach) {
        rule.apply(BASE).check(MODULE);
        assertThatThrownBy(() -> rule.apply(FIXTURE).check(BROKEN))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(breach);
    }
}
