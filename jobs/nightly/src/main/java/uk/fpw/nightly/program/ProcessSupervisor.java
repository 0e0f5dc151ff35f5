package uk.fpw.nightly.program;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.process.RunFiles;
import uk.fpw.warehouse.failure.FpwException;

/**
 * Starts every child process and stops them together. A process sees only the environment variables that its
 * {@link Program} lists, and receives no secret on its command line, which other users of the machine can see. Its
 * standard input stays open as long as this process lives; a program of the installation ends when that input ends
 * ({@link uk.fpw.process.ParentWatchdog}), so it does not outlive its parent, even one that was killed.
 */
public final class ProcessSupervisor {

    /**
     * Environment variable that lets a debugger attach to a program: its key and a local port, such as
     * {@code audit:5005}. The program waits for the debugger before it begins.
     */
    public static final String DEBUG_VARIABLE = "FPW_DEBUG";

    private static final Pattern DEBUGGED = Pattern.compile("(spark|audit|pages):([0-9]{1,5})");

    /** JVM options of every program of the installation. */
    public static final List<String> EVERY_JVM = List.of("-Duser.timezone=UTC", "-Dfile.encoding=UTF-8");

    private static final Logger LOG = LoggerFactory.getLogger(ProcessSupervisor.class);

    private final Path lib;
    private final Map<String, String> environment;
    private final ProgramStarter starter;
    private final Object monitor = new Object();
    private final Set<Child> running = new HashSet<>();
    private boolean stopping;

    /**
     * Starts no program yet.
     *
     * @param lib folder of the installation, with the parts of its programs
     * @param environment environment of this process: settings, and what programs see of it
     */
    public ProcessSupervisor(Path lib, Map<String, String> environment, ProgramStarter starter) {
        this.lib = lib;
        this.environment = Map.copyOf(environment);
        this.starter = starter;
    }

    /** Folder of the installation. */
    public Path lib() {
        return lib;
    }

    /** The environment of this process. */
    public Map<String, String> environment() {
        return environment;
    }

    /**
     * The command line of a program of the installation.
     *
     * @param options further options of its JVM
     * @throws ProgramException if a part of the installation is missing
     */
    public List<String> commandLine(Program program, List<String> options, String... arguments) {
        requireInstalled(program);
        Program.Java jvm = java(program);
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(jvm.options());
        words.addAll(options);
        Path archive = lib.resolve(jvm.parts().get(0) + ".jsa");
        if (Files.exists(archive)) {
            words.add("-XX:SharedArchiveFile=" + archive);
            // a Java newer than 17 would print that the archive does not fit
            words.add("-Xlog:cds=off");
        }
        words.addAll(debugOptions(program));
        words.addAll(EVERY_JVM);
        words.add("-cp");
        words.add(jvm.parts().stream()
                .map(part -> lib.resolve(part).resolve("*").toString())
                .collect(Collectors.joining(File.pathSeparator)));
        words.add(jvm.main());
        words.addAll(List.of(arguments));
        return words;
    }

    /**
     * JVM options with which a program waits for a debugger; empty unless {@link #DEBUG_VARIABLE} names the program.
     *
     * @throws FpwException with {@code CONFIGURATION} if the variable is not of the form {@code PROGRAM:PORT}
     */
    public List<String> debugOptions(Program program) {
        String value = environment.getOrDefault(DEBUG_VARIABLE, "");
        if (value.isEmpty()) {
            return List.of();
        }
        Matcher asked = DEBUGGED.matcher(value);
        if (!asked.matches()) {
            throw FpwException.configuration(DEBUG_VARIABLE + " is '" + value
                    + "', but must be spark, audit or pages with a port, such as " + "audit:5005");
        }
        return asked.group(1).equals(program.key())
                ? List.of("-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=127.0.0.1:" + asked.group(2))
                : List.of();
    }

    /**
     * Fails unless every part of a program is installed.
     *
     * @throws ProgramException with {@code CONFIGURATION}, naming the missing folder
     */
    public void requireInstalled(Program program) {
        java(program).parts().forEach(this::requireInstalled);
    }

    /** Fails unless a part is installed, see {@link #requireInstalled(Program)}. */
    public void requireInstalled(String part) {
        if (!Files.isDirectory(lib.resolve(part))) {
            throw new ProgramException(
                    ProgramException.Kind.NOT_INSTALLED,
                    "the installation is not complete: " + lib.resolve(part)
                            + " is missing; run fpw from its own folder once, or install lib/app, lib/spark, "
                            + "lib/shared, lib/audit, lib/query and lib/report together",
                    null);
        }
    }

    private static Program.Java java(Program program) {
        return Objects.requireNonNull(program.java(), "a program of the installation");
    }

    /**
     * Starts a program.
     *
     * @param settings receives the builder, to redirect input and output and to add variables
     * @throws ProgramException if it could not be started, or {@link #stop} was called
     */
    public Child start(Program program, List<String> command, Consumer<ProcessBuilder> settings) {
        LOG.info("starting {}", command);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        environment.forEach((name, value) -> {
            if (program.sees(name)) {
                builder.environment().put(name, value);
            }
        });
        settings.accept(builder);
        synchronized (monitor) {
            if (stopping) {
                throw new ProgramException(
                        ProgramException.Kind.STOPPED, "stopped before " + program.name() + " was started", null);
            }
            try {
                Child child = new Child(program, starter.start(builder), this::ended);
                running.add(child);
                return child;
            } catch (IOException failed) {
                throw ProgramException.notStarted(program, failed);
            }
        }
    }

    /**
     * Sends a request to a program of the installation and waits for its result. Its output is appended to its log.
     *
     * @param exchange the files of the request and the result, which replace those of an earlier run, and the log
     * @param arguments the program's arguments, which name these files
     * @throws ProgramException if it left no result
     */
    public <T> T exchange(Program program, Exchange<T> exchange, Object request, String... arguments) {
        try {
            Files.deleteIfExists(exchange.resultFile());
        } catch (IOException failed) {
            throw ProgramException.notStarted(program, failed);
        }
        RunFiles.write(request, exchange.requestFile());
        int exit;
        try (Child child = start(
                program, commandLine(program, exchange.options(), arguments), builder -> builder.redirectErrorStream(
                                true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(exchange.log().toFile())))) {
            exit = child.waitFor(debugOptions(program).isEmpty() ? exchange.limit() : null);
        }
        if (!Files.exists(exchange.resultFile())) {
            throw failure(program, exit, exchange.log());
        }
        return RunFiles.read(exchange.resultFile(), exchange.type());
    }

    /**
     * The files through which a request and its result are exchanged with a program.
     *
     * @param type type of the result
     * @param limit time limit; null for none
     * @param options further options of its JVM
     */
    public record Exchange<T>(
            Path requestFile,
            Path resultFile,
            Path log,
            Class<T> type,
            @Nullable Duration limit,
            List<String> options) {}

    /** The failure of a program that ended without a result. */
    public ProgramException failure(Program program, int exitCode, Path log) {
        return isStopping()
                ? new ProgramException(
                        ProgramException.Kind.STOPPED, program.name() + " was stopped together with the run", null)
                : ProgramException.ended(program, exitCode, log);
    }

    /** Kills every running process and prevents further starts: the first thing that a signal does. */
    public void stop() {
        synchronized (monitor) {
            stopping = true;
            running.forEach(Child::kill);
        }
    }

    /** Whether {@link #stop} was called. */
    public boolean isStopping() {
        synchronized (monitor) {
            return stopping;
        }
    }

    private void ended(Child child) {
        synchronized (monitor) {
            running.remove(child);
        }
    }
}
