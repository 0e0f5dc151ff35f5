package uk.fpw.nightly.cli.keep;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.warehouse.force.Force;

/** Implements {@code fpw trust}. */
@Command(
        name = "trust",
        description = {
            "Confirms that the embedded database of a warehouse is your own: one that was restored, "
                    + "copied, moved, or created by an earlier version of fpw. Until then it is not opened, since "
                    + "such a file can contain code.",
            "Never use it for a database that came with a force folder from elsewhere. "
                    + "It does not open or change the warehouse; the trust is stored for this user in "
                    + "the folder FPW_STATE (~/.local/state/fpw)."
        })
public final class TrustCommand implements Callable<Integer> {

    @Mixin
    private final ForceOption force = new ForceOption();

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public TrustCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Force.Identity read = force.readIdentity(context);
        boolean isNew = WarehouseDatabase.trust(read.storage());
        context.out()
                .println("The embedded database " + WarehouseDatabase.file(read.storage())
                        + (isNew ? " may be opened by this user from now on." : " was already trusted."));
        return 0;
    }
}
