package uk.fpw.nightly.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.DisplayText;
import uk.fpw.nightly.program.ProcessSupervisor;
import uk.fpw.nightly.program.Program;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.installation.Installation;
import uk.fpw.warehouse.installation.ObjectStoreSettings;
import uk.fpw.warehouse.installation.SparkCluster;
import uk.fpw.warehouse.store.catalog.CatalogSettings;
import uk.fpw.warehouse.store.files.ObjectStores;

/**
 * How the Spark process is started: by {@code spark-submit} if the environment has a {@code SPARK_HOME}, otherwise by
 * the Java of this process with the Spark jars of the installation.
 */
public final class SparkCommand {

    /** Folder of the installation that holds the metrics program and Spark. */
    private static final String PART = "spark";

    /** Environment variable with JVM options of the embedded Spark process. */
    static final String JAVA_OPTIONS_VARIABLE = "FPW_SPARK_JAVA_OPTS";

    /** Environment variable that names a Spark installation. */
    static final String SPARK_HOME_VARIABLE = "SPARK_HOME";

    /** H2 must not load classes that a database file names; it needs this one to serve other processes. */
    private static final String NO_CLASSES_IN_H2 = "-Dh2.allowedClasses=org.h2.server.TcpServer";

    private static final String DEFAULT_JAVA_OPTIONS = "-XX:+UseSerialGC -XX:ReservedCodeCacheSize=240m";

    /** Without C2, the second compiler, and the profiling it needs. */
    private static final String FIRST_COMPILER_ALONE = " -XX:TieredStopAtLevel=1";

    /**
     * C2 pays from this many rows of a release: with 250,000 rows it takes a fifth of the process's time, with three
     * million it saves a fifth.
     */
    private static final long MANY_ROWS = 1_000_000;

    /** Packages that Spark accesses by reflection on Java 17. */
    private static final List<String> OPENED = List.of(
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.lang.reflect",
            "java.base/java.io",
            "java.base/java.net",
            "java.base/java.nio",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic",
            "java.base/jdk.internal.ref",
            "java.base/sun.nio.ch",
            "java.base/sun.nio.cs",
            "java.base/sun.security.action",
            "java.base/sun.util.calendar",
            "java.security.jgss/sun.security.krb5");

    /** Environment variable for the most seconds that a request may take. */
    static final String TIME_LIMIT_VARIABLE = "FPW_SPARK_SECONDS";

    /** Ten million items take five minutes on two slow cores; a night must be over in the morning. */
    private static final Duration DEFAULT_TIME_LIMIT = Duration.ofHours(4);

    private final ProcessSupervisor processes;
    private final boolean hasManyRows;
    private final @Nullable String tables;

    /** For work over few rows, on this machine. */
    public SparkCommand(ProcessSupervisor processes) {
        this(processes, 0, null);
    }

    /**
     * Reads the settings from the environment.
     *
     * @param processes starts the process
     * @param rows approximate number of rows of the tables to compute
     * @param tables URL of the tables in an object store; null if they are in the warehouse folder
     */
    public SparkCommand(ProcessSupervisor processes, long rows, @Nullable String tables) {
        this.processes = processes;
        this.hasManyRows = rows >= MANY_ROWS;
        this.tables = tables;
    }

    /** The program that is started. */
    Program program() {
        return tables == null ? Program.SPARK : Program.SPARK_WITH_OBJECT_STORE;
    }

    /** The supervisor that starts the process. */
    public ProcessSupervisor processes() {
        return processes;
    }

    /**
     * The command line; {@code runFile} is {@code -} for a process that reads the names of run files from standard
     * input.
     */
    List<String> commandLine(String runFile, Path log) throws IOException {
        List<String> options = List.of("-Dh2.bindAddress=127.0.0.1", NO_CLASSES_IN_H2, "-Dfpw.metrics.log=" + log);
        String sparkHome = processes.environment().getOrDefault(SPARK_HOME_VARIABLE, "");
        SparkCluster cluster = cluster();
        if (cluster != null && sparkHome.isBlank()) {
            throw FpwException.configuration("the installation computes on " + cluster.master() + ", and "
                    + SPARK_HOME_VARIABLE + " is not set; set it to a Spark installation of the same version as that "
                    + "of the cluster");
        }
        return sparkHome.isBlank() ? embedded(options, runFile) : submitted(Path.of(sparkHome), options, runFile);
    }

    /**
     * Settings of Spark with which a run computes; empty if this machine does. They may contain a secret.
     *
     * @throws FpwException with {@code CONFIGURATION} if the installation's cluster may not be used so
     */
    Map<String, String> settings() {
        SparkCluster cluster = cluster();
        Map<String, String> settings =
                new TreeMap<>(cluster == null ? Map.of() : cluster.sparkSettings(processes.environment()));
        if (tables != null) {
            ObjectStoreSettings.of(tables, processes.environment())
                    .properties()
                    .forEach((name, value) ->
                            settings.put("spark.sql.catalog." + CatalogSettings.NAME + "." + name, value));
        }
        return settings;
    }

    /**
     * What an operator should know about Spark here: the cluster, and the Spark installation that replaces ours; empty
     * if this installation computes alone.
     *
     * @throws FpwException with {@code CONFIGURATION} if either may not be used so
     */
    public List<String> describe() {
        List<String> lines = new ArrayList<>();
        SparkCluster cluster = cluster();
        if (cluster != null) {
            lines.add(cluster.describe(processes.environment()));
        }
        String home = processes.environment().getOrDefault(SPARK_HOME_VARIABLE, "");
        if (!home.isBlank()) {
            processes.requireInstalled(PART);
            lines.addAll(new SparkHome(Path.of(home), processes.lib().resolve(PART)).describe());
        }
        return lines;
    }

    private @Nullable SparkCluster cluster() {
        return Installation.of(processes.environment()).spark();
    }

    /**
     * Most time that a request may take.
     *
     * @throws FpwException with {@code CONFIGURATION} if the environment has no number of seconds
     */
    Duration timeLimit() {
        String set = processes.environment().getOrDefault(TIME_LIMIT_VARIABLE, "");
        if (set.isBlank()) {
            return DEFAULT_TIME_LIMIT;
        }
        if (!set.matches("[1-9][0-9]{0,6}")) {
            throw FpwException.configuration(TIME_LIMIT_VARIABLE + " is '" + DisplayText.text(set)
                    + "'; set it to the seconds that the Spark process may take, or unset it for "
                    + DEFAULT_TIME_LIMIT.toSeconds());
        }
        return Duration.ofSeconds(Long.parseLong(set));
    }

    private String heap() {
        Program.Memory memory = Objects.requireNonNull(Program.SPARK.memory());
        return processes.environment().getOrDefault(memory.variable(), memory.usual());
    }

    private List<String> embedded(List<String> options, String runFile) {
        List<String> words = new ArrayList<>();
        words.add("-Xmx" + heap());
        Stream.of(processes
                        .environment()
                        .getOrDefault(
                                JAVA_OPTIONS_VARIABLE, DEFAULT_JAVA_OPTIONS + (hasManyRows ? "" : FIRST_COMPILER_ALONE))
                        .split(" "))
                .filter(option -> !option.isBlank())
                .forEach(words::add);
        OPENED.forEach(opened -> words.add("--add-opens=" + opened + "=ALL-UNNAMED"));
        words.addAll(options);
        return processes.commandLine(program(), words, runFile);
    }

    private List<String> submitted(Path sparkHome, List<String> options, String runFile) throws IOException {
        processes.requireInstalled(PART);
        SparkHome spark = new SparkHome(sparkHome, processes.lib().resolve(PART));
        String brought = Stream.concat(spark.missing().stream(), ofObjectStore())
                .map(Path::toString)
                .collect(Collectors.joining(","));
        return List.of(
                spark.submit().toString(),
                "--class",
                Objects.requireNonNull(Program.SPARK.java()).main(),
                "--driver-memory",
                heap(),
                "--driver-java-options",
                Stream.of(ProcessSupervisor.EVERY_JVM, options, processes.debugOptions(Program.SPARK))
                        .flatMap(List::stream)
                        .collect(Collectors.joining(" ")),
                "--jars",
                brought,
                spark.program().toString(),
                runFile);
    }

    /** The jars for an object store; Iceberg's part of them, and what that needs, is in its jar for Spark. */
    private Stream<Path> ofObjectStore() throws IOException {
        if (tables == null) {
            return Stream.of();
        }
        processes.requireInstalled(ObjectStores.PART);
        return SparkHome.jars(processes.lib().resolve(ObjectStores.PART))
                .filter(jar -> !List.of("iceberg-aws", "failsafe").contains(SparkHome.artifact(jar)));
    }
}
