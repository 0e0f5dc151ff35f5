package uk.fpw.nightly.night;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.warehouse.run.ExitCode;

/**
 * Takes the signals that ask a process to end (SIGTERM, SIGHUP, SIGINT) while a run is under way. A shutdown hook would
 * come too late: H2 has one of its own, which closes the embedded database in the same moment, so that the run could
 * neither note that it was stopped nor give back its lock.
 *
 * <p>A signal that the process was started to ignore (SIGHUP under {@code nohup}) stays ignored. In a JVM that reserves
 * its signals ({@code -Xrs}) nothing is taken. By reflection, since {@code sun.misc.Signal} is the only way there is,
 * and a compiler that turns warnings into errors cannot be told that.
 */
final class StopSignals implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);
    private static final Map<String, ExitCode> SIGNALS = Map.of(
            "TERM", ExitCode.STOPPED_BY_TERM, "HUP", ExitCode.STOPPED_BY_HANGUP, "INT", ExitCode.STOPPED_FROM_KEYBOARD);

    /** The handler that each signal, by its name, had before. */
    private final Map<String, Object> before = new LinkedHashMap<>();

    private StopSignals() {}

    /**
     * Hands each of the signals to {@code stop}, in a thread of its own, as the exit code with which the process is to
     * end.
     */
    static StopSignals handledBy(Consumer<ExitCode> stop) {
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

    /** Gives the signals back to whoever had them. */
    @Override
    public void close() {
        before.forEach(StopSignals::handle);
        before.clear();
    }

    /** Sets a handler; answers the former one, or null if this JVM does not let go of the signal. */
    private static @Nullable Object handle(String name, Object handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            return signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"))
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
        } catch (ReflectiveOperationException refused) {
            LOG.warn("signal {} cannot be taken; it ends the process at once", name, refused);
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
            throw new IllegalStateException("this Java has no sun.misc.SignalHandler", impossible);
        }
    }

    private static Object ignore() {
        try {
            return Class.forName("sun.misc.SignalHandler").getField("SIG_IGN").get(null);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("this Java has no sun.misc.SignalHandler", impossible);
        }
    }
}
