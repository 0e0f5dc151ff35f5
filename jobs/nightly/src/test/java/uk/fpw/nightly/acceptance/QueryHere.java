package uk.fpw.nightly.acceptance;

import java.io.InputStream;
import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Map;

/**
 * The program behind {@code fpw query}, from the installation, in the JVM of the test but on a class path of its own.
 */
final class QueryHere {

    private static final class Once {
        static final Method RUN = InstalledClasses.method(
                InstalledClasses.ofQuery(),
                "uk.fpw.query.QueryMain",
                "run",
                String[].class,
                Map.class,
                Path.class,
                PrintWriter.class,
                PrintWriter.class);
        static final Method RUN_SHELL = InstalledClasses.method(
                InstalledClasses.ofQuery(),
                "uk.fpw.query.shell.ShellMain",
                "run",
                String[].class,
                Map.class,
                Path.class,
                InputStream.class,
                PrintWriter.class,
                PrintWriter.class);
    }

    private QueryHere() {}

    static int run(
            Map<String, String> environment,
            Path workingFolder,
            PrintWriter out,
            PrintWriter err,
            String... arguments) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(InstalledClasses.ofQuery());
        try {
            return (int) Once.RUN.invoke(null, arguments, environment, workingFolder, out, err);
        } catch (ReflectiveOperationException failed) {
            throw new LinkageError("fpw query " + String.join(" ", arguments), failed);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** {@code fpw shell} with an empty script. */
    static int runShell(Path workingFolder, PrintWriter out, String... arguments) {
        try {
            return (int) Once.RUN_SHELL.invoke(
                    null, arguments, Map.of(), workingFolder, InputStream.nullInputStream(), out, out);
        } catch (ReflectiveOperationException failed) {
            throw new LinkageError("fpw shell " + String.join(" ", arguments), failed);
        }
    }
}
