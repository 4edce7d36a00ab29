package dev.sidestream.ws;

import java.lang.reflect.Proxy;

/**
 * SIGTERM. Nothing in the JDK but {@code sun.misc.Signal} answers a signal, and the compiler warns of it in a way that no
 * annotation and no option turns off; so it is called by reflection, which its module allows.
 */
final class Termination {

    private Termination() {}

    /** Runs the action when the process is asked to end, in place of what the JVM does, on a thread of the JVM. */
    static void answer(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(
                    Termination.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        action.run(); // handle(Signal) is all that is ever called
                        return null;
                    });
            Object term = signal.getConstructor(String.class).newInstance("TERM");
            signal.getMethod("handle", signal, handler).invoke(null, term, ours);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This JVM lets no program answer SIGTERM", e);
        }
    }
}
