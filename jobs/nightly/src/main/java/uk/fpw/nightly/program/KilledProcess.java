package uk.fpw.nightly.program;

import java.nio.file.Path;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.FpwException;

/** A program of the installation that a signal ended before it was done: no defect, and a retry may help. */
public final class KilledProcess {

    /** Processes that a signal ended have an exit code of so much and the number of the signal. */
    private static final int SIGNAL = 128;

    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;

    private KilledProcess() {}

    /** Whether that is the exit code of a process that was killed; one that crashed was not. */
    public static boolean isKilled(int exitCode) {
        return exitCode == SIGNAL + SIGKILL || exitCode == SIGNAL + SIGTERM;
    }

    /**
     * The failure of the run.
     *
     * @param name of the process, as a sentence begins with it
     * @param remedy what helps if the machine ran out of memory
     */
    public static FpwException failure(String name, int exitCode, Path log, String remedy) {
        return new FpwException(
                ExitCode.UNAVAILABLE,
                name + " ended before it was done (signal " + (exitCode - SIGNAL) + "); run again"
                        + (exitCode == SIGNAL + SIGKILL
                                ? ". If nobody killed it, the machine ran out of memory: give it more, or " + remedy
                                : "")
                        + ". Its log is " + log);
    }
}
