package uk.fpw.nightly.cli.keep;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import uk.fpw.nightly.cli.option.AdoptFolderOption;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;

/** Implements {@code fpw pin}. */
@Command(
        name = "pin",
        description = {
            "Pins a release under a name: it is kept permanently, so that a figure that was "
                    + "quoted can be queried again at any time, and its pages stay in releases/RELEASE of the folder "
                    + "site.",
            "A release that is not pinned can be queried for 14 days, or while it is among the latest three; its core "
                    + "tables go after 3 days unless it is one of these.",
            "fpw unpin NAME removes the name."
        })
public final class PinCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "RELEASE", description = "Such as 2016-01-12.1.")
    @SuppressWarnings("NullAway.Init")
    private String release;

    @Parameters(
            index = "1",
            paramLabel = "NAME",
            description =
                    "Such as inspection-2016: up to 40 lower-case letters, digits " + "and hyphens; must be unique.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Mixin
    private final ForceOption force = new ForceOption();

    @Mixin
    private final AdoptFolderOption adopt = new AdoptFolderOption();

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public PinCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return new ReleasePinning(context, force, adopt.isGiven()).pin(release, name);
    }
}
