package uk.fpw.nightly.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

/**
 * A program that left no result, and why. The exit code is {@code UNAVAILABLE} if a retry may help because a signal
 * ended the program, {@code CONFIGURATION} if a part of the installation is missing, {@code INTERNAL} otherwise.
 */
public final class ProgramException extends FpwException {

    private static final long serialVersionUID = 1L;

    /** A process that a signal ended has this exit code plus the number of the signal. */
    private static final int SIGNAL = 128;

    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;
    private static final int TAIL_LINES = 15;

    /** Why a program left no result. */
    public enum Kind {
        /** A part of the installation is missing. */
        NOT_INSTALLED,
        /** It could not be started. */
        NOT_STARTED,
        /** The run was stopped, before or while it worked. */
        STOPPED,
        /** This process was interrupted while it waited. */
        INTERRUPTED,
        /** It exceeded its time limit. */
        OVERDUE,
        /** A signal ended it: not a bug, and a retry may help. */
        KILLED,
        /** It ended by itself, for example because of an error in a library. */
        NO_RESULT
    }

    private final Kind kind;
    private final String problem;
    private final transient @Nullable Path log;

    private ProgramException(
            Kind kind, ExitCode exitCode, String problem, String more, @Nullable Path log, @Nullable Throwable cause) {
        super(exitCode, problem + more, cause);
        this.kind = kind;
        this.problem = problem;
        this.log = log;
    }

    ProgramException(Kind kind, String problem, @Nullable Throwable cause) {
        this(kind, kind == Kind.NOT_INSTALLED ? ExitCode.CONFIGURATION : ExitCode.INTERNAL, problem, "", null, cause);
    }

    /** The machine could not start the program, or could not write its input. */
    public static ProgramException notStarted(Program program, IOException failed) {
        return new ProgramException(
                Kind.NOT_STARTED,
                program.name() + " could not be started: " + failed.getMessage()
                        + "; check that fpw is installed completely and that there is free disk space",
                failed);
    }

    /** A program that was stopped at its time limit: another attempt would take as long, so that none is made. */
    static ProgramException overdue(Program program, Duration most, String remedy) {
        return new ProgramException(
                Kind.OVERDUE,
                ExitCode.CONFIGURATION,
                program.name() + " was stopped after " + most.toSeconds() + " seconds",
                ". " + remedy,
                null,
                null);
    }

    /** A program that ended without a result. */
    static ProgramException ended(Program program, int exitCode, Path log) {
        String its = ". Its log is " + log;
        if (exitCode != SIGNAL + SIGKILL && exitCode != SIGNAL + SIGTERM) {
            return new ProgramException(
                    Kind.NO_RESULT,
                    ExitCode.INTERNAL,
                    program.name() + " ended with exit code " + exitCode + " and without a result",
                    its,
                    log,
                    null);
        }
        Program.Memory memory = program.memory();
        return new ProgramException(
                Kind.KILLED,
                ExitCode.UNAVAILABLE,
                program.name() + " was terminated by signal " + (exitCode - SIGNAL) + " before it finished; run again",
                (exitCode == SIGNAL + SIGTERM
                                ? ""
                                : ". If nobody killed it, the machine ran out of memory: give it more"
                                        + (memory == null
                                                ? ""
                                                : ", or lower " + memory.variable() + " (" + memory.usual()
                                                        + " unless set)"))
                        + its,
                log,
                null);
    }

    /** Why the program left no result. */
    public Kind kind() {
        return kind;
    }

    /** The problem in one sentence, without a remedy and without text from the log, so that it may be stored. */
    public String problem() {
        return problem;
    }

    /**
     * The same failure with the end of the program's log, for programs that log no values of rows.
     *
     * @param memory what sets the program's heap; null if nothing does
     */
    public FpwException withLog(Program.@Nullable Memory memory) {
        Path its = log;
        if (kind != Kind.NO_RESULT || its == null) {
            return this;
        }
        List<String> tail = tail(its);
        String remedy = memory != null && tail.stream().anyMatch(line -> line.contains("OutOfMemoryError"))
                ? "It ran out of memory: increase it with " + memory.variable() + "=" + memory.more() + ". "
                : "";
        return new FpwException(
                exitCode(),
                problem + ". " + remedy + "Its log is " + its
                        + (tail.isEmpty() ? ", and empty" : "; it ends:" + indented(tail)),
                this);
    }

    /** The last lines of the program's log, indented; empty if there is none. */
    public String endOfLog() {
        return log == null ? "" : indented(tail(log));
    }

    private static String indented(List<String> lines) {
        return lines.stream()
                .map(line -> System.lineSeparator() + "    " + line)
                .collect(Collectors.joining());
    }

    private static List<String> tail(Path log) {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
            List<String> all = lines.toList();
            return all.subList(Math.max(0, all.size() - TAIL_LINES), all.size());
        } catch (IOException | UncheckedIOException unreadable) {
            return List.of();
        }
    }
}
