package uk.fpw.nightly.cli.keep;

import com.zaxxer.hikari.HikariDataSource;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import uk.fpw.layout.ReleaseId;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.cli.option.LockOption;
import uk.fpw.nightly.cli.option.PageMaking;
import uk.fpw.nightly.cli.option.ProcessOwner;
import uk.fpw.nightly.cli.option.ReasonOption;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.run.database.WarehouseOwnership;
import uk.fpw.publish.ReleaseWithdrawal;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.lock.WarehouseLock;

/** Implements {@code fpw withdraw release}. */
@Command(
        name = "release",
        description = {
            "Withdraws a release: the previous release becomes current again, in one transaction; "
                    + "if there is none, readers see no release.",
            "A release that is not current is only marked. Its id is never reused."
        })
public final class WithdrawReleaseCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RELEASE", description = "Such as 2016-01-12.1, or its pinned name.")
    @SuppressWarnings("NullAway.Init")
    private String release;

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    @Mixin
    private final ForceOption force = new ForceOption();

    @Mixin
    private final LockOption lockOption = new LockOption();

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public WithdrawReleaseCommand(CliContext context) {
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
            ReleaseId releaseId = new Releases(dataSource).idOf(release);
            try (WarehouseLock lock = WarehouseLock.acquire(
                            dataSource::getConnection,
                            "withdrawal of release " + releaseId,
                            read.zone(),
                            lockOption.timeout(),
                            held -> {});
                    WarehouseCatalog catalog = WarehouseCatalog.open(read.storage(), password)) {
                ReleaseWithdrawal.Outcome outcome = new ReleaseWithdrawal(
                                dataSource, catalog, read.storage().warehouse(), lock, context.clock())
                        .withdraw(releaseId, why, ProcessOwner.name());
                print(releaseId, outcome);
                return laterFailure(outcome, followPages(read, dataSource, catalog));
            }
        }
    }

    /** Shows the pages of the release that is current now; returns what failed, or null. */
    private @Nullable String followPages(Force.Identity read, DataSource dataSource, WarehouseCatalog catalog) {
        try {
            PageMaking.of(context, force, read, dataSource, catalog).follow();
            return null;
        } catch (RuntimeException failed) {
            return String.valueOf(failed.getMessage());
        }
    }

    private void print(ReleaseId releaseId, ReleaseWithdrawal.Outcome outcome) {
        print("Release " + releaseId
                + (outcome.wasWithdrawnBefore() ? " was already withdrawn; nothing to do." : " is withdrawn."));
        if (outcome.current() == null) {
            print("No release is current: readers see no figures until a new release is published.");
        } else {
            print("Readers see release " + outcome.current() + (outcome.wasCurrent() ? " again." : ", as before."));
        }
        if (outcome.isPublishedAgain()) {
            print("Its published rows had been deleted, and were written again.");
        }
    }

    private int laterFailure(ReleaseWithdrawal.Outcome outcome, @Nullable String pagesFailure) {
        String failure = outcome.laterFailure() == null ? pagesFailure : outcome.laterFailure();
        if (failure == null) {
            return ExitCode.DONE.code();
        }
        context.err()
                .println("fpw: the database is up to date as shown above, but not all files: " + failure
                        + "; fix that, then run the same command again");
        return ExitCode.LATER_STEP_FAILED.code();
    }

    private void print(String line) {
        context.out().println(line);
    }
}
