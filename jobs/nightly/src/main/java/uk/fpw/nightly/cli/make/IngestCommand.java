package uk.fpw.nightly.cli.make;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import uk.fpw.nightly.cli.option.AcceptOption;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ConfirmDateOption;
import uk.fpw.nightly.cli.option.RunOptions;
import uk.fpw.nightly.run.RunRequest;

/** Implements {@code fpw ingest}. */
@Command(
        name = "ingest",
        description = {
            "Loads one feed, or all of them, for a business date and prints row counts: received = loaded + "
                    + "unchanged + repeated + superseded + refused + kept out. A feed that fails leaves the "
                    + "others loaded.",
            "Part of a nightly run. Readers do not see the result before 'fpw metrics' and 'fpw release', or 'fpw "
                    + "nightly'."
        })
public final class IngestCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FEED",
            arity = "0..1",
            description = "Name of a feed, that is, of a file in the folder feeds. Default: every feed.")
    private @Nullable String feed;

    @Mixin
    private final RunOptions options = new RunOptions();

    @Mixin
    private final ConfirmDateOption confirm = new ConfirmDateOption();

    @Mixin
    private final AcceptOption accept = new AcceptOption();

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public IngestCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        String title = feed == null ? "All feeds of " : "Feed " + feed + " of ";
        return options.run(
                context,
                new RunOptions.Undated(title, RunRequest.Task.INGEST, feed, false, confirm.isConfirmed()),
                accept);
    }
}
