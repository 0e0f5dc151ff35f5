package uk.fpw.nightly.cli.make;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.nightly.cli.option.AdoptFolderOption;
import uk.fpw.nightly.cli.option.ChosenRelease;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.cli.option.PageMaking;
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
                    + "command repeats that, or makes the pages of an earlier release in a folder of their own."
        })
public final class ReportCommand implements Callable<Integer> {

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
        Force.Identity read = force.readIdentity(context);
        String password = WarehouseDatabase.password(read.storage(), context.environment());
        Path pages;
        String obstacle;
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(read.storage(), password, 4)) {
            IdentityCheck identity = WarehouseOwnership.of(read, force.find(context), dataSource);
            identity.compare(adopt.isGiven());
            Releases releases = new Releases(dataSource);
            ReleaseId chosen = ChosenRelease.id(releases, release);
            identity.confirm(adopt.isGiven());
            ReleaseFiles.requireWhole(
                    read.storage().warehouse(),
                    chosen,
                    Models.all().stream().map(Model::table).toList());
            try (WarehouseCatalog catalog = WarehouseCatalog.open(read.storage(), password)) {
                Sites sites = PageMaking.of(context, force, read, dataSource, catalog);
                pages = release == null ? current(sites) : earlier(sites, read, find(releases, chosen));
                obstacle = sites.readers().obstacle(context.launcher());
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
