package uk.fpw.nightly.program;

import java.io.IOException;

/** How {@link ProcessSupervisor} starts a program beside this one; another way is for tests. */
@FunctionalInterface
public interface ProgramStarter {

    /** Every program is a process of its own; nothing else is used outside of tests. */
    ProgramStarter PROCESSES = ProcessBuilder::start;

    /**
     * Starts a program without waiting for its end.
     *
     * @param program its command line, its environment, and the files that take its output
     */
    Process start(ProcessBuilder program) throws IOException;
}
