package uk.fpw.nightly;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import uk.fpw.nightly.night.RunRequest;

@Command(
        name = "metrics",
        description = {
            "Computes a candidate for a business date from what is loaded: events, spells and every mart, each tested.",
            "Part of a night. Readers see nothing of it before 'fpw release'."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class MetricsCommand implements Callable<Integer> {

    @Mixin
    private final RunOptions options = new RunOptions();

    @Mixin
    private final ConfirmDateOption confirm = new ConfirmDateOption();

    private final CliContext context;

    MetricsCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return options.run(
                context,
                RunRequest.Task.METRICS,
                null,
                false,
                confirm.isConfirmed(),
                new AcceptOption(),
                "Candidate of ");
    }
}
