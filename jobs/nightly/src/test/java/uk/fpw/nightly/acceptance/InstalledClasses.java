package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Classes of the installed programs that are not on the class path of the tests, in this JVM. As in the installation,
 * those of {@code fpw query} and of the program that makes pages do not see the tests' classes; the audit shares the
 * application's classes, which it takes from the installation too.
 */
final class InstalledClasses {

    private static final class Query {
        static final ClassLoader LOADER = query();
    }

    private static final class Report {
        static final ClassLoader LOADER = new URLClassLoader(jars("report"), Query.LOADER);
    }

    private static final class Audit {
        static final ClassLoader LOADER = new URLClassLoader(jars("audit"), InstalledClasses.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                return name.startsWith("org.duckdb.") ? Query.LOADER.loadClass(name) : super.findClass(name);
            }
        };
    }

    private InstalledClasses() {}

    /** The loader of {@code lib/query}. */
    static ClassLoader ofQuery() {
        return Query.LOADER;
    }

    /** The loader of {@code lib/report} and {@code lib/query}. */
    static ClassLoader ofReport() {
        return Report.LOADER;
    }

    /** The loader of {@code lib/audit}, with DuckDB and the application's classes. */
    static ClassLoader ofAudit() {
        return Audit.LOADER;
    }

    /** A method of such a class, even if it is not public. */
    static Method method(ClassLoader loader, String className, String name, Class<?>... parameters) {
        try {
            Method method = type(loader, className).getDeclaredMethod(name, parameters);
            method.setAccessible(true);
            return method;
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException("the installation does not exist; build all modules first", missing);
        }
    }

    /** Such a class. */
    static Class<?> type(ClassLoader loader, String name) {
        try {
            return loader.loadClass(name);
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException("the installation does not exist; build all modules first", missing);
        }
    }

    private static ClassLoader query() {
        // a JVM looks for drivers once, with the loader of the first thread that asks: it must not be this one
        assertThat(DriverManager.drivers()).isNotEmpty();
        ClassLoader loader = new URLClassLoader(jars("query"), ClassLoader.getPlatformClassLoader());
        try {
            Class.forName("org.duckdb.DuckDBDriver", true, loader);
            return loader;
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException("the installation does not exist; build all modules first", missing);
        }
    }

    private static URL[] jars(String part) {
        try (Stream<Path> jars = Files.list(
                Path.of(System.getProperty("fpw.dist", "")).resolve("lib").resolve(part))) {
            List<URL> classPath = new ArrayList<>();
            for (Path jar :
                    jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                classPath.add(jar.toUri().toURL());
            }
            return classPath.toArray(URL[]::new);
        } catch (IOException missing) {
            throw new IllegalStateException("the installation does not exist; build all modules first", missing);
        }
    }
}
