package uk.fpw.nightly.cli.keep;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import uk.fpw.nightly.cli.option.AdoptFolderOption;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;

/** Implements {@code fpw unpin}. */
@Command(
        name = "unpin",
        description = {
            "Removes the name of a pinned release; the release is then deleted like any other.",
            "fpw releases shows the names."
        })
public final class UnpinCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "NAME", description = "The name to remove.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Mixin
    private final ForceOption force = new ForceOption();

    @Mixin
    private final AdoptFolderOption adopt = new AdoptFolderOption();

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public UnpinCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        new ReleasePinning(context, force, adopt.isGiven()).unpin(name);
        return 0;
    }
}
