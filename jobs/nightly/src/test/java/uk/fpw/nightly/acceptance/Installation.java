package uk.fpw.nightly.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import uk.fpw.nightly.FpwHere;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.program.ProgramStarter;
import uk.fpw.nightly.spark.WarmSpark;
import uk.fpw.warehouse.force.connection.H2Sources;
import uk.fpw.warehouse.testing.PostgresServer;

/**
 * The installed programs: the launcher next to {@code lib}, without sources, so that tests build nothing. Every command
 * is a process of its own or, if a test is not about processes, runs {@link #here}: in this JVM, with one Spark process
 * for all nights, which takes a quarter of the time.
 */
public final class Installation {

    /** No command of these tests takes longer, even on a busy machine. */
    private static final Duration TIMEOUT = Duration.ofMinutes(15);

    /** The variable with the password of the databases that tests start. */
    static final String DATABASE_PASSWORD_VARIABLE = "FPW_TRIAL_DATABASE_PASSWORD";

    /** The pseudonym key, unless a test sets another. */
    static final String PSEUDONYM_KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ProgramStarter PROGRAMS = new ProgramsHere();

    private final Path launcher;
    private final Path work;
    private final boolean isHere;
    private final Map<String, String> settings = new HashMap<>();
    private final Clock clock;

    private Installation(Path launcher, Path work, boolean isHere, Clock clock) {
        this.launcher = launcher;
        this.work = work;
        this.isHere = isHere;
        this.clock = clock;
    }

    /** Assembles the programs in a folder of the test. */
    public static Installation in(Path folder) {
        return in(folder, false);
    }

    /** The same, but {@link #run} runs a command in this JVM. */
    public static Installation here(Path folder) {
        return in(folder, true);
    }

    /** The same programs; {@link #run} runs a command in this JVM. */
    public Installation here() {
        return at(clock);
    }

    /** The same programs; {@link #run} runs a command in this JVM, with that clock. */
    Installation at(Clock other) {
        Installation same = new Installation(launcher, work, true, other);
        same.settings.putAll(settings);
        return same;
    }

    private static Installation in(Path folder, boolean isHere) {
        try {
            // JUnit warns about a link such as lib in a folder that it deletes
            Path home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "installation-");
            Path launcher = home.resolve("fpw");
            Files.copy(Path.of(property("fpw.root")).resolve("fpw"), launcher);
            if (!launcher.toFile().setExecutable(true)) {
                throw new IllegalStateException(launcher + " cannot be made executable");
            }
            Path lib = Path.of(property("fpw.dist")).resolve("lib").toRealPath();
            Files.createSymbolicLink(home.resolve("lib"), lib);
            return new Installation(
                    launcher,
                    Files.createDirectories(folder.toRealPath().resolve("output")),
                    isHere,
                    Clock.systemUTC());
        } catch (IOException failed) {
            throw new UncheckedIOException("the installation does not exist; build all modules first", failed);
        }
    }

    /** Puts an example next to the launcher, as in a checkout; returns its folder. */
    public Path withExample(String name) {
        try {
            Path examples = Files.createDirectories(launcher.resolveSibling("examples"));
            return TestForceFolders.copy(
                    Path.of(property("fpw.root")).resolve("examples").resolve(name), examples.resolve(name));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Sets an environment variable of the commands. */
    Installation set(String variable, String value) {
        settings.put(variable, value);
        return this;
    }

    /** The folder whose H2 databases feeds may read; it need not exist. */
    Path systems() {
        return launcher.resolveSibling("var/fenmarch-systems");
    }

    /** Runs a command to its end. */
    public Outcome run(String... arguments) {
        if (isHere) {
            return runHere(arguments);
        }
        try (Running running = start(null, arguments)) {
            return running.await();
        }
    }

    /** Runs a command to its end, in a process that another program starts, for example to record its calls. */
    Outcome under(List<String> program, Path out, String... arguments) {
        try (Running running = start(program, null, out, arguments)) {
            return running.await();
        }
    }

    /** Runs a command that must succeed. */
    public Outcome succeed(String... arguments) {
        Outcome outcome = run(arguments);
        if (outcome.exitCode() != 0) {
            throw new AssertionError("fpw " + String.join(" ", arguments) + " ended with " + outcome);
        }
        return outcome;
    }

    /**
     * Starts a command.
     *
     * @param sparkHome where its nights find {@code spark-submit}; null to use the Spark process of the installation
     */
    Running start(@Nullable Path sparkHome, String... arguments) {
        try {
            return start(List.of(), sparkHome, Files.createTempFile(work, "out", ".txt"), arguments);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Running start(List<String> program, @Nullable Path sparkHome, Path out, String... arguments) {
        try {
            Path err = Files.createTempFile(work, "err", ".txt");
            List<String> command = new ArrayList<>(program);
            command.add(launcher.toString());
            command.addAll(withReason(arguments));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(work.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            prepare(builder.environment());
            if (sparkHome != null) {
                builder.environment().put("SPARK_HOME", sparkHome.toString());
            }
            if (!arguments[0].equals("demo")) {
                // the C2 compiler does not pay in a run over a few rows
                builder.environment()
                        .merge("FPW_JAVA_OPTS", "-XX:TieredStopAtLevel=1", (set, ours) -> set + " " + ours);
            }
            long started = System.nanoTime();
            return new Running(builder.start(), out, err, started);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Outcome runHere(String... arguments) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        prepare(environment);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        long started = System.nanoTime();
        int exitCode;
        if (arguments[0].equals("query")) {
            exitCode = QueryHere.run(
                    environment,
                    work,
                    new PrintWriter(out, false, StandardCharsets.UTF_8),
                    new PrintWriter(err, false, StandardCharsets.UTF_8),
                    withReason(arguments).stream().skip(1).toArray(String[]::new));
        } else {
            environment.put("SPARK_HOME", WarmSpark.home().toString());
            Path home = Objects.requireNonNull(launcher.getParent());
            exitCode = FpwHere.run(
                    new CliContext(
                            environment,
                            home,
                            home.resolve("lib"),
                            work,
                            clock,
                            new PrintStream(out, true, StandardCharsets.UTF_8),
                            new PrintStream(err, true, StandardCharsets.UTF_8),
                            PROGRAMS),
                    arguments);
        }
        return new Outcome(
                exitCode,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8),
                Duration.ofNanos(System.nanoTime() - started));
    }

    /** Queries may read single cases, for which the program asks why. */
    private static List<String> withReason(String... arguments) {
        List<String> command = new ArrayList<>(List.of(arguments));
        if (arguments[0].equals("query") && !command.contains("--reason")) {
            command.addAll(1, List.of("--reason", "a test"));
        }
        return command;
    }

    private void prepare(Map<String, String> environment) {
        environment.remove("FPW_FORCE");
        environment.remove("SPARK_HOME");
        environment.remove("JAVA_TOOL_OPTIONS");
        environment.putAll(settings);
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put(DATABASE_PASSWORD_VARIABLE, PostgresServer.PASSWORD);
        environment.put("FPW_SPARK_HEAP", "1g");
        // not that of this machine
        environment.put("FPW_INSTALLATION", settings.getOrDefault("FPW_INSTALLATION", ""));
        // Databases created by this JVM may be opened by the processes that it starts, and vice versa.
        environment.put("FPW_STATE", property("fpw.state"));
        // the systems of examples/fenmarch, next to the installation
        environment.put(H2Sources.VARIABLE, systems().toString());
        environment.put("FPW_PSEUDONYM_KEY", settings.getOrDefault("FPW_PSEUDONYM_KEY", PSEUDONYM_KEY));
    }

    /** The rows of a query over the current release. */
    public List<JsonNode> query(Path force, String sql) {
        return rows(succeed("query", "--force", force.toString(), "--format", "json", sql));
    }

    /** The rows of a JSON result. */
    public static List<JsonNode> rows(Outcome answer) {
        try {
            List<JsonNode> rows = new ArrayList<>();
            JSON.readTree(answer.out()).forEach(rows::add);
            return rows;
        } catch (IOException failed) {
            throw new UncheckedIOException(answer.toString(), failed);
        }
    }

    /** The progress lines of a night: those that begin with a time of day. */
    static List<String> progress(String out) {
        return out.lines()
                .filter(line -> line.matches(" +\\d\\d:\\d\\d:\\d\\d .*"))
                .toList();
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException(
                    "system property " + name + " is not set; run this test by Maven's failsafe");
        }
        return value;
    }

    /** How a command ended. */
    public record Outcome(int exitCode, String out, String err, Duration took) {

        @Override
        public String toString() {
            return "exit code " + exitCode + " after " + took.toSeconds() + " s\nstdout:\n" + out + "\nstderr:\n" + err;
        }
    }

    /** A running command; closing kills what is left of it. */
    static final class Running implements AutoCloseable {

        private final Process process;
        private final Path out;
        private final Path err;
        private final long started;

        private Running(Process process, Path out, Path err, long started) {
            this.process = process;
            this.out = out;
            this.err = err;
            this.started = started;
        }

        ProcessHandle handle() {
            return process.toHandle();
        }

        boolean isRunning() {
            return process.isAlive();
        }

        /** Its progress so far. */
        List<String> progress() {
            return Installation.progress(said());
        }

        /** Its output so far. */
        String said() {
            try {
                return Files.readString(out);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        Outcome await() {
            try {
                if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                    close();
                    throw new AssertionError("still running after " + TIMEOUT.toMinutes() + " minutes\n"
                            + Files.readString(out) + Files.readString(err));
                }
                return new Outcome(
                        process.exitValue(),
                        Files.readString(out),
                        Files.readString(err),
                        Duration.ofNanos(System.nanoTime() - started));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
