package uk.fpw.nightly.cli.make;

import com.zaxxer.hikari.HikariDataSource;
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
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.nightly.cli.option.AdoptFolderOption;
import uk.fpw.nightly.cli.option.ChosenRelease;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.cli.option.LockOption;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.run.database.WarehouseOwnership;
import uk.fpw.publish.ReleaseExport;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.identity.IdentityCheck;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.lock.WarehouseLock;

/** Implements {@code fpw export}. */
@Command(
        name = "export",
        description = {
            "Writes the marts of a release as plain files: Parquet for any tool, CSV, or an Excel workbook.",
            "Every nightly run exports its own release as Parquet; this command repeats the export, or writes "
                    + "another format."
        })
public final class ExportCommand implements Callable<Integer> {

    private enum Format {
        parquet,
        csv,
        xlsx
    }

    @Parameters(
            arity = "0..1",
            paramLabel = "RELEASE",
            description = "Such as 2016-01-12.1, or its pinned name. Default: the current release.")
    private @Nullable String release;

    @Mixin
    private final ForceOption force = new ForceOption();

    @Mixin
    private final LockOption lockOption = new LockOption();

    @Mixin
    private final AdoptFolderOption adopt = new AdoptFolderOption();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "parquet",
            description = "${COMPLETION-CANDIDATES}. A text in CSV that a spreadsheet would interpret as "
                    + "a formula gets a leading apostrophe. xlsx is one workbook, with a sheet per mart and one "
                    + "for the meaning of the columns. Default: parquet.")
    private Format format = Format.parquet;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "With csv or xlsx: the folder to write to. Default: csv or xlsx in the release's folder of "
                    + "exports.")
    private @Nullable Path to;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public ExportCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (to != null && format == Format.parquet) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--to is only allowed with --format csv or xlsx; Parquet is written to the folder exports of the "
                            + "warehouse");
        }
        Force.Identity read = force.readIdentity(context);
        String password = WarehouseDatabase.password(read.storage(), context.environment());
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(read.storage(), password, 4)) {
            IdentityCheck identity =
                    WarehouseOwnership.of(read, force.find(context), dataSource, context.environment());
            identity.compare(adopt.isGiven());
            Releases releases = new Releases(dataSource);
            ReleaseId chosen = ChosenRelease.id(releases, release);
            try (WarehouseLock lock = WarehouseLock.acquire(
                            dataSource::getConnection,
                            "export of " + chosen,
                            read.zone(),
                            lockOption.timeout(),
                            held -> {});
                    WarehouseCatalog catalog = WarehouseCatalog.open(read.storage(), password)) {
                identity.confirm(adopt.isGiven());
                Path folder = write(
                        new ReleaseExport(releases, catalog, read.storage().warehouse()), read, chosen);
                lock.check();
                context.out().println("Release " + chosen + " is in " + context.shown(folder));
            }
        }
        return 0;
    }

    private Path write(ReleaseExport export, Force.Identity read, ReleaseId chosen) {
        if (format == Format.parquet) {
            return export.parquet(chosen);
        }
        WarehouseFolder warehouse = new WarehouseFolder(read.storage().warehouse());
        if (format == Format.csv) {
            return export.csv(chosen, given(warehouse.csvExport(chosen)));
        }
        return export.workbook(chosen, read, given(warehouse.workbookExport(chosen)));
    }

    /** The folder of {@code --to} if given, otherwise the other one. */
    private Path given(Path other) {
        return to == null ? other : context.workingFolder().resolve(to);
    }
}
