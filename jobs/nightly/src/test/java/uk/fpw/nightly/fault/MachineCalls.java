package uk.fpw.nightly.fault;

import static net.bytebuddy.matcher.ElementMatchers.isBridge;
import static net.bytebuddy.matcher.ElementMatchers.isMethod;
import static net.bytebuddy.matcher.ElementMatchers.isNative;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.none;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import java.io.File;
import java.net.InetSocketAddress;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;
import org.jspecify.annotations.Nullable;

/**
 * The calls of this JVM to the operating system, through whichever library: every method of the JDK that creates,
 * writes, syncs, renames or deletes a file, connects to a server, or communicates with it. A test can see each call
 * before it is made, and make it fail.
 */
public final class MachineCalls {

    /** Property under which the JDK's classes, which see no class of a test, find {@link #before}. */
    private static final String HOOK = "uk.fpw.machine-calls";

    private static final Set<StandardOpenOption> CHANGING = Set.of(
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND,
            StandardOpenOption.CREATE,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.TRUNCATE_EXISTING);

    private static volatile @Nullable Watcher watcher;

    /** Set while a call is examined: calls made meanwhile are the watcher's own. */
    private static final ThreadLocal<Boolean> LOOKING = ThreadLocal.withInitial(() -> false);

    private static final class Once {
        static final boolean INSTALLED = install();
    }

    private MachineCalls() {}

    /**
     * A call that is about to be made.
     *
     * @param name such as {@code write}
     * @param target path of a file, or host and port
     * @param limitMillis time limit for the response; 0 for none
     * @param frames of the thread, innermost first, beginning with the first that is not the JDK's own
     */
    public record Call(String name, String target, int limitMillis, List<StackWalker.StackFrame> frames) {}

    /** Sees calls, from any thread. */
    @FunctionalInterface
    public interface Watcher {
        /** Returns why the call fails; null to make it. A call that only returns a boolean then returns false. */
        @Nullable
        Throwable before(Call call);
    }

    /** Lets a watcher see all calls from now on; null for none. */
    public static void watch(@Nullable Watcher next) {
        if (!Once.INSTALLED) {
            throw new IllegalStateException("calls of the JDK cannot be seen");
        }
        watcher = next;
    }

    private static boolean install() {
        BiFunction<String, Object[], Object> hook = MachineCalls::before;
        System.getProperties().put(HOOK, hook);
        new AgentBuilder.Default()
                .disableClassFormatChanges()
                .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
                .ignore(none())
                .type(namedOneOf(
                        "java.io.File",
                        "java.io.FileOutputStream",
                        "java.io.RandomAccessFile",
                        "java.io.UnixFileSystem",
                        "sun.nio.ch.FileChannelImpl",
                        "sun.nio.ch.NioSocketImpl",
                        "sun.nio.fs.UnixFileSystemProvider"))
                .transform((builder, type, loader, module, domain) -> switch (type.getSimpleName()) {
                    case "File" ->
                        builder.visit(Advice.to(Asked.class).on(of("mkdir").and(takesArguments(0))))
                                .visit(Advice.to(Named.class).on(of("createNewFile")));
                    case "UnixFileSystem" ->
                        builder.visit(Advice.to(Asked.class).on(of("delete", "rename")));
                    case "FileOutputStream", "RandomAccessFile" ->
                        builder.visit(Advice.to(Named.class).on(of("open")))
                                .visit(Advice.to(Written.class).on(of("write")));
                    case "FileChannelImpl" ->
                        builder.visit(Advice.to(Written.class).on(of("write", "force", "truncate")));
                    case "NioSocketImpl" ->
                        builder.visit(Advice.to(Named.class)
                                        .on(of("connect").and(takesArguments(java.net.SocketAddress.class, int.class))))
                                .visit(Advice.to(Spoken.class)
                                        .on(of("read", "write")
                                                .and(takesArguments(byte[].class, int.class, int.class))));
                    default ->
                        builder.visit(Advice.to(Named.class)
                                .on(of(
                                        "newFileChannel",
                                        "newByteChannel",
                                        "createDirectory",
                                        "createSymbolicLink",
                                        "createLink",
                                        "copy",
                                        "move",
                                        "implDelete")));
                })
                .installOn(ByteBuddyAgent.install());
        return true;
    }

    private static ElementMatcher.Junction<MethodDescription> of(String... names) {
        return isMethod().and(namedOneOf(names)).and(not(isNative())).and(not(isBridge()));
    }

    private static @Nullable Object before(String method, Object[] what) {
        Watcher asked = watcher;
        if (asked == null || LOOKING.get()) {
            return null;
        }
        LOOKING.set(true);
        try {
            Call call = call(method, what);
            return call == null ? null : asked.before(call);
        } finally {
            LOOKING.set(false);
        }
    }

    private static @Nullable Call call(String method, Object[] what) {
        Object target = what.length == 0 ? null : what[0];
        String name =
                switch (method) {
                    case "newFileChannel", "newByteChannel" -> changes((Set<?>) what[1]) ? "open" : "";
                    case "open" -> "r".equals(what[1]) || Integer.valueOf(1).equals(what[1]) ? "" : "open";
                    case "createNewFile" -> "open";
                    case "implDelete" -> "delete";
                    case "mkdir" -> "createDirectory";
                    case "rename" -> "move";
                    default -> method;
                };
        if (target == null || name.isEmpty()) {
            return null;
        }
        int limit = what.length == 2 && what[1] instanceof Integer millis ? millis : 0;
        return new Call(name, text(target), limit, frames());
    }

    private static boolean changes(Set<?> options) {
        return options.stream().anyMatch(option -> option instanceof OpenOption && CHANGING.contains(option));
    }

    private static String text(Object target) {
        return target instanceof Path path
                ? path.toAbsolutePath().toString()
                : target instanceof File file
                        ? file.getAbsolutePath()
                        : target instanceof InetSocketAddress address
                                ? "port " + address.getPort()
                                : String.valueOf(target);
    }

    private static List<StackWalker.StackFrame> frames() {
        return StackWalker.getInstance().walk(frames -> {
            List<StackWalker.StackFrame> all = new ArrayList<>(frames.toList());
            while (!all.isEmpty() && isOfJdk(all.get(0).getClassName())) {
                all.remove(0);
            }
            return all;
        });
    }

    private static boolean isOfJdk(String className) {
        return className.startsWith("java.")
                || className.startsWith("jdk.")
                || className.startsWith("sun.")
                || className.startsWith(MachineCalls.class.getName());
    }

    // The code below is copied into the JDK's methods, so it may only use the JDK's classes.

    /** A method whose arguments name the file or server. */
    private static final class Named {
        @Advice.OnMethodEnter
        @SuppressWarnings("unchecked")
        static void enter(
                @Advice.Origin("#m") String method, @Advice.This Object self, @Advice.AllArguments Object[] arguments)
                throws Throwable {
            Object hook = System.getProperties().get("uk.fpw.machine-calls");
            if (hook != null) {
                Object failure = ((BiFunction<String, Object[], Object>) hook)
                        .apply(method, arguments.length == 0 ? new Object[] {self} : arguments);
                if (failure != null) {
                    throw (Throwable) failure;
                }
            }
        }
    }

    /** A method that only returns a boolean. */
    private static final class Asked {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        @SuppressWarnings("unchecked")
        static boolean enter(
                @Advice.Origin("#m") String method, @Advice.This Object self, @Advice.AllArguments Object[] arguments) {
            Object hook = System.getProperties().get("uk.fpw.machine-calls");
            return hook != null
                    && ((BiFunction<String, Object[], Object>) hook)
                                    .apply(method, arguments.length == 0 ? new Object[] {self} : arguments)
                            != null;
        }
    }

    /** A method of an open file. */
    private static final class Written {
        @Advice.OnMethodEnter
        @SuppressWarnings("unchecked")
        static void enter(@Advice.Origin("#m") String method, @Advice.FieldValue("path") String path) throws Throwable {
            Object hook = System.getProperties().get("uk.fpw.machine-calls");
            if (hook != null && path != null) {
                Object failure = ((BiFunction<String, Object[], Object>) hook).apply(method, new Object[] {path});
                if (failure != null) {
                    throw (Throwable) failure;
                }
            }
        }
    }

    /** A method of an open connection. */
    private static final class Spoken {
        @Advice.OnMethodEnter
        @SuppressWarnings("unchecked")
        static void enter(
                @Advice.Origin("#m") String method,
                @Advice.FieldValue("port") int port,
                @Advice.FieldValue("timeout") int timeout)
                throws Throwable {
            Object hook = System.getProperties().get("uk.fpw.machine-calls");
            if (hook != null) {
                Object failure = ((BiFunction<String, Object[], Object>) hook)
                        .apply(method.equals("read") ? "receive" : "send", new Object[] {"port " + port, timeout});
                if (failure != null) {
                    throw (Throwable) failure;
                }
            }
        }
    }
}
