package uk.fpw.nightly.spark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.layout.RunFolder;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.FpwException;
import uk.fpw.warehouse.run.RunFiles;

/**
 * The Spark process itself, as a child of this one. Kept from the first run until it is closed, so that a date range
 * waits for its start only once; if it dies, the next run starts another. Its standard input stays open as long as
 * this process lives, and it ends when that ends; so it never outlives its parent, even if that was killed.
 *
 * <p>A kept process writes one log, in the run folder of its first run.
 */
public final class SparkWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SparkWorker.class);
    private static final String ON_STANDARD_INPUT = "-";
    private static final long GRACE_SECONDS = 5;

    private final SparkCommand command;
    private final Object monitor = new Object();
    private @Nullable Child kept;
    private @Nullable Process running;
    private @Nullable Path latestLog;
    private boolean stopping;

    /** A process that is yet to be started. */
    public SparkWorker(SparkCommand command) {
        this.command = command;
    }

    private record Child(Process process, BufferedReader lines, Path log) {}

    /** Sends a run file without waiting for its result; starts the process if necessary. */
    void send(Path runFile, Path log) throws IOException {
        Child child = kept;
        if (child == null || !child.process.isAlive()) {
            Process process = start(ON_STANDARD_INPUT, log);
            child = new Child(process, process.inputReader(StandardCharsets.UTF_8), log);
            kept = child;
        }
        try {
            OutputStream requests = child.process.getOutputStream();
            requests.write((runFile + "\n").getBytes(StandardCharsets.UTF_8));
            requests.flush();
        } catch (IOException dead) {
            // the cause is in its own log
            LOG.warn("the Spark process did not accept the run file: {}", dead.getMessage());
        }
    }

    /**
     * Processes the run file in the kept process, after earlier ones; returns 0, or the exit code
     * of a process that died.
     */
    int submit(Path runFile, Path log, Consumer<String> progress) throws IOException {
        send(runFile, log);
        Child child = Objects.requireNonNull(kept);
        for (String line = child.lines.readLine(); line != null; line = child.lines.readLine()) {
            if (line.equals(RunFiles.ANSWERED + runFile)) {
                return 0;
            } else if (!line.startsWith(RunFiles.ANSWERED)) {
                progress.accept(line.strip());
            }
        }
        kept = null;
        return waitFor(child.process, child.log);
    }

    /** Processes the run file in a new process; returns its exit code. */
    int runOnce(Path runFile, Path log, Consumer<String> progress) throws IOException {
        Process process = start(runFile.toString(), log);
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                progress.accept(line.strip());
            }
            return waitFor(process, log);
        } finally {
            end(process, log);
        }
    }

    /** Log file of the process of a run: {@code own}, or that of the first run of the range. */
    Path log(Path own) {
        Path latest = latestLog;
        return latest == null ? own : latest;
    }

    /** Whether a process is kept, even if it has died since. */
    boolean isRunning() {
        return kept != null;
    }

    boolean isAlive() {
        Child child = kept;
        return child != null && child.process.isAlive();
    }

    /** Lets the process end by itself: it gets no further run file. */
    void dismiss() {
        Child child = kept;
        if (child != null) {
            try {
                child.process.getOutputStream().close();
            } catch (IOException gone) {
                LOG.debug("the Spark process has already ended", gone);
            }
        }
    }

    boolean isStopping() {
        synchronized (monitor) {
            return stopping;
        }
    }

    /** Ends the process, if it runs, and keeps it from being started. */
    void stop() {
        synchronized (monitor) {
            stopping = true;
            if (running != null) {
                running.destroyForcibly();
            }
        }
    }

    /** Ends the process, if it runs, in order. */
    @Override
    public void close() {
        Child child = kept;
        kept = null;
        if (child != null) {
            end(child.process, child.log);
        }
    }

    private Process start(String runFile, Path log) throws IOException {
        List<String> words = command.commandLine(runFile, log);
        LOG.info("starting {}", words);
        latestLog = log;
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(variable -> !SparkCommand.isPassedOn(variable));
        // otherwise Spark looks up the name of the machine, which a fresh one may not know
        builder.environment().putIfAbsent("SPARK_LOCAL_IP", "127.0.0.1");
        synchronized (monitor) {
            if (stopping) {
                throw new FpwException(ExitCode.INTERNAL, "stopped before the Spark process was started");
            }
            running = builder.start();
            return running;
        }
    }

    private static int waitFor(Process process, Path log) {
        try {
            int exit = process.waitFor();
            clearScratch(log);
            return exit;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new FpwException(ExitCode.INTERNAL, "interrupted while the Spark process ran", interrupted);
        }
    }

    private static void end(Process process, Path log) {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                process.waitFor();
            }
        } catch (IOException gone) {
            process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        clearScratch(log);
    }

    /** Spark's temporary folders are next to its log; they are empty when it ends normally, and not when it dies. */
    private static void clearScratch(Path log) {
        for (Path folder : RunFolder.of(log).sparkScratch()) {
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException remains) {
                LOG.warn("{} could not be deleted; it is no longer needed", folder, remains);
            }
        }
    }
}
