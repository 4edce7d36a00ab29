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
            Map.entry("scope", 0),
            Map.entry("protocol", 0),
            Map.entry("limits", 0),
            Map.entry("transport", 0),
            Map.entry("rights", 1),
            Map.entry("connection", 2),
            Map.entry("connection.websocket", 3),
            Map.entry("delivery", 3),
            Map.entry("room", 4),
            Map.entry("consumer", 5),
            Map.entry("admission", 6),
            Map.entry("endpoint", 7),
            Map.entry("api", 7),
            Map.entry("logout", 7),
            Map.entry("drain", 7),
            Map.entry("management", 8),
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

    /** The package below the base, such as {@code connection.websocket}; empty for the base itself. */
    private static String room(String base, JavaClass type) {
        String below = type.getPackageName().substring(base.length());
        return below.isEmpty() ? "" : below.substring(1);
    }
}
