package dev.sidestream.sessions.format;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.ClassWriter;
import org.springframework.asm.Label;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;

/**
 * Counts the work of readers, which is the same on every machine: each call of a method and each turn of a loop, in this
 * project's classes and in Jackson's. What the JDK does is not counted; it works on what was counted or allocated.
 *
 * <p>The classes are changed where they are, once in a JVM. One thread at a time is counted.
 */
public final class Steps {

    private static final String OWN = Steps.class.getName().replace('.', '/');

    private static volatile Thread counted;
    private static long taken;
    private static boolean installed;

    private Steps() {}

    /** The steps that it takes on this thread. */
    static synchronized long of(Runnable work) {
        install();
        taken = 0;
        counted = Thread.currentThread();
        try {
            work.run();
            return taken;
        } finally {
            counted = null;
        }
    }

    /** Called by every method and every turn of a loop. */
    public static void step() {
        if (Thread.currentThread() == counted) {
            taken++;
        }
    }

    private static void install() {
        if (installed) {
            return;
        }
        installed = true;
        Instrumentation jvm = ByteBuddyAgent.install();
        jvm.addTransformer(new Counting(), true);
        try {
            jvm.retransformClasses(Arrays.stream(jvm.getAllLoadedClasses())
                    .filter(type -> jvm.isModifiableClass(type)
                            && isCounted(type.getName().replace('.', '/')))
                    .toArray(Class<?>[]::new));
        } catch (UnmodifiableClassException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isCounted(String name) {
        return !name.startsWith(OWN) && (name.startsWith("dev/sidestream/") || name.startsWith("tools/jackson/core/"));
    }

    private static final class Counting implements ClassFileTransformer {
        @Override
        public byte[] transform(
                ClassLoader loader, String name, Class<?> loaded, ProtectionDomain domain, byte[] bytes) {
            if (name == null || !isCounted(name)) {
                return null;
            }
            ClassReader type = new ClassReader(bytes);
            ClassWriter changed = new ClassWriter(type, ClassWriter.COMPUTE_MAXS);
            type.accept(new Methods(changed), 0);
            return changed.toByteArray();
        }
    }

    private static final class Methods extends ClassVisitor {
        Methods(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String type, String generic, String[] thrown) {
            return new Calls(super.visitMethod(access, name, type, generic, thrown));
        }
    }

    /** Puts the call at the beginning of a method, and before each jump back. */
    private static final class Calls extends MethodVisitor {

        private final Set<Label> passed = new HashSet<>();

        Calls(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitCode() {
            super.visitCode();
            count();
        }

        @Override
        public void visitLabel(Label label) {
            passed.add(label);
            super.visitLabel(label);
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
            if (passed.contains(label)) {
                count();
            }
            super.visitJumpInsn(opcode, label);
        }

        private void count() {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, OWN, "step", "()V", false);
        }
    }
}
