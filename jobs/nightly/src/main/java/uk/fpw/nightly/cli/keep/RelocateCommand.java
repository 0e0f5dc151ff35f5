package uk.fpw.nightly.cli.keep;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.cli.option.LockOption;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.identity.ObjectStoreLimit;
import uk.fpw.warehouse.store.identity.Relocation;
import uk.fpw.warehouse.store.lock.WarehouseLock;

/** Implements {@code fpw relocate}. */
@Command(
        name = "relocate",
        description = {
            "Makes a warehouse usable after it was copied, restored from a backup or moved: "
                    + "rewrites the paths in its tables. Until then no run is possible.",
            "A copy becomes a separate warehouse; the original is not changed. force.yml must "
                    + "refer to the new folder of the warehouse, and for PostgreSQL to its own copy of the database.",
            "Safe to run again: an interrupted relocation is finished, and a warehouse in the "
                    + "right place is left unchanged."
        })
public final class RelocateCommand implements Callable<Integer> {

    @Mixin
    private final ForceOption force = new ForceOption();

    @Option(
            names = "--moved",
            description = "The warehouse was moved, and nothing is left in the original place: it stays the same "
                    + "warehouse. Not possible while the original place still contains it.")
    private boolean moved;

    @Mixin
    private final LockOption lockOption = new LockOption();

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public RelocateCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Force.Identity read = force.readIdentity(context);
        ObjectStoreLimit.RELOCATE.refuse(read.storage().tables());
        Path forceFolder = force.find(context);
        String password = WarehouseDatabase.password(read.storage(), context.environment());
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(read.storage(), password, 4);
                WarehouseLock lock = WarehouseLock.acquire(
                        dataSource::getConnection, "relocation", read.zone(), lockOption.timeout(), held -> {})) {
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
            line = " is already in the right place, " + now + "; nothing was done.";
        } else if (outcome.isFinishedOnly()) {
            line = " is now in " + now + ". It was in " + outcome.from()
                    + "; an earlier, interrupted fpw relocate was finished.";
        } else if (outcome.from().equals(outcome.identity().path())) {
            line = " stays in " + now + "; from now on it uses the database in force.yml.";
        } else {
            line = " is now in " + now + ". It was in " + outcome.from() + "; "
                    + Plural.of(outcome.tableCount(), "table") + (outcome.tableCount() == 1 ? " has" : " have")
                    + " new paths.";
        }
        context.out().println(who + line);
    }
}
