package uk.fpw.nightly.cli.make;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import uk.fpw.nightly.cli.option.AcceptOption;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.IncompleteOption;
import uk.fpw.nightly.cli.option.RunOptions;
import uk.fpw.nightly.run.RunRequest;

/** Implements {@code fpw release}. */
@Command(
        name = "release",
        description = {
            "Audits the latest candidate of a business date, publishes it and makes it the current release.",
            "Part of a nightly run. A candidate that was already released is left unchanged."
        })
public final class ReleaseCommand implements Callable<Integer> {

    @Mixin
    private final RunOptions options = new RunOptions();

    @Mixin
    private final IncompleteOption incomplete = new IncompleteOption();

    @Mixin
    private final AcceptOption accept = new AcceptOption();

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public ReleaseCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return options.run(
                context,
                new RunOptions.Undated("Release of ", RunRequest.Task.RELEASE, null, incomplete.isAllowed(), false),
                accept);
    }
}
