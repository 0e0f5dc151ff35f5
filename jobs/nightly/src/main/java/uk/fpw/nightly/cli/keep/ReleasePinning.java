package uk.fpw.nightly.cli.keep;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.site.KeptPages;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.cli.option.PageMaking;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.run.database.WarehouseOwnership;
import uk.fpw.nightly.site.Sites;
import uk.fpw.publish.ReleaseExport;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.identity.IdentityCheck;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.lock.WarehouseLock;
import uk.fpw.warehouse.store.release.ReleasePins;

/**
 * Implements {@code fpw pin} and {@code fpw unpin}.
 *
 * @param adoptsFolder whether another force folder may take over the warehouse
 */
record ReleasePinning(CliContext context, ForceOption force, boolean adoptsFolder) {

    /**
     * Gives a release a name, under the lock, so that no run deletes what is being pinned, and makes its pages.
     *
     * @return the exit code
     */
    int pin(String release, String name) {
        Force.Identity read = force.readIdentity(context);
        Path warehouse = read.storage().warehouse();
        String password = WarehouseDatabase.password(read.storage(), context.environment());
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(read.storage(), password, 4)) {
            IdentityCheck identity = compared(read, dataSource);
            try (WarehouseLock lock =
                    WarehouseLock.acquire(dataSource::getConnection, "pinning of " + release, read.zone())) {
                identity.confirm(adoptsFolder);
                ReleaseId pinned = new ReleasePins(dataSource, warehouse).pin(release, name);
                context.out().println("Release " + pinned + " is pinned as " + name + ".");
                if (!Files.isDirectory(new WarehouseFolder(warehouse).export(pinned))) {
                    exportAgain(read, dataSource, password, pinned);
                }
                lock.check();
            }
            return renewPages(read, dataSource, password);
        }
    }

    private void exportAgain(Force.Identity read, HikariDataSource dataSource, String password, ReleaseId release) {
        try (WarehouseCatalog catalog = WarehouseCatalog.open(read.storage(), password)) {
            Path folder = new ReleaseExport(
                            new Releases(dataSource), catalog, read.storage().warehouse())
                    .parquet(release);
            context.out()
                    .println("Its export had already been deleted, and is written again: " + context.shown(folder));
        }
    }

    /** Makes the pages again, with those of exactly the releases that are kept, under their names. */
    private int renewPages(Force.Identity read, HikariDataSource dataSource, String password) {
        try (WarehouseCatalog catalog = WarehouseCatalog.open(read.storage(), password)) {
            Sites sites = PageMaking.of(context, force, read, dataSource, catalog);
            if (sites.areMadeByRuns() && sites.renew() != null) {
                context.out()
                        .println("The pages of kept releases are listed in "
                                + context.shown(
                                        sites.latest().resolve(KeptPages.FOLDER).resolve("index.html")));
            }
            return ExitCode.DONE.code();
        } catch (RuntimeException failed) {
            context.err().println("fpw: that is recorded, but not all pages could be made: " + failed.getMessage());
            return ExitCode.LATER_STEP_FAILED.code();
        }
    }

    /** Removes a name from the release that has it; its pages go in the run that deletes the release. */
    void unpin(String name) {
        Force.Identity read = force.readIdentity(context);
        String password = WarehouseDatabase.password(read.storage(), context.environment());
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(read.storage(), password, 4)) {
            compared(read, dataSource);
            ReleaseId release = new ReleasePins(dataSource, read.storage().warehouse()).unpin(name);
            context.out()
                    .println("Release " + release + " is no longer pinned as " + name
                            + "; it is deleted once it is older than 14 days "
                            + "and not among the latest three.");
        }
    }

    private IdentityCheck compared(Force.Identity read, HikariDataSource dataSource) {
        IdentityCheck identity = WarehouseOwnership.of(read, force.find(context), dataSource, context.environment());
        identity.compare(adoptsFolder);
        return identity;
    }
}
