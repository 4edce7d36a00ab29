package dev.sidestream.channel.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.Map;
import java.util.Set;

/** Which packages of the module each of them may use. The API is the base package itself, and uses none. */
final class PackageUses {

    private static final String API = "";

    private static final Map<String, Set<String>> ALLOWED = Map.of(
            API,
            Set.of(),
            "redis.link",
            Set.of(),
            "redis.keys",
            Set.of(API),
            "redis.log",
            Set.of(API, "redis.link", "redis.keys"),
            "redis",
            Set.of(API, "redis.link", "redis.keys", "redis.log"),
            "memory",
            Set.of(API),
            "autoconfigure",
            Set.of(API, "redis.link", "redis.keys", "redis.log", "redis", "memory"));

    private PackageUses() {}

    /** Holds for every class below the base package; one in a package that is not named here is a violation. */
    static ArchRule rule(String base) {
        return ArchRuleDefinition.classes().that().resideInAPackage(base + "..").should(useOnlyWhatIsAllowed(base));
    }

    private static ArchCondition<JavaClass> useOnlyWhatIsAllowed(String base) {
        return new ArchCondition<>("use only the packages that theirs may") {
            @Override
            public void check(JavaClass user, ConditionEvents events) {
                String own = room(base, user);
                Set<String> allowed = ALLOWED.get(own);
                if (allowed == null) {
                    events.add(SimpleConditionEvent.violated(user, user.getName() + " is in an unknown package"));
                    return;
                }
                for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                    JavaClass used = dependency.getTargetClass();
                    boolean ours = used.getPackageName().startsWith(base);
                    if (ours && !room(base, used).equals(own) && !allowed.contains(room(base, used))) {
                        events.add(SimpleConditionEvent.violated(user, dependency.getDescription()));
                    }
                }
            }
        };
    }

    /** The package below the base, such as {@code redis.link}; empty for the base itself. */
    private static String room(String base, JavaClass type) {
        String below = type.getPackageName().substring(base.length());
        return below.isEmpty() ? API : below.substring(1);
    }
}
