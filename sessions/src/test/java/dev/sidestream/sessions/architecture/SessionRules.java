package dev.sidestream.sessions.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** What holds below a base package: the module's, or the one of the fixture that breaks all of it. */
final class SessionRules {

    private static final String[] RESOLVERS = {"django", "express", "flask", "http", "laravel", "php", "spring", "token"
    };

    private SessionRules() {}

    /** A package that is in no layer breaks this too. */
    static ArchRule levels(String base) {
        return layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("api")
                .definedBy(base)
                .layer("format")
                .definedBy(base + ".format")
                .layer("store")
                .definedBy(base + ".store")
                .layer("resolvers")
                .definedBy(resolvers(base))
                .layer("ticket")
                .definedBy(base + ".ticket")
                .layer("watch")
                .definedBy(base + ".watch")
                .layer("program")
                .definedBy(base + ".program")
                .layer("config")
                .definedBy(base + ".config")
                .whereLayer("api")
                .mayNotAccessAnyLayer()
                .whereLayer("format")
                .mayNotAccessAnyLayer()
                .whereLayer("store")
                .mayOnlyAccessLayers("api", "format")
                .whereLayer("resolvers")
                .mayOnlyAccessLayers("api", "format", "store")
                .whereLayer("ticket")
                .mayOnlyAccessLayers("api", "store")
                .whereLayer("watch")
                .mayOnlyAccessLayers("api", "store")
                .whereLayer("program")
                .mayOnlyAccessLayers("api", "store", "watch")
                .whereLayer("config")
                .mayOnlyAccessLayers("api", "store", "resolvers", "ticket", "watch")
                .ensureAllClassesAreContainedInArchitecture();
    }

    static ArchRule resolversApart(String base) {
        return slices().matching(base + ".(django|express|flask|http|laravel|php|spring|token)")
                .should()
                .notDependOnEachOther();
    }

    static ArchRule noCycles(String base) {
        return slices().matching(base + ".(**)").should().beFreeOfCycles();
    }

    static ArchRule onlyTheLink(String base) {
        return noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("dev.sidestream..")
                        .and(not(resideInAnyPackage(base + "..", "dev.sidestream.channel.redis.link"))));
    }

    static ArchRule noSocket(String base) {
        return noClasses()
                .that()
                .resideInAPackage(base + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework.web..",
                        "reactor.netty.http.websocket..",
                        "reactor.netty.http.server..",
                        "io.netty.handler.codec.http.websocketx..");
    }

    /** The annotations of the settings excepted, which nobody misses where there is no Spring. */
    static ArchRule noSpring(String base) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(base + ".config")
                .should()
                .dependOnClassesThat(resideInAPackage("org.springframework..")
                        .and(not(resideInAPackage("org.springframework.boot.context.properties.."))));
    }

    static ArchRule noNativeDeserialization(String base) {
        return noClasses()
                .that()
                .resideInAPackage(base + "..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream");
    }

    private static String[] resolvers(String base) {
        return Stream.of(RESOLVERS).map(name -> base + "." + name).toArray(String[]::new);
    }
}
