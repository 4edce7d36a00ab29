package dev.sidestream.ws.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String BASE = "dev.sidestream.ws";
    private static final String FIXTURE = "dev.sidestream.ws.architecture.fixture";

    private static final JavaClasses SERVICE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(BASE);
    private static final JavaClasses TANGLED = new ClassFileImporter().importPackages(FIXTURE);

    @Test
    void packagesUseOnlyLowerOnes() {
        PackageLevels.rule(BASE).check(SERVICE);
    }

    @Test
    void packagesUsingHigherOnesAreFound() {
        assertThatThrownBy(() -> PackageLevels.rule(FIXTURE).check(TANGLED))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("LooksUp");
    }

    @Test
    void packagesHaveNoCycles() {
        cycles(BASE).check(SERVICE);
    }

    @Test
    void cyclesAreFound() {
        assertThatThrownBy(() -> cycles(FIXTURE).check(TANGLED))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Cycle detected");
    }

    @Test
    void sessionBytesAreNeverGivenToJavasOwnReader() {
        noNativeDeserialization().check(SERVICE);
    }

    @Test
    void javasOwnReaderIsFound() {
        assertThatThrownBy(() -> noNativeDeserialization().check(TANGLED)).isInstanceOf(AssertionError.class);
    }

    private static ArchRule cycles(String base) {
        return slices().matching(base + ".(**)").should().beFreeOfCycles();
    }

    private static ArchRule noNativeDeserialization() {
        return ArchRuleDefinition.noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream");
    }
}
