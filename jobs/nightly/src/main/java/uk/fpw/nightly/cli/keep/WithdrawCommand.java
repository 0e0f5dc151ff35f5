package uk.fpw.nightly.cli.keep;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Implements {@code fpw withdraw}. */
@Command(
        name = "withdraw",
        description = {
            "Withdraws a release or a load: it stays recorded with user, time and reason, but is no longer used.",
            "After a wrong run withdraw the release first, so that readers no longer see it, then its "
                    + "loads, so that the date can be loaded again."
        },
        synopsisSubcommandLabel = "(release | load)")
public final class WithdrawCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "specify what to withdraw: fpw withdraw release RELEASE --reason TEXT, fpw withdraw load LOAD --reason "
                        + "TEXT");
    }
}
