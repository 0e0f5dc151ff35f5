package uk.fpw.nightly.cli.make;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import uk.fpw.nightly.cli.option.AcceptOption;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ConfirmDateOption;
import uk.fpw.nightly.cli.option.RunOptions;
import uk.fpw.nightly.run.RunRequest;

/** Implements {@code fpw metrics}. */
@Command(
        name = "metrics",
        description = {
            "Computes a candidate for a business date from the loaded data: events, spells and all marts, with tests.",
            "Part of a nightly run. Readers do not see the result before 'fpw release'."
        })
public final class MetricsCommand implements Callable<Integer> {

    @Mixin
    private final RunOptions options = new RunOptions();

    @Mixin
    private final ConfirmDateOption confirm = new ConfirmDateOption();

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public MetricsCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return options.run(
                context,
                new RunOptions.Undated("Candidate of ", RunRequest.Task.METRICS, null, false, confirm.isConfirmed()),
                new AcceptOption());
    }
}
