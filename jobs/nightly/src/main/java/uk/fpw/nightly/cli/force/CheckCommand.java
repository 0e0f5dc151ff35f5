package uk.fpw.nightly.cli.force;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.Year;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uk.fpw.ingest.SourcePasswords;
import uk.fpw.layout.KeyFormat;
import uk.fpw.layout.ReleaseId;
import uk.fpw.nightly.cli.option.BusinessDate;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ConfirmDateOption;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.cli.option.FormatOption;
import uk.fpw.nightly.cli.option.ScratchFolder;
import uk.fpw.nightly.cli.option.UnlistedErasures;
import uk.fpw.nightly.run.KeptOutFeeds;
import uk.fpw.nightly.run.MissingDates;
import uk.fpw.nightly.run.RunRequest;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.run.database.WarehouseOwnership;
import uk.fpw.nightly.site.PageReaders;
import uk.fpw.nightly.spark.SparkClient;
import uk.fpw.nightly.spark.SparkCommand;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.QueueFingerprint;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.yaml.ConfigError;
import uk.fpw.warehouse.force.yaml.ForceFolderException;
import uk.fpw.warehouse.installation.Installation;
import uk.fpw.warehouse.installation.NotifySettings;
import uk.fpw.warehouse.installation.ObjectStoreSettings;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.ledger.QueueDefinitions;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.schema.Migrations;

/** Implements {@code fpw check}. */
@Command(
        name = "check",
        description = {
            "Checks a force folder without loading anything, and lists every error with "
                    + "file, line, field and fix.",
            "Checks the files first; then, if there is a warehouse, whether a queue "
                    + "definition has changed without a new version; then the staging queries, rules and queues "
                    + "in the Spark process, against empty tables of the declared types."
        })
public final class CheckCommand implements Callable<Integer> {

    /** Connections that Flyway needs at once. */
    private static final int FOR_FLYWAY = 2;

    @Mixin
    private final ConfirmDateOption confirm = new ConfirmDateOption();

    @Mixin
    private final ForceOption force = new ForceOption();

    @Option(
            names = "--quick",
            description = "Check only the files, without Spark: takes a second instead of half a minute.")
    private boolean quick;

    @Option(
            names = "--names",
            description = "Only print, as JSON, what a scheduler needs to know of the folder: the force, its time "
                    + "zone, feeds with their connections, the variables of passwords, whether a pseudonym key is "
                    + "needed.")
    private boolean names;

    @Option(
            names = {"-d", "--date"},
            paramLabel = "D",
            converter = BusinessDate.Converter.class,
            description = "Also check that a run for this business date could start here: the date, "
                    + "the pseudonym key, the passwords and the database.")
    private @Nullable LocalDate date;

    @Option(
            names = "--upgrade",
            description = "Also show which parts of the folder behave differently from the version of fpw that last "
                    + "ran "
                    + "it; use this before the first run of a new version.")
    private boolean upgrade;

    @Mixin
    private final FormatOption format = new FormatOption();

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public CheckCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (names) {
            return printNames();
        }
        CheckReport report = new CheckReport(context.out(), format.isJson());
        try {
            check(report);
        } catch (ForceFolderException | FpwException failed) {
            report.end(failed);
            throw failed;
        }
        report.end(null);
        return 0;
    }

    private int printNames() {
        if (format.isJson()) {
            throw FpwException.configuration("--names prints JSON of its own; leave out --format");
        }
        Force read = force.read(context);
        boolean isKeyed = Stream.concat(pseudonymisedColumns(read), feedsKeyedByRow(read))
                .findAny()
                .isPresent();
        context.out().println(FolderNames.json(read, isKeyed));
        return 0;
    }

    private void check(CheckReport report) {
        Force read = force.read(context);
        report.files(read);
        LocalDate day = date == null ? LocalDate.now(context.clock().withZone(read.zone())) : date;
        new CheckWarnings(read, Year.from(day)).all().forEach(report::warning);
        if (upgrade) {
            reportUpgrade(read, report);
        }
        WarehouseOwnership.refuseForeignFolder(read.storage());
        Installation installation = Installation.of(context.environment());
        new SparkCommand(context.processes()).describe().forEach(report::note);
        String tables = read.storage().tables();
        if (tables != null) {
            report.note(ObjectStoreSettings.of(tables, context.environment()).describe(tables));
        }
        reportWhoIsTold(report);
        if (date != null) {
            report.asked(date);
        }
        requireDefinitionsOfEarlierReleases(read, installation, report);
        if (date == null) {
            reportMissingKey(read, report);
        } else {
            requireRunCanStart(read, BusinessDate.choose(date, read, context.clock()));
            report.canStart();
            reportDueFiles(read, date, report);
        }
        if (quick) {
            return;
        }
        report.progress("analysing the queries in the Spark process ...");
        List<ConfigError> errors = analyse(read, report);
        if (!errors.isEmpty()) {
            throw new ForceFolderException(errors);
        }
        report.queriesAreValid();
    }

    /**
     * Only if there is a warehouse and it can be opened from here; a folder may be checked where only its files are.
     */
    private void requireDefinitionsOfEarlierReleases(Force read, Installation installation, CheckReport report) {
        String variable = read.storage().passwordVariable();
        if (!variable.isEmpty() && !context.environment().containsKey(variable)) {
            return;
        }
        try (HikariDataSource dataSource = WarehouseDatabase.openIfCreated(
                read.storage(), WarehouseDatabase.password(read.storage(), context.environment()), 1)) {
            if (dataSource == null) {
                report.note(WarehouseDatabase.nothingLoaded(read.storage()));
                return;
            }
            new QueueDefinitions(dataSource).requireUnchanged(QueueFingerprint.of(read));
            reportReaders(read, dataSource, installation, report);
            WarehouseOwnership.of(read, dataSource, context.environment()).requireErasures();
            String missing = KeptOutFeeds.missing(
                    read, dataSource, LocalDate.now(context.clock().withZone(read.zone())));
            if (missing != null) {
                report.warning(missing + "; a renamed feed needs its former name, or new tombstones");
            }
            String unlisted = UnlistedErasures.note(dataSource, context.environment());
            if (unlisted != null) {
                report.note(unlisted);
            }
        } catch (FpwException failed) {
            if (failed.exitCode() != ExitCode.UNAVAILABLE || date != null) {
                throw failed;
            }
            report.note("the queues were not compared with those of earlier releases: " + failed.getMessage());
        }
    }

    /** Not an error: the pages are made all the same, for the user of the runs. */
    /** What is wrong with that is a warning, since no run fails because of it. */
    private void reportWhoIsTold(CheckReport report) {
        try {
            String told = NotifySettings.describe(context.environment());
            if (told != null) {
                report.note(told);
            }
        } catch (FpwException wrong) {
            report.warning("nobody is told of releases and failures: " + wrong.getMessage());
        }
    }

    private void reportReaders(Force read, DataSource dataSource, Installation installation, CheckReport report) {
        String obstacle = PageReaders.of(installation, dataSource).obstacle(context.launcher());
        if (obstacle != null && read.identity().pages().areMade()) {
            report.note("new pages are only for the user of the runs, because " + obstacle);
        }
    }

    private void requireRunCanStart(Force read, LocalDate businessDate) {
        Map<String, String> environment = context.environment();
        Pseudonymiser pseudonymiser = Pseudonymiser.fromEnvironment(environment, KeyFormat.OF_NEW_WAREHOUSES);
        pseudonymisedColumns(read).findFirst().ifPresent(pseudonymiser::require);
        feedsKeyedByRow(read).findFirst().ifPresent(pseudonymiser::requireForRows);
        SourcePasswords passwords = new SourcePasswords(environment);
        read.databases().forEach(passwords::of);
        String password = WarehouseDatabase.password(read.storage(), environment);
        RunRequest run =
                new RunRequest(RunRequest.Task.NIGHTLY, businessDate, null, false, confirm.isConfirmed(), false);
        try (HikariDataSource dataSource = WarehouseDatabase.openIfCreated(read.storage(), password, 1)) {
            if (dataSource == null) {
                MissingDates.requireDate(read, run);
            } else {
                WarehouseOwnership.of(read, dataSource, context.environment()).compare(false);
                MissingDates.requireDate(read, run, dataSource);
            }
        }
    }

    /** Not an error in the folder: the key may be available only where the nightly run is executed. */
    private void reportMissingKey(Force read, CheckReport report) {
        if (Pseudonymiser.fromEnvironment(context.environment(), KeyFormat.OF_NEW_WAREHOUSES)
                        .fingerprint()
                != null) {
            return;
        }
        Stream.concat(pseudonymisedColumns(read), feedsKeyedByRow(read).map(feed -> feed + ": key: row"))
                .findFirst()
                .ifPresent(what -> report.note("a run needs a pseudonym key (" + what
                        + "), but there is none: create one with 'openssl rand "
                        + "-hex 32', keep it outside the force folder, and set "
                        + Pseudonymiser.KEY_VARIABLE + " or " + Pseudonymiser.KEY_FILE_VARIABLE));
    }

    private void reportUpgrade(Force read, CheckReport report) {
        try (HikariDataSource dataSource = WarehouseDatabase.openIfCreated(
                read.storage(), WarehouseDatabase.password(read.storage(), context.environment()), FOR_FLYWAY)) {
            Map.Entry<ReleaseId, String> latest = dataSource == null
                    ? null
                    : new Releases(dataSource).softwareVersions().lastEntry();
            if (dataSource == null || latest == null) {
                report.upgrade("no version of fpw has released anything of this folder yet", List.of());
                return;
            }
            List<String> changes =
                    BehaviourChanges.of(read, Migrations.of(dataSource).pending());
            String last = "fpw " + latest.getValue() + ", which made release " + latest.getKey();
            report.upgrade(
                    changes.isEmpty()
                            ? last + ", treats this folder as this version does"
                            : last + ", treats this folder differently from this version:",
                    changes);
        }
    }

    private static void reportDueFiles(Force read, LocalDate businessDate, CheckReport report) {
        for (Feed feed : read.feeds()) {
            if (feed.delivery() != null) {
                report.due(feed.name(), feed.dueTo(businessDate), feed.delivery());
            }
        }
    }

    private static Stream<String> pseudonymisedColumns(Force read) {
        return read.feeds().stream().flatMap(feed -> feed.columns().stream()
                .filter(column -> column.privacy() == Feed.Privacy.PSEUDONYMISE)
                .map(column -> "feeds/" + feed.name() + ".yml: column '" + column.name() + "'"));
    }

    private static Stream<String> feedsKeyedByRow(Force read) {
        return read.feeds().stream().filter(Feed::isKeyedByRow).map(feed -> "feeds/" + feed.name() + ".yml");
    }

    private List<ConfigError> analyse(Force read, CheckReport report) {
        Path scratch = ScratchFolder.create();
        SparkClient spark =
                new SparkClient(new SparkCommand(context.processes()), "", line -> report.progress("  " + line));
        LocalDate today = LocalDate.now(context.clock().withZone(read.zone()));
        List<ConfigError> errors = spark.check(read, today, scratch);
        // Not in a finally block: if a process failed, its log is here and the message names it.
        ScratchFolder.delete(scratch);
        return errors;
    }
}
