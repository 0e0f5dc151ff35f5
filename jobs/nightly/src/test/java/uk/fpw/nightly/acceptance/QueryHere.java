package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The program behind {@code fpw query}, from the installation, in the JVM of the test but on a class path of its own.
 */
final class QueryHere {

    private static final class Once {
        static final Method RUN = load();
        static final Method RUN_SHELL = loadShell();
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
        thread.setContextClassLoader(Once.RUN.getDeclaringClass().getClassLoader());
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
                    null, arguments, Map.of(), workingFolder, InputStream.nullInputStream(), false, out, out);
        } catch (ReflectiveOperationException failed) {
            throw new LinkageError("fpw shell " + String.join(" ", arguments), failed);
        }
    }

    private static Method loadShell() {
        try {
            Method run = Once.RUN
                    .getDeclaringClass()
                    .getClassLoader()
                    .loadClass("uk.fpw.query.ShellMain")
                    .getDeclaredMethod(
                            "run",
                            String[].class,
                            Map.class,
                            Path.class,
                            InputStream.class,
                            boolean.class,
                            PrintWriter.class,
                            PrintWriter.class);
            run.setAccessible(true);
            return run;
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException("the installation does not exist; build all modules first", missing);
        }
    }

    @SuppressWarnings("resource") // lives as long as the JVM
    private static Method load() {
        try (Stream<Path> jars =
                Files.list(Path.of(System.getProperty("fpw.dist", "")).resolve("lib/query"))) {
            List<URL> classPath = new ArrayList<>();
            for (Path jar : jars.toList()) {
                classPath.add(jar.toUri().toURL());
            }
            ClassLoader loader =
                    new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
            // the drivers of a JVM are looked for once, by the loader of the thread that asks first: it must not be
            // this one
            assertThat(DriverManager.drivers()).isNotEmpty();
            Class.forName("org.duckdb.DuckDBDriver", true, loader);
            Method run = loader.loadClass("uk.fpw.query.QueryMain")
                    .getDeclaredMethod(
                            "run", String[].class, Map.class, Path.class, PrintWriter.class, PrintWriter.class);
            run.setAccessible(true);
            return run;
        } catch (IOException | ReflectiveOperationException missing) {
            throw new IllegalStateException("the installation does not exist; build all modules first", missing);
        }
    }
}
