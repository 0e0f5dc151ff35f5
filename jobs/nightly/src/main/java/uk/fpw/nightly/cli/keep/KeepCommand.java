package uk.fpw.nightly.cli.keep;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import uk.fpw.nightly.cli.option.AdoptFolderOption;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;

/** The former name of {@link PinCommand} and {@link UnpinCommand}, for scripts that still call it. */
@Command(
        name = "keep",
        hidden = true,
        description = {
            "The former name of fpw pin RELEASE NAME and, with --give-up NAME, of fpw unpin NAME.",
            "It does the same as these commands, and will be removed in the next version."
        })
public final class KeepCommand implements Callable<Integer> {

    @Parameters(index = "0", arity = "0..1", paramLabel = "RELEASE", description = "Such as 2016-01-12.1.")
    private @Nullable String release;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "Such as inspection-2016.")
    private @Nullable String name;

    @Option(names = "--give-up", paramLabel = "NAME", description = "The name to remove.")
    private @Nullable String givenUp;

    @Mixin
    private final ForceOption force = new ForceOption();

    @Mixin
    private final AdoptFolderOption adopt = new AdoptFolderOption();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public KeepCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        ReleasePinning pinning = new ReleasePinning(context, force, adopt.isGiven());
        if (release != null && name != null && givenUp == null) {
            pinning.pin(release, name);
        } else if (release == null && givenUp != null) {
            pinning.unpin(givenUp);
        } else {
            throw new ParameterException(
                    spec.commandLine(),
                    "specify the release to pin and its name, or the name to remove: fpw pin RELEASE "
                            + "NAME, fpw unpin NAME");
        }
        return 0;
    }
}
