package uk.fpw.nightly.cli.option;

import picocli.CommandLine.Option;

/** Whether another force folder may take over a warehouse. */
public final class AdoptFolderOption {

    @Option(
            names = "--adopt-folder",
            description = {
                "Use once after the force folder was moved or replaced: allows this folder to "
                        + "write to the warehouse from now on.",
                "Not for a copy whose force.yml still refers to the warehouse of the original: set a "
                        + "separate warehouse for the copy."
            })
    private boolean adopts;

    /** Whether it is given. */
    public boolean isGiven() {
        return adopts;
    }
}
