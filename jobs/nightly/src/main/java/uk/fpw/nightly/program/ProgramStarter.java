package uk.fpw.nightly.program;

import java.io.IOException;

/** Starts the child processes of {@link ProcessSupervisor}; tests replace it. */
@FunctionalInterface
public interface ProgramStarter {

    /** Starts every program as a process of its own; the only one outside of tests. */
    ProgramStarter PROCESSES = ProcessBuilder::start;

    /**
     * Starts a program without waiting for its end.
     *
     * @param program its command line, its environment, and the files that receive its output
     */
    Process start(ProcessBuilder program) throws IOException;
}
