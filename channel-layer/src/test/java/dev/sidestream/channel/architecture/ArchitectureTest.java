package dev.sidestream.channel.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String BASE = "dev.sidestream.channel";
    private static final String FIXTURE = BASE + ".architecture.fixture";

    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(BASE);
    private static final JavaClasses BROKEN = new ClassFileImporter().importPackages(FIXTURE);

    @Test
    void packagesUseOnlyLowerOnes() {
        PackageUses.rule(BASE).check(MODULE);
    }

    @Test
    void packagesUsingOthersAreFound() {
        assertThatThrownBy(() -> PackageUses.rule(FIXTURE).check(BROKEN))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ApiUsesRedis")
                .hasMessageContaining("LinkUsesTheApi")
                .hasMessageContaining("KeysUseTheLink")
                .hasMessageContaining("LogUsesTheLayer")
                .hasMessageContaining("LayerUsesMemory")
                .hasMessageContaining("MemoryUsesKeys")
                .hasMessageContaining("Elsewhere is in an unknown package")
                .hasMessageNotContaining("OnlyHere");
    }

    @Test
    void packagesHaveNoCycles() {
        withoutCycles().check(MODULE);
    }

    @Test
    void cyclesAreFound() {
        assertThatThrownBy(() -> withoutCycles().check(BROKEN))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Cycle detected: Slice " + FIXTURE + " -> ");
    }

    @Test
    void cyclesOfAPackageAndOneThatLiesInItAreFound() {
        JavaClasses redis = new ClassFileImporter().importPackages(FIXTURE + ".redis");
        assertThatThrownBy(() -> withoutCycles().check(redis))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Cycle detected: Slice " + FIXTURE + ".redis -> ")
                .hasMessageContaining("Slice " + FIXTURE + ".redis.log -> ");
    }

    @Test
    void theApiAndTheLayerInMemoryKnowNoRedis() {
        withoutRedis(BASE).check(MODULE);
    }

    @Test
    void redisInTheApiAndInMemoryIsFound() {
        assertThatThrownBy(() -> withoutRedis(FIXTURE).check(BROKEN))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ApiUsesRedis")
                .hasMessageContaining("MemoryUsesKeys")
                .hasMessageNotContaining("LinkUsesTheApi.both");
    }

    @Test
    void onlyTheConfigurationKnowsSpring() {
        withoutSpring(BASE).check(MODULE);
    }

    @Test
    void springElsewhereIsFound() {
        assertThatThrownBy(() -> withoutSpring(FIXTURE).check(BROKEN))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ApiUsesRedis")
                .hasMessageContaining("LayerUsesMemory")
                .hasMessageNotContaining("OnlyHere");
    }

    private static ArchRule withoutCycles() {
        return slices().assignedFrom(new ByPackage()).should().beFreeOfCycles();
    }

    private static ArchRule withoutRedis(String base) {
        return noClasses()
                .that()
                .resideInAnyPackage(base, base + ".memory")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.lettuce..", "io.netty..");
    }

    private static ArchRule withoutSpring(String base) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(base + ".autoconfigure")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..");
    }

    /** Each package on its own, those that lie in another one, too. */
    private static final class ByPackage implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return type.getPackageName().startsWith(BASE)
                    ? SliceIdentifier.of(type.getPackageName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
