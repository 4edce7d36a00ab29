package dev.sidestream.ws.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.Map;

/** The order of the packages of ws-service: each may use only those on a lower level. */
final class PackageLevels {

    private static final Map<String, Integer> LEVELS = Map.ofEntries(
            Map.entry("protocol", 0),
            Map.entry("limits", 0),
            Map.entry("transport", 0),
            Map.entry("session", 1),
            Map.entry("connection", 2),
            Map.entry("logout", 3),
            Map.entry("room", 3),
            Map.entry("drain", 3),
            Map.entry("fanout", 4),
            Map.entry("consumer", 6),
            Map.entry("handshake", 7),
            Map.entry("endpoint", 8),
            Map.entry("api", 8),
            Map.entry("", 9));

    private PackageLevels() {}

    /** Holds for every class below the base package whose package has a level; one without a level is a violation. */
    static ArchRule rule(String base) {
        return ArchRuleDefinition.classes().that().resideInAPackage(base + "..").should(useOnlyLowerPackages(base));
    }

    private static ArchCondition<JavaClass> useOnlyLowerPackages(String base) {
        return new ArchCondition<>("use only packages on a lower level") {
            @Override
            public void check(JavaClass user, ConditionEvents events) {
                Integer level = level(base, user);
                if (level == null) {
                    events.add(
                            SimpleConditionEvent.violated(user, user.getName() + " is in a package without a level"));
                    return;
                }
                for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                    JavaClass used = dependency.getTargetClass();
                    boolean elsewhere = used.getPackageName().startsWith(base)
                            && !room(base, used).equals(room(base, user));
                    Integer other = elsewhere ? level(base, used) : null;
                    if (other != null && other >= level) {
                        events.add(SimpleConditionEvent.violated(user, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static Integer level(String base, JavaClass type) {
        return LEVELS.get(room(base, type));
    }

    /** The first package below the base; empty for the base itself. */
    private static String room(String base, JavaClass type) {
        String below = type.getPackageName().substring(base.length());
        return below.isEmpty() ? "" : below.substring(1).split("\\.")[0];
    }
}
