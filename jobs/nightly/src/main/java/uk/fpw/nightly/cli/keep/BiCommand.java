package uk.fpw.nightly.cli.keep;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uk.fpw.nightly.cli.option.AdoptFolderOption;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.run.database.WarehouseOwnership;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.identity.IdentityCheck;
import uk.fpw.warehouse.store.lock.WarehouseLock;
import uk.fpw.warehouse.store.schema.OldViewNames;

/** Implements {@code fpw bi}. */
@Command(
        name = "bi",
        description = {
            "Lists the views of schema bi that have the name of an earlier version; they are in bi_detail now.",
            "The next version no longer has the old names. A new warehouse has none."
        })
public final class BiCommand implements Callable<Integer> {

    @Option(
            names = "--drop-old",
            description =
                    "Drops the old names, once no dashboard reads them any more. The views of bi_detail stay, and "
                            + "nothing brings the old names back.")
    private boolean dropsOld;

    @Mixin
    private final ForceOption force = new ForceOption();

    @Mixin
    private final AdoptFolderOption adopt = new AdoptFolderOption();

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public BiCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Force.Identity read = force.readIdentity(context);
        String password = WarehouseDatabase.password(read.storage(), context.environment());
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(read.storage(), password, 4)) {
            IdentityCheck identity =
                    WarehouseOwnership.of(read, force.find(context), dataSource, context.environment());
            identity.compare(adopt.isGiven());
            OldViewNames names = new OldViewNames(dataSource);
            if (!dropsOld) {
                print(names.existing(), "Old names, which the next version no longer has (to drop them: --drop-old):");
                return 0;
            }
            try (WarehouseLock lock =
                    WarehouseLock.acquire(dataSource::getConnection, "dropping of old views", read.zone())) {
                identity.confirm(adopt.isGiven());
                lock.check();
                print(names.drop(), "Dropped, and still in bi_detail under the same names:");
            }
        }
        return 0;
    }

    private void print(List<String> names, String heading) {
        if (names.isEmpty()) {
            context.out().println("Schema bi has no name of an earlier version.");
        } else {
            context.out().println(heading);
            names.forEach(name -> context.out().println("  " + name));
        }
    }
}
