package uk.fpw.nightly;

import picocli.CommandLine.Option;

/** Whether a release may lack feeds. */
final class IncompleteOption {

    @Option(
            names = "--incomplete",
            description = {
                "Release although feeds could not be loaded for the business date. What rests on them is marked as "
                        + "not available from the day after their last complete load;",
                "all else is as usual. Ends with exit code 9 if a feed lacks. A feed that was never loaded is "
                        + "still refused."
            })
    private boolean allowed;

    boolean isAllowed() {
        return allowed;
    }
}
