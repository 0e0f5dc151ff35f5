package uk.fpw.nightly.program;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.warehouse.failure.ExitCode;

/**
 * Handles termination signals (SIGTERM, SIGHUP, SIGINT) during a run. A shutdown hook would be too late: H2's own
 * shutdown hook closes the embedded database at the same time, so the run could neither record that it was stopped nor
 * release its lock.
 *
 * <p>A signal that the process was started to ignore (SIGHUP under {@code nohup}) stays ignored. A JVM that reserves
 * its signals ({@code -Xrs}) is left alone. Uses reflection, because {@code sun.misc.Signal} is the only way and its
 * compiler warning cannot be suppressed while warnings are errors.
 */
public final class StopSignals implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);
    private static final Map<String, ExitCode> SIGNALS = Map.of(
            "TERM", ExitCode.STOPPED_BY_TERM, "HUP", ExitCode.STOPPED_BY_HANGUP, "INT", ExitCode.STOPPED_FROM_KEYBOARD);

    /** The previous handlers, by name of the signal. */
    private final Map<String, Object> before = new LinkedHashMap<>();

    private StopSignals() {}

    /** Passes the exit code of each signal to {@code stop}, in a separate thread. */
    public static StopSignals handledBy(Consumer<ExitCode> stop) {
        StopSignals taken = new StopSignals();
        SIGNALS.forEach((name, exitCode) -> taken.take(name, handler(() -> stop.accept(exitCode))));
        return taken;
    }

    private void take(String name, Object handler) {
        Object former = handle(name, handler);
        if (former == null) {
            return;
        }
        if (former.equals(ignore())) {
            handle(name, former);
        } else {
            before.put(name, former);
        }
    }

    /** Restores the previous signal handlers. */
    @Override
    public void close() {
        before.forEach(StopSignals::handle);
        before.clear();
    }

    /** Sets a handler; returns the previous one, or null if this JVM does not allow it for the signal. */
    private static @Nullable Object handle(String name, Object handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            return signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"))
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
        } catch (ReflectiveOperationException refused) {
            LOG.warn("signal {} cannot be handled; it ends the process immediately", name, refused);
            return null;
        }
    }

    private static Object handler(Runnable stop) {
        InvocationHandler invocations = (proxy, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
                stop.run();
                yield null;
            }
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "handler of a run";
        };
        try {
            Class<?> type = Class.forName("sun.misc.SignalHandler");
            return Proxy.newProxyInstance(StopSignals.class.getClassLoader(), new Class<?>[] {type}, invocations);
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException("this Java runtime has no sun.misc.SignalHandler", impossible);
        }
    }

    private static Object ignore() {
        try {
            return Class.forName("sun.misc.SignalHandler").getField("SIG_IGN").get(null);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("this Java runtime has no sun.misc.SignalHandler", impossible);
        }
    }
}
