package dev.sidestream.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of the running system, which it gets as a parameter. All such tests of a run share one system, one at a time; it is
 * healed after each. Skipped, visibly, where no nginx is installed.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("nginx")
@ExtendWith(SystemExtension.class)
@interface EndToEnd {}
