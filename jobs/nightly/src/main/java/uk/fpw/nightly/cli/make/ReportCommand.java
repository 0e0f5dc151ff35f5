package uk.fpw.nightly.cli.make;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.look.LookLog;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.nightly.cli.option.AdoptFolderOption;
import uk.fpw.nightly.cli.option.ChosenRelease;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.cli.option.PageMaking;
import uk.fpw.nightly.cli.option.ProcessOwner;
import uk.fpw.nightly.cli.option.ReasonOption;
import uk.fpw.nightly.program.Program;
import uk.fpw.nightly.program.ProgramException;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.run.database.WarehouseOwnership;
import uk.fpw.nightly.site.Sites;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.identity.IdentityCheck;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.release.ReleaseFiles;

/** Implements {@code fpw report}. */
@Command(
        name = "report",
        description = {
            "Makes the pages of a release: what needs attention, the queues, the dictionary.",
            "Every nightly run makes the pages of its own release and shows them as the folder site of the "
                    + "warehouse; this "
                    + "command repeats that, or makes the pages of an earlier release in a folder of their own.",
            "--restricted makes a page of the open cases one by one instead, with keys and dates, in the folder "
                    + "restricted of the warehouse, for you alone: who made it, when and why is recorded first (fpw "
                    + "looks), and runs delete it after 7 days."
        })
public final class ReportCommand implements Callable<Integer> {

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    /** The tables of which the page of single cases shows rows. */
    private static final List<String> RESTRICTED = Models.marts().stream()
            .filter(mart -> mart.access() == Model.Access.RESTRICTED)
            .map(Model::table)
            .toList();

    @Mixin
    private final ForceOption force = new ForceOption();

    @Mixin
    private final AdoptFolderOption adopt = new AdoptFolderOption();

    @Option(
            names = "--release",
            paramLabel = "R",
            description = "An earlier release, by its id or pinned name. Default: the current release.")
    private @Nullable String release;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "With --release: the folder to make, which must not exist. Default: of-<release> in the "
                    + "folder sites of the warehouse.")
    private @Nullable Path to;

    @Option(names = "--restricted", description = "Make the page of single cases. Needs --reason.")
    private boolean isRestricted;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "With --restricted: why, for the record. Up to 1,000 characters.")
    private @Nullable String reason;

    @Option(names = "--open", description = "Open the first page in the browser of this desktop.")
    private boolean isOpened;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public ReportCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (to != null && release == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--to is only allowed with --release; the pages of the current release are shown as the folder "
                            + "site of the warehouse");
        }
        String why = why();
        Force.Identity read = force.readIdentity(context);
        String password = WarehouseDatabase.password(read.storage(), context.environment());
        Path pages;
        String obstacle;
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(read.storage(), password, 4)) {
            IdentityCheck identity =
                    WarehouseOwnership.of(read, force.find(context), dataSource, context.environment());
            identity.compare(adopt.isGiven());
            Releases releases = new Releases(dataSource);
            ReleaseId chosen = ChosenRelease.id(releases, release);
            identity.confirm(adopt.isGiven());
            try (WarehouseCatalog catalog = WarehouseCatalog.open(read.storage(), password)) {
                ReleaseFiles.requireWhole(
                        catalog, chosen, Models.all().stream().map(Model::table).toList());
                Sites sites = PageMaking.of(context, force, read, dataSource, catalog);
                if (why != null) {
                    pages = restricted(sites, read, find(releases, chosen), why);
                    obstacle = null;
                } else {
                    pages = release == null ? current(sites) : earlier(sites, read, find(releases, chosen));
                    obstacle = sites.readers().obstacle(context.launcher());
                }
            }
        }
        Path first = pages.resolve("index.html");
        context.out().println("The pages are in " + context.shown(first));
        if (obstacle != null) {
            context.out().println("They are only for this user, because " + obstacle);
        }
        if (isOpened) {
            open(first);
        }
        return ExitCode.DONE.code();
    }

    /** The reason for the page of single cases; null for the other pages. */
    private @Nullable String why() {
        if (!isRestricted) {
            if (reason != null) {
                throw new ParameterException(spec.commandLine(), "--reason is only allowed with --restricted");
            }
            return null;
        }
        if (to != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--to is not allowed with --restricted: the page stays in the folder restricted of the warehouse");
        }
        if (reason == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--restricted shows single cases, and that is recorded with its reason; give one with --reason "
                            + "TEXT");
        }
        return ReasonOption.oneLine(reason, spec);
    }

    private Path restricted(Sites sites, Force.Identity read, Release chosen, String why) {
        WarehouseFolder warehouse = new WarehouseFolder(read.storage().warehouse());
        Path into = warehouse
                .restricted()
                .resolve(
                        chosen.releaseId() + "-" + SECOND.format(context.clock().instant()));
        LookLog log = new LookLog(warehouse, "fpw report", ProcessOwner.nameWithLogin(), context.clock());
        try {
            log.read(chosen.releaseId().value(), RESTRICTED, why);
            makeRestricted(warehouse.restricted());
        } catch (IOException failed) {
            throw FpwException.unavailable(
                    "the read cannot be recorded in " + warehouse.looks() + ", so nothing is shown: " + failed, failed);
        }
        sites.writeRestricted(chosen, into);
        try (log) {
            log.shown(rowCount(warehouse, chosen));
        } catch (IOException failed) {
            throw FpwException.unavailable(
                    "the pages are in " + into + ", but the number of rows is not on record: " + failed, failed);
        }
        return into;
    }

    private static void makeRestricted(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    /** Rows of the tables that the page is made from. */
    private static long rowCount(WarehouseFolder warehouse, Release chosen) throws IOException {
        return ReleaseFile.read(warehouse.release(chosen.releaseId()).releaseFile()).tables().stream()
                .filter(table -> RESTRICTED.contains(table.name()))
                .mapToLong(ReleaseFile.Table::rowCount)
                .sum();
    }

    private static Path current(Sites sites) {
        sites.renew();
        return sites.latest();
    }

    private Path earlier(Sites sites, Force.Identity read, Release chosen) {
        Path into = to == null
                ? new WarehouseFolder(read.storage().warehouse()).siteOf(chosen.releaseId())
                : context.workingFolder().resolve(to);
        if (Files.exists(into, LinkOption.NOFOLLOW_LINKS)) {
            throw FpwException.configuration(into + " already exists; delete it, or choose another folder with --to");
        }
        try {
            Path parent = into.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
        } catch (IOException failed) {
            throw FpwException.unavailable("cannot make the folder for " + into + ": " + failed.getMessage(), failed);
        }
        sites.write(chosen, into.toAbsolutePath());
        return into;
    }

    private static Release find(Releases releases, ReleaseId id) {
        Release found = releases.find(id);
        if (found == null) {
            throw FpwException.configuration("there is no release " + id);
        }
        return found;
    }

    private void open(Path first) {
        String program = System.getProperty("os.name", "").startsWith("Mac") ? "open" : "xdg-open";
        try {
            context.processes()
                    .start(
                            Program.BROWSER,
                            List.of(program, first.toAbsolutePath().toString()),
                            builder ->
                                    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD));
        } catch (ProgramException failed) {
            throw FpwException.unavailable(
                    "the pages were made, but " + program + " could not be started; open " + first + " in a browser",
                    failed);
        }
    }
}
