package uk.fpw.nightly.spark;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.layout.RunFolder;
import uk.fpw.nightly.program.Child;
import uk.fpw.nightly.program.ProcessSupervisor;
import uk.fpw.nightly.program.ScratchFolder;
import uk.fpw.nightly.program.TimeLimit;
import uk.fpw.process.RunFiles;

/**
 * The Spark process itself. It is kept from the first run until it is closed, so that a date range waits for its start
 * only once; if it dies, the next run starts another.
 *
 * <p>A kept process writes one log, in the run folder of its first run.
 */
public final class SparkWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SparkWorker.class);
    private static final String ON_STANDARD_INPUT = "-";

    private final SparkCommand command;
    private @Nullable Kept kept;
    private @Nullable Path latestLog;

    /** Does not start the process yet. */
    public SparkWorker(SparkCommand command) {
        this.command = command;
    }

    private record Kept(Child process, Path log) {}

    /** The supervisor that starts and stops the process. */
    public ProcessSupervisor processes() {
        return command.processes();
    }

    /** Settings of Spark with which a run computes; they may contain a secret. */
    Map<String, String> settings() {
        return command.settings();
    }

    /** Sends a run file without waiting for its result; starts the process if necessary. */
    void send(Path runFile, Path log) throws IOException {
        Kept child = kept;
        if (child == null || !child.process.isAlive()) {
            if (child != null) {
                end(child.process, child.log);
            }
            child = new Kept(start(ON_STANDARD_INPUT, log), log);
            kept = child;
        }
        try {
            child.process.send(runFile.toString());
        } catch (IOException dead) {
            // the cause is in its own log
            LOG.warn("the Spark process did not accept the run file: {}", dead.getMessage());
        }
    }

    /**
     * Processes the run file in the kept process, after earlier ones; returns 0, or the exit code of a process that
     * died.
     */
    int submit(Path runFile, Path log, Consumer<String> progress) throws IOException {
        send(runFile, log);
        Kept child = Objects.requireNonNull(kept);
        BufferedReader lines = child.process.lines();
        try (TimeLimit limit = child.process.limit(command.timeLimit())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals(RunFiles.ANSWERED + runFile)) {
                    return 0;
                } else if (!line.startsWith(RunFiles.ANSWERED)) {
                    progress.accept(line.strip());
                }
            }
            kept = null;
            try {
                return exitCode(child.process, limit);
            } finally {
                end(child.process, child.log);
            }
        }
    }

    /** Processes the run file in a new process; returns its exit code. */
    int runOnce(Path runFile, Path log, Consumer<String> progress) throws IOException {
        Child process = start(runFile.toString(), log);
        try (BufferedReader lines = process.lines();
                TimeLimit limit = process.limit(command.timeLimit())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                progress.accept(line.strip());
            }
            return exitCode(process, limit);
        } finally {
            end(process, log);
        }
    }

    private static int exitCode(Child process, TimeLimit limit) {
        int code = process.waitFor();
        limit.requireInTime("A query of the force folder may yield far more rows than its feeds have, or a pattern may "
                + "be one that takes endless time for some texts: the log names the last step. If the force is that "
                + "large, raise " + SparkCommand.TIME_LIMIT_VARIABLE);
        return code;
    }

    /** Log file of a run: {@code own}, or that of the first run of the range. */
    Path log(Path own) {
        Path latest = latestLog;
        return latest == null ? own : latest;
    }

    /** Whether a process is kept, even if it has died since. */
    boolean isRunning() {
        return kept != null;
    }

    boolean isAlive() {
        Kept child = kept;
        return child != null && child.process.isAlive();
    }

    /** Sends no further run file, so that the process ends when it has finished. */
    void dismiss() {
        Kept child = kept;
        if (child != null) {
            child.process.dismiss();
        }
    }

    /** Stops the process normally if it runs. */
    @Override
    public void close() {
        Kept child = kept;
        kept = null;
        if (child != null) {
            end(child.process, child.log);
        }
    }

    private Child start(String runFile, Path log) throws IOException {
        List<String> words = command.commandLine(runFile, log);
        latestLog = log;
        return processes().start(command.program(), words, builder -> {
            builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
            // otherwise Spark looks up the host name, which a fresh machine may not know
            builder.environment().putIfAbsent("SPARK_LOCAL_IP", "127.0.0.1");
        });
    }

    private static void end(Child process, Path log) {
        process.close();
        // next to its log; empty after a normal end, but not if the process died
        RunFolder.of(log).sparkScratch().forEach(ScratchFolder::delete);
    }
}
