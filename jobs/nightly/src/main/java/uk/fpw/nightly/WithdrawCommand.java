package uk.fpw.nightly;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "withdraw",
        description = {
            "Takes a release or a load back: it stays on record with who, when and why, and counts no longer.",
            "Of a wrong night first the release, so that readers no longer see it, then its loads, so that the "
                    + "date can be loaded again."
        },
        synopsisSubcommandLabel = "(release | load)",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class WithdrawCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to withdraw: fpw withdraw release RELEASE --reason TEXT, fpw withdraw load LOAD --reason "
                        + "TEXT");
    }
}
