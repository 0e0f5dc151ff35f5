package uk.fpw.nightly.spark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.FpwException;

/**
 * How the Spark process is started: by {@code spark-submit} where the environment has a {@code SPARK_HOME}, otherwise
 * by the Java that runs this process, on Spark's jars of the installation. Nothing secret is on the command line, which
 * other users of the machine can see.
 */
public final class SparkCommand {

    /** Environment variable with the heap of the Spark process. */
    static final String HEAP_VARIABLE = "FPW_SPARK_HEAP";

    /** Environment variable with the options of the embedded Spark process's JVM. */
    static final String JAVA_OPTIONS_VARIABLE = "FPW_SPARK_JAVA_OPTS";

    /** Environment variable that names a Spark installation. */
    static final String SPARK_HOME_VARIABLE = "SPARK_HOME";

    /** H2 loads no class that a database file names; by this one it serves other processes. */
    private static final String NO_CLASSES_IN_H2 = "-Dh2.allowedClasses=org.h2.server.TcpServer";

    /**
     * What the Spark process needs of the environment; nothing else is passed on, since passwords and keys have names
     * of the installation's choice.
     */
    private static final Set<String> PASSED_ON = Set.of(
            "PATH", "HOME", "USER", "LOGNAME", "LANG", "TZ", "TMPDIR", "JAVA_HOME", "LD_LIBRARY_PATH", "HOSTNAME");

    private static final List<String> PASSED_ON_PREFIXES = List.of("LC_", "SPARK_", "HADOOP_", "KRB5");

    private static final String MAIN = "uk.fpw.metrics.MetricsMain";
    private static final String DEFAULT_HEAP = "2g";

    private static final String DEFAULT_JAVA_OPTIONS = "-XX:+UseSerialGC -XX:ReservedCodeCacheSize=240m";

    /** Without the second compiler, C2, and what it needs to know. */
    private static final String FIRST_COMPILER_ALONE = " -XX:TieredStopAtLevel=1";

    /**
     * From so many rows of a release on C2 pays: with 250,000 it takes a fifth of the process's time, with three
     * million it saves a fifth.
     */
    private static final long MANY_ROWS = 1_000_000;

    /** Packages that Spark on Java 17 reaches into. */
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

    private final Path sparkLib;

    /** What the application and Spark both need. A separate Spark installation provides it. */
    private final Path sharedLib;

    /** Class data of the jars, which {@code fpw archive-classes} makes; Java ignores it where it does not fit. */
    private final Path archive;

    private final Map<String, String> environment;
    private final boolean hasManyRows;

    /**
     * For work over few rows. Finds its settings in the environment.
     *
     * @param lib folder of the installation; its {@code spark} holds Spark and the metrics program
     */
    public SparkCommand(Path lib, Map<String, String> environment) {
        this(lib, environment, 0);
    }

    /**
     * Finds its settings in the environment.
     *
     * @param lib folder of the installation; its {@code spark} holds Spark and the metrics program
     * @param rows of the tables that it is to compute, about
     */
    public SparkCommand(Path lib, Map<String, String> environment, long rows) {
        this.hasManyRows = rows >= MANY_ROWS;
        this.sparkLib = lib.resolve("spark");
        this.sharedLib = lib.resolve("shared");
        this.archive = lib.resolve("spark.jsa");
        this.environment = environment;
    }

    /** Whether the Spark process gets an environment variable of that name. */
    static boolean isPassedOn(String variable) {
        return PASSED_ON.contains(variable) || PASSED_ON_PREFIXES.stream().anyMatch(variable::startsWith);
    }

    /** The command line; {@code runFile} is {@code -} for a process that takes run files on standard input. */
    List<String> commandLine(String runFile, Path log) throws IOException {
        if (!Files.isDirectory(sparkLib)) {
            throw new FpwException(
                    ExitCode.CONFIGURATION,
                    "the installation is not complete: " + sparkLib
                            + " is missing; run fpw from its own folder once, or install lib/app, lib/spark, "
                            + "lib/shared, lib/audit and lib/query together");
        }
        String heap = environment.getOrDefault(HEAP_VARIABLE, DEFAULT_HEAP);
        List<String> options = new ArrayList<>(List.of(
                "-Duser.timezone=UTC",
                "-Dfile.encoding=UTF-8",
                "-Dh2.bindAddress=127.0.0.1",
                NO_CLASSES_IN_H2,
                "-Dfpw.metrics.log=" + log));
        String sparkHome = environment.getOrDefault(SPARK_HOME_VARIABLE, "");
        return sparkHome.isBlank()
                ? embedded(heap, options, runFile)
                : submitted(Path.of(sparkHome), heap, options, runFile);
    }

    private List<String> embedded(String heap, List<String> options, String runFile) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.add("-Xmx" + heap);
        if (Files.exists(archive)) {
            words.add("-XX:SharedArchiveFile=" + archive);
            // a Java newer than 17 would say of an archive that does not fit that it does not
            words.add("-Xlog:cds=off");
        }
        Stream.of(environment
                        .getOrDefault(
                                JAVA_OPTIONS_VARIABLE, DEFAULT_JAVA_OPTIONS + (hasManyRows ? "" : FIRST_COMPILER_ALONE))
                        .split(" "))
                .filter(option -> !option.isBlank())
                .forEach(words::add);
        OPENED.forEach(opened -> words.add("--add-opens=" + opened + "=ALL-UNNAMED"));
        words.addAll(options);
        words.add("-cp");
        words.add(sparkLib.resolve("*") + File.pathSeparator + sharedLib.resolve("*"));
        words.add(MAIN);
        words.add(runFile);
        return words;
    }

    private List<String> submitted(Path sparkHome, String heap, List<String> options, String runFile)
            throws IOException {
        Path main = jars(sparkLib)
                .filter(jar -> artifact(jar).equals("fpw-metrics"))
                .findFirst()
                .orElseThrow(() -> new FpwException(
                        ExitCode.CONFIGURATION,
                        sparkLib + " contains no fpw-metrics jar; the installation is incomplete"));
        Set<String> provided =
                jars(sparkHome.resolve("jars")).map(SparkCommand::artifact).collect(Collectors.toSet());
        String brought = jars(sparkLib)
                .filter(jar -> !jar.equals(main) && !provided.contains(artifact(jar)))
                .map(Path::toString)
                .collect(Collectors.joining(","));
        return List.of(
                sparkHome.resolve("bin/spark-submit").toString(),
                "--class",
                MAIN,
                "--driver-memory",
                heap,
                "--driver-java-options",
                String.join(" ", options),
                "--jars",
                brought,
                main.toString(),
                runFile);
    }

    private static Stream<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar")).sorted().toList().stream();
        }
    }

    /** The name of a jar without its version. */
    private static String artifact(Path jar) {
        return jar.getFileName().toString().replaceFirst("-\\d.*", "");
    }
}
