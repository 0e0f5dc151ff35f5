package uk.fpw.nightly.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process started by a {@link ProcessSupervisor}. The caller that started it must close it, even if it has ended. */
public final class Child implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Child.class);
    private static final long GRACE_SECONDS = 5;

    private final Program program;
    private final Process process;
    private final Consumer<Child> whenEnded;
    private @Nullable BufferedReader lines;

    Child(Program program, Process process, Consumer<Child> whenEnded) {
        this.program = program;
        this.process = process;
        this.whenEnded = whenEnded;
    }

    /** Whether it still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Its output, where that is read. */
    public BufferedReader lines() {
        BufferedReader known = lines;
        if (known == null) {
            known = process.inputReader(StandardCharsets.UTF_8);
            lines = known;
        }
        return known;
    }

    /** Writes a line to its standard input. */
    public void send(String line) throws IOException {
        OutputStream input = process.getOutputStream();
        input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        input.flush();
    }

    /** Closes its standard input, so that it ends when it has finished its work. */
    public void dismiss() {
        try {
            process.getOutputStream().close();
        } catch (IOException gone) {
            LOG.debug("{} has already ended", program.name(), gone);
        }
    }

    /** Waits until it has ended; returns its exit code. */
    public int waitFor() {
        return waitFor(null);
    }

    /**
     * Waits until it has ended, but no longer than a limit; returns its exit code.
     *
     * @param limit null for none
     * @throws ProgramException if it was still running after that
     */
    int waitFor(@Nullable Duration limit) {
        try {
            if (limit == null) {
                return process.waitFor();
            }
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ProgramException(
                        ProgramException.Kind.OVERDUE,
                        program.name() + " was still at work after " + limit.toMinutes() + " minutes",
                        null);
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ProgramException(
                    ProgramException.Kind.INTERRUPTED, "interrupted while " + program.name() + " ran", interrupted);
        }
    }

    /** Kills it when the time is over, unless the limit is closed before. */
    public TimeLimit limit(Duration most) {
        return new TimeLimit(program, most, this::kill);
    }

    void kill() {
        process.destroyForcibly();
    }

    /** Stops it if it still runs: first normally, after some seconds by force. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (IOException gone) {
            kill();
        } catch (InterruptedException interrupted) {
            kill();
            Thread.currentThread().interrupt();
        }
        process.onExit().join(); // the folder that it writes to may be deleted next
        whenEnded.accept(this);
    }
}
