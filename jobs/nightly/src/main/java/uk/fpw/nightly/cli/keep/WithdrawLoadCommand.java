package uk.fpw.nightly.cli.keep;

import com.zaxxer.hikari.HikariDataSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.fpw.layout.ReleaseId;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.cli.option.LockOption;
import uk.fpw.nightly.cli.option.ProcessOwner;
import uk.fpw.nightly.cli.option.ReasonOption;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.run.database.WarehouseOwnership;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.lock.WarehouseLock;
import uk.fpw.warehouse.store.recovery.LoadWithdrawals;

/** Implements {@code fpw withdraw load}. */
@Command(
        name = "load",
        description = {
            "Withdraws a load, latest of its feed first: its rows stay in raw, but are no longer "
                    + "used. The feed returns to its state before the load.",
            "'fpw status' shows the latest load of each feed. A file or a date whose load was withdrawn can be "
                    + "loaded again."
        })
public final class WithdrawLoadCommand implements Callable<Integer> {

    @Parameters(paramLabel = "LOAD", description = "Such as 2016-01-12.0a1b2c3d4e5f6071.")
    @SuppressWarnings("NullAway.Init")
    private String load;

    @Option(
            names = "--with-later",
            description =
                    "The later loads of the feed too, in one step: the way out if a file of this load is damaged.")
    private boolean isWithLater;

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    @Mixin
    private final ForceOption force = new ForceOption();

    @Mixin
    private final LockOption lockOption = new LockOption();

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public WithdrawLoadCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        String why = reason.text();
        Force.Identity read = force.readIdentity(context);
        String password = WarehouseDatabase.password(read.storage(), context.environment());
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(read.storage(), password, 4)) {
            WarehouseOwnership.of(read, force.find(context), dataSource, context.environment())
                    .compare(false);
            WarehouseDatabase.migrate(dataSource);
            try (WarehouseLock lock = WarehouseLock.acquire(
                            dataSource::getConnection,
                            "withdrawal of load " + load,
                            read.zone(),
                            lockOption.timeout(),
                            held -> {});
                    WarehouseCatalog catalog = WarehouseCatalog.open(read.storage(), password)) {
                LoadWithdrawals.Outcome outcome = new LoadWithdrawals(catalog, dataSource, lock, context.clock())
                        .withdraw(load, isWithLater, why, ProcessOwner.name());
                print(outcome, new Releases(dataSource).currentId());
            }
        }
        return 0;
    }

    private void print(LoadWithdrawals.Outcome outcome, @Nullable ReleaseId current) {
        print("Load " + load + " of feed " + outcome.feed() + " (" + outcome.businessDate() + ")"
                + (outcome.wasWithdrawnBefore()
                        ? " was already withdrawn; nothing to do."
                        : isWithLater ? " is withdrawn, with every later one of the feed." : " is withdrawn."));
        print(
                outcome.lastDate() == null
                        ? "The feed now counts as never loaded."
                        : "The latest date of the feed is " + outcome.lastDate() + ".");
        for (ReleaseId release : outcome.releases()) {
            print("Release " + release + " was created with it"
                    + (release.equals(current)
                            ? ", and readers see it: withdraw it too, fpw withdraw release " + release
                            : "."));
        }
    }

    private void print(String line) {
        context.out().println(line);
    }
}
