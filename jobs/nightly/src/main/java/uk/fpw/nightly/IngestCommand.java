package uk.fpw.nightly;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import uk.fpw.nightly.run.RunRequest;

@Command(
        name = "ingest",
        description = {
            "Loads one feed for a business date and prints its row counts: received = loaded + "
                    + "unchanged + repeated + superseded + refused.",
            "Part of a nightly run. Readers do not see the result before 'fpw metrics' and 'fpw release', or 'fpw "
                    + "nightly'."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class IngestCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FEED", description = "Name of a feed, that is, of a file in the folder feeds.")
    @SuppressWarnings("NullAway.Init")
    private String feed;

    @Mixin
    private final RunOptions options = new RunOptions();

    @Mixin
    private final ConfirmDateOption confirm = new ConfirmDateOption();

    @Mixin
    private final AcceptOption accept = new AcceptOption();

    private final CliContext context;

    IngestCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return options.run(
                context, RunRequest.Task.INGEST, feed, false, confirm.isConfirmed(), accept, "Feed " + feed + " of ");
    }
}
