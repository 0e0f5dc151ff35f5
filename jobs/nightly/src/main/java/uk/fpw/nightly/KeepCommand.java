package uk.fpw.nightly;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.nightly.night.Database;
import uk.fpw.nightly.night.Identities;
import uk.fpw.publish.ReleaseExport;
import uk.fpw.warehouse.catalog.WarehouseCatalog;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.identity.IdentityCheck;
import uk.fpw.warehouse.ledger.Releases;
import uk.fpw.warehouse.lock.WarehouseLock;
import uk.fpw.warehouse.release.ReleaseNames;

@Command(
        name = "keep",
        description = {
            "Gives a release a name, under which it is kept for good: a figure that was quoted can then be asked "
                    + "for again at any time.",
            "A release without a name can be queried for 14 days, or while it is among the latest three.",
            "fpw keep --give-up NAME takes the name away; nights then clear the release away like any other."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class KeepCommand implements Callable<Integer> {

    @Parameters(index = "0", arity = "0..1", paramLabel = "RELEASE", description = "Such as 2016-01-12.1.")
    private @Nullable String release;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NAME",
            description =
                    "Such as inspection-2016: up to 40 small letters, digits and hyphens. No two releases have the "
                            + "same one.")
    private @Nullable String name;

    @Option(names = "--give-up", paramLabel = "NAME", description = "The name that is no longer needed.")
    private @Nullable String givenUp;

    @Mixin
    private final ForceOption force = new ForceOption();

    @Mixin
    private final AdoptFolderOption adopt = new AdoptFolderOption();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final Surroundings surroundings;

    KeepCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        boolean keeps = release != null && name != null && givenUp == null;
        if (!keeps && (givenUp == null || release != null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "say which release is to be kept under which name, or which name is given up: fpw keep RELEASE "
                            + "NAME, fpw keep --give-up NAME");
        }
        Force.Identity read = force.readIdentity(surroundings);
        String password = Database.password(read.storage(), surroundings.environment());
        try (HikariDataSource dataSource = Database.openExisting(read.storage(), password, 4)) {
            IdentityCheck identity = Identities.of(read, force.find(surroundings), dataSource);
            identity.compare(adopt.isGiven());
            ReleaseNames names = new ReleaseNames(dataSource, read.storage().warehouse());
            if (release != null && name != null) {
                keep(dataSource, identity, names, read, password, release, name);
            } else if (givenUp != null) {
                surroundings
                        .out()
                        .println("Release " + names.giveUp(givenUp) + " is no longer kept as " + givenUp
                                + "; a night clears it away once it is older than 14 days and not among "
                                + "the latest three.");
            }
        }
        return 0;
    }

    /** Under the lock, so that no night clears away what is being kept. */
    private void keep(
            HikariDataSource dataSource,
            IdentityCheck identity,
            ReleaseNames names,
            Force.Identity read,
            String password,
            String releaseId,
            String as) {
        Path warehouse = read.storage().warehouse();
        try (WarehouseLock lock =
                WarehouseLock.acquire(dataSource::getConnection, "keeping of " + releaseId, read.zone())) {
            identity.confirm(adopt.isGiven());
            names.give(releaseId, as);
            surroundings.out().println("Release " + releaseId + " is kept as " + as + ".");
            if (!Files.isDirectory(new WarehouseFolder(warehouse).export(releaseId))) {
                try (WarehouseCatalog catalog = WarehouseCatalog.open(read.storage(), password)) {
                    Path folder = new ReleaseExport(new Releases(dataSource), catalog, warehouse).parquet(releaseId);
                    surroundings
                            .out()
                            .println("Its export was cleared away already, and is written again: "
                                    + surroundings.shown(folder));
                }
            }
            lock.check();
        }
    }
}
