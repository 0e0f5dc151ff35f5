package uk.fpw.nightly.cli.keep;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.cli.option.RunNotices;
import uk.fpw.nightly.notify.Event;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.force.Force;

/** Implements {@code fpw notify}. */
@Command(
        name = "notify",
        description = {
            "Tells those whom notify in the installation's file names of an event, by e-mail and webhook. Runs and "
                    + "fpw status --fail-unless-released-by do so by themselves; this is for trying it, and for units "
                    + "that are started when another one was killed.",
            "Ends with exit code 4 if somebody could not be told."
        })
public final class NotifyCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "EVENT",
            description = "${COMPLETION-CANDIDATES}. The webhook gets this word and nothing else; for released, "
                    + "e-mails are about the current release.")
    @SuppressWarnings("NullAway.Init")
    private Event event;

    @Mixin
    private final ForceOption force = new ForceOption();

    @Option(
            names = "--test",
            description = "E-mails say that this is a test. The webhook gets the word as ever, so choose one that "
                    + "harms nobody.")
    private boolean test;

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public NotifyCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Force.@Nullable Identity read =
                event == Event.released || force.isGiven(context) ? force.readIdentity(context) : null;
        List<String> failures = new RunNotices(context).tell(event, read, test);
        failures.forEach(failure -> context.err().println("fpw: " + failure));
        if (failures.isEmpty()) {
            context.out().println("Told: " + event);
        }
        return (failures.isEmpty() ? ExitCode.DONE : ExitCode.UNAVAILABLE).code();
    }
}
