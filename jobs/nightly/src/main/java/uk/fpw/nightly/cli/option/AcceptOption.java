package uk.fpw.nightly.cli.option;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.limit.AcceptanceRequest;

/** Limits accepted for the business date of a run. */
public final class AcceptOption {

    @Option(
            names = "--accept",
            paramLabel = "SUBJECT:LIMIT",
            description = {
                "Accept that this limit of a feed or queue is exceeded on the business date, such "
                        + "as requests:deleted; can be repeated. Needs --reason.",
                "The same as running 'fpw accept' first: recorded, shown in the release, and valid only for this date."
            })
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why the accepted change is correct, in one line. Readers of the release see it.")
    private @Nullable String reason;

    /** Whether a limit is to be accepted. */
    public boolean isGiven() {
        return !names.isEmpty() || reason != null;
    }

    /**
     * The limits to accept.
     *
     * @throws FpwException with {@code CONFIGURATION} if one of them cannot be accepted
     */
    List<AcceptanceRequest> requests(Force force) {
        String why = reason;
        if (names.isEmpty() != (why == null)) {
            throw FpwException.configuration(
                    "--accept and --reason must be used together: the limit to accept, and why the change is correct");
        }
        if (why == null) {
            return List.of();
        }
        return names.stream()
                .map(name -> AcceptanceRequest.of(force, name, why, ProcessOwner.name()))
                .toList();
    }
}
