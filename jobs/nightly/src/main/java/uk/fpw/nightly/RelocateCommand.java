package uk.fpw.nightly;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uk.fpw.nightly.night.WarehouseDatabase;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.identity.Relocation;
import uk.fpw.warehouse.lock.WarehouseLock;

@Command(
        name = "relocate",
        description = {
            "Lets a warehouse that was copied, restored from a backup or moved work where it is now: writes the "
                    + "paths in its tables anew. Until then every run on it is refused.",
            "A copy becomes a warehouse of its own; the first one is not touched. Needs force.yml to name the "
                    + "folder where the warehouse is now, and for PostgreSQL its own copy of the database.",
            "Safe to run again: what was interrupted is finished, and a warehouse that is where it belongs is left "
                    + "as it is."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class RelocateCommand implements Callable<Integer> {

    @Mixin
    private final ForceOption force = new ForceOption();

    @Option(
            names = "--moved",
            description =
                    "The warehouse was moved, and nothing is left in the first place: it stays the same warehouse. "
                            + "Refused while the first place still holds it.")
    private boolean moved;

    @Mixin
    private final LockOption patience = new LockOption();

    private final CliContext context;

    RelocateCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Force.Identity read = force.readIdentity(context);
        Path forceFolder = force.find(context);
        String password = WarehouseDatabase.password(read.storage(), context.environment());
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(read.storage(), password, 4);
                WarehouseLock lock = WarehouseLock.acquire(
                        dataSource::getConnection, "relocation", read.zone(), patience.patience(), held -> {})) {
            Relocation.Outcome outcome = new Relocation(
                            dataSource::getConnection,
                            read.storage().jdbcUrl(),
                            read.storage().warehouse(),
                            read.code(),
                            forceFolder,
                            lock)
                    .run(moved, context.clock().instant());
            print(outcome);
        }
        return 0;
    }

    private void print(Relocation.Outcome outcome) {
        String who = "Warehouse " + outcome.identity().id() + " (force "
                + outcome.identity().forceCode() + ")";
        String now = outcome.identity().path().toString();
        String line;
        if (outcome.from() == null) {
            line = " is where it belongs, in " + now + "; nothing was done.";
        } else if (outcome.isFinishedOnly()) {
            line = " is now in " + now + ". It was in " + outcome.from()
                    + "; what an earlier fpw relocate had begun is finished.";
        } else if (outcome.from().equals(outcome.identity().path())) {
            line = " stays in " + now + "; its database is the one that force.yml names, from now on.";
        } else {
            line = " is now in " + now + ". It was in " + outcome.from() + "; " + outcome.tableCount()
                    + (outcome.tableCount() == 1 ? " table has new paths." : " tables have new paths.");
        }
        context.out().println(who + line);
    }
}
