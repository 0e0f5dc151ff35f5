package uk.fpw.nightly.program;

import java.io.IOException;

/** Starts a Java program of the installation beside this one: that of the audit, or the one that makes pages. */
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
