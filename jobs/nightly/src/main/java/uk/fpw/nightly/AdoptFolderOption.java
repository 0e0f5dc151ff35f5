package uk.fpw.nightly;

import picocli.CommandLine.Option;

/** Whether another force folder may take a warehouse over. */
final class AdoptFolderOption {

    @Option(
            names = "--adopt-folder",
            description = {
                "Once, when the force folder was moved or replaced by another: let this one write to the warehouse "
                        + "from now on.",
                "Not for a copy whose force.yml still names the warehouse of the first: give that a warehouse of "
                        + "its own."
            })
    private boolean adopts;

    boolean isGiven() {
        return adopts;
    }
}
