package uk.fpw.nightly.cli.option;

import picocli.CommandLine.Option;

/** Whether feeds may be missing from a release. */
public final class IncompleteOption {

    @Option(
            names = "--incomplete",
            description = {
                "Release even if feeds could not be loaded for the business date. Figures that depend on "
                        + "them are marked as not available from the day after their last complete load;",
                "everything else is as usual. Ends with exit code 9 if a feed is missing. A feed that "
                        + "was never loaded still prevents a release."
            })
    private boolean allowed;

    /** Whether feeds may be missing. */
    public boolean isAllowed() {
        return allowed;
    }
}
