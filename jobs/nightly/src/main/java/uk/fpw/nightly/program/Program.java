package uk.fpw.nightly.program;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.store.files.ObjectStores;

/**
 * A program that runs as a child process, with everything that distinguishes it from the others;
 * {@link ProcessSupervisor} starts it.
 *
 * @param key its name in {@link ProcessSupervisor#DEBUG_VARIABLE}
 * @param name its name in messages
 * @param java how its JVM is started; null if it is not part of the installation
 * @param memory what sets its memory; null if nothing does
 * @param variables environment variables that it sees besides {@link #OF_EVERY_PROGRAM}; a name that ends with
 *     {@code *} stands for all that begin with it
 */
public record Program(
        String key,
        String name,
        @Nullable Java java,
        @Nullable Memory memory,
        List<String> variables) {

    /**
     * Environment variables that every program sees. Nothing else is passed on, since installations choose the names of
     * the variables that hold passwords and keys.
     */
    private static final List<String> OF_EVERY_PROGRAM =
            List.of("PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_*", "TZ", "TMPDIR", "JAVA_HOME");

    /** JVM options of a program that lives for seconds and computes in DuckDB rather than in Java. */
    private static final List<String> SMALL =
            List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

    /** Computes a candidate; the Spark command adds its other options. */
    public static final Program SPARK = new Program(
            "spark",
            "the Spark process",
            new Java("uk.fpw.metrics.MetricsMain", List.of("spark", "shared"), List.of()),
            new Memory("FPW_SPARK_HEAP", "2g", "4g"),
            List.of("LD_LIBRARY_PATH", "HOSTNAME", "SPARK_*", "HADOOP_*", "KRB5*"));

    /** Computes a candidate whose tables are in an object store: with its libraries and their credentials. */
    public static final Program SPARK_WITH_OBJECT_STORE = SPARK.with(ObjectStores.PART, "AWS_*");

    /** Audits a candidate or a release. */
    public static final Program AUDIT = new Program(
            "audit",
            "the audit process",
            new Java("uk.fpw.audit.AuditMain", List.of("query", "audit", "app"), SMALL),
            new Memory(AuditRequest.MEMORY_VARIABLE, "1GB", "4GB"),
            List.of());

    /** Makes the pages of a release. */
    public static final Program PAGES = new Program(
            "pages",
            "the program that makes pages",
            new Java("uk.fpw.report.ReportMain", List.of("query", "report"), SMALL),
            new Memory("FPW_PAGES_HEAP", "512m", "2g"),
            List.of());

    /** Runs a query; the application starts it for its help only. */
    public static final Program QUERY = new Program(
            "query", "fpw query", new Java("uk.fpw.query.QueryMain", List.of("query"), SMALL), null, List.of());

    /** The shell; the application starts it for its help only. */
    public static final Program SHELL = new Program(
            "shell", "fpw shell", new Java("uk.fpw.query.shell.ShellMain", List.of("query"), SMALL), null, List.of());

    /** The client programs of PostgreSQL, which read the connection from variables of their own. */
    public static final Program POSTGRESQL = new Program(
            "postgresql",
            "PostgreSQL's program",
            null,
            null,
            List.of("LD_LIBRARY_PATH", "KRB5*", "SSL_CERT_*", "OPENSSL_CONF"));

    /** Shows a file to the user; it belongs to the desktop and needs the desktop's environment. */
    public static final Program BROWSER = new Program("browser", "the browser", null, null, List.of("*"));

    /**
     * How the JVM of a program is started.
     *
     * @param main its main class
     * @param parts the folders of {@code lib} with its classes, in class path order; the class data archive that
     *     {@code fpw archive-classes} makes for the first one fits it too
     * @param options JVM options
     */
    public record Java(String main, List<String> parts, List<String> options) {}

    /**
     * How much memory a program takes.
     *
     * @param variable environment variable that sets it
     * @param usual value if the variable is not set
     * @param more value to try if that is not enough
     */
    public record Memory(String variable, String usual, String more) {}

    /** The same program with a further folder of {@code lib}, as the last one, and further variables. */
    private Program with(String part, String furtherVariables) {
        Java jvm = Objects.requireNonNull(java);
        return new Program(
                key,
                name,
                new Java(
                        jvm.main(),
                        Stream.concat(jvm.parts().stream(), Stream.of(part)).toList(),
                        jvm.options()),
                memory,
                Stream.concat(variables.stream(), Stream.of(furtherVariables)).toList());
    }

    /** Whether it sees an environment variable of that name. */
    public boolean sees(String variable) {
        return Stream.of(
                        OF_EVERY_PROGRAM.stream(),
                        variables.stream(),
                        memory == null ? Stream.<String>of() : Stream.of(memory.variable()))
                .flatMap(names -> names)
                .anyMatch(name -> name.endsWith("*")
                        ? variable.startsWith(name.substring(0, name.length() - 1))
                        : variable.equals(name));
    }
}
