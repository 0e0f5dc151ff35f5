package uk.fpw.nightly.cli.force;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.Year;
import java.util.Comparator;
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
import uk.fpw.warehouse.force.AlteredKeys;
import uk.fpw.warehouse.force.EntryRefusals;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.IgnoredFields;
import uk.fpw.warehouse.force.QueueFingerprint;
import uk.fpw.warehouse.force.change.Change;
import uk.fpw.warehouse.force.feed.BankHolidays;
import uk.fpw.warehouse.force.feed.Delivery;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.force.yaml.ConfigError;
import uk.fpw.warehouse.force.yaml.ForceFolderException;
import uk.fpw.warehouse.installation.Installation;
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

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public CheckCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Force read = force.read(context);
        if (names) {
            boolean isKeyed = Stream.concat(pseudonymisedColumns(read), feedsKeyedByRow(read))
                    .findAny()
                    .isPresent();
            context.out().println(FolderNames.json(read, isKeyed));
            return 0;
        }
        String parts = count(read.feeds().size(), "feed", "feeds") + ", "
                + count(read.stagings().size(), "staging query", "staging queries") + ", "
                + count(read.queues().size(), "queue", "queues") + ", "
                + count(read.rules().size(), "rule", "rules");
        context.out().println(read.name() + " (" + read.code() + "): " + parts + "; the files are valid");
        read.packs().forEach(pack -> context.out()
                .println("pack " + pack.label() + ": " + count(pack.queues().size(), "queue", "queues")
                        + "; fpw test tries " + count(pack.examples().size(), "example", "examples")
                        + " of it on rows of this force"));
        IgnoredFields.of(read).forEach(field -> context.out().println("warning: " + field));
        warnOfUnreconciledFeeds(read);
        warnOfDeliveries(read);
        warnOfUnknownAge(read);
        warnOfRefusals(read);
        UnlistedColumns.warnings(read).forEach(warning -> context.out().println(warning));
        warnOfIncompleteBankHolidays(read);
        warnOfChangesBeforeAnyFigure(read);
        warnOfAlteredKeys(read);
        if (upgrade) {
            reportUpgrade(read);
        }
        WarehouseOwnership.refuseForeignFolder(read.storage());
        Installation installation = Installation.of(context.environment());
        new SparkCommand(context.processes()).describe().forEach(context.out()::println);
        String tables = read.storage().tables();
        if (tables != null) {
            context.out()
                    .println(ObjectStoreSettings.of(tables, context.environment())
                            .describe(tables));
        }
        requireDefinitionsOfEarlierReleases(read, installation);
        if (date == null) {
            reportMissingKey(read);
        } else {
            requireRunCanStart(read, BusinessDate.choose(date, read, context.clock()));
            context.out().println("a run for " + date + " can start");
            reportDueFiles(read, date);
        }
        if (quick) {
            return 0;
        }
        context.out().println("analysing the queries in the Spark process ...");
        List<ConfigError> errors = analyse(read);
        if (!errors.isEmpty()) {
            throw new ForceFolderException(errors);
        }
        context.out().println("the staging queries, rules and queues are valid");
        return 0;
    }

    /**
     * Only if there is a warehouse and it can be opened from here; a folder may be checked where only its files are.
     */
    private void requireDefinitionsOfEarlierReleases(Force read, Installation installation) {
        String variable = read.storage().passwordVariable();
        if (!variable.isEmpty() && !context.environment().containsKey(variable)) {
            return;
        }
        try (HikariDataSource dataSource = WarehouseDatabase.openIfCreated(
                read.storage(), WarehouseDatabase.password(read.storage(), context.environment()), 1)) {
            if (dataSource == null) {
                context.out().println(WarehouseDatabase.nothingLoaded(read.storage()));
                return;
            }
            new QueueDefinitions(dataSource).requireUnchanged(QueueFingerprint.of(read));
            reportReaders(read, dataSource, installation);
            WarehouseOwnership.of(read, dataSource, context.environment()).requireErasures();
            String missing = KeptOutFeeds.missing(
                    read, dataSource, LocalDate.now(context.clock().withZone(read.zone())));
            if (missing != null) {
                context.out()
                        .println("warning: " + missing + "; a renamed feed needs its former name, or new tombstones");
            }
            String unlisted = UnlistedErasures.note(dataSource, context.environment());
            if (unlisted != null) {
                context.out().println(unlisted);
            }
        } catch (FpwException failed) {
            if (failed.exitCode() != ExitCode.UNAVAILABLE || date != null) {
                throw failed;
            }
            context.out()
                    .println("the queues were not compared with those of earlier releases: " + failed.getMessage());
        }
    }

    /** Not an error: the pages are made all the same, for the user of the runs. */
    private void reportReaders(Force read, DataSource dataSource, Installation installation) {
        String obstacle = PageReaders.of(installation, dataSource).obstacle(context.launcher());
        if (obstacle != null && read.identity().pages().areMade()) {
            context.out().println("new pages are only for the user of the runs, because " + obstacle);
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
    private void reportMissingKey(Force read) {
        if (Pseudonymiser.fromEnvironment(context.environment(), KeyFormat.OF_NEW_WAREHOUSES)
                        .fingerprint()
                != null) {
            return;
        }
        Stream.concat(pseudonymisedColumns(read), feedsKeyedByRow(read).map(feed -> feed + ": key: row"))
                .findFirst()
                .ifPresent(what -> context.out()
                        .println("a run needs a pseudonym key (" + what
                                + "), but there is none: create one with 'openssl rand "
                                + "-hex 32', keep it outside the force folder, and set "
                                + Pseudonymiser.KEY_VARIABLE + " or " + Pseudonymiser.KEY_FILE_VARIABLE));
    }

    /** Not an error: folders older than the field do not have it. */
    private void warnOfUnreconciledFeeds(Force read) {
        for (Feed feed : read.feeds()) {
            if (feed.cursor() != null && feed.reconcile() == null) {
                context.out()
                        .println("warning: feeds/" + feed.name()
                                + ".yml: reconcile is missing, so rows deleted from the "
                                + "source (hard deletions) and changes missed by the cursor are found only where a "
                                + "range of the cursor shows them;"
                                + " add 'reconcile: {every: 7 days}', or 'reconcile: none' if there are none");
            }
        }
    }

    /** Not an error: folders older than the field do not have it. */
    private void warnOfDeliveries(Force read) {
        Year year = date == null ? Year.now(context.clock().withZone(read.zone())) : Year.from(date);
        for (Feed feed : read.feeds()) {
            Delivery delivery = feed.delivery();
            if (feed.hasUndeclaredDelivery()) {
                context.out()
                        .println("warning: feeds/" + feed.name()
                                + ".yml: delivery is missing, so a missing file does not "
                                + "stop a run and cannot be distinguished from a late"
                                + " file; add 'delivery: {days: daily}', or the days that have a file");
            } else if (delivery != null && delivery.isMissingBankHolidaysOf(year)) {
                context.out()
                        .println("warning: feeds/" + feed.name()
                                + ".yml: delivery.bank_holidays is false, but bank_holidays.csv has "
                                + listedDays(read, year) + " of " + year
                                + ", so files are due on all of its other weekdays; add them");
            }
        }
    }

    /** Not an error: folders older than the field do not have it. */
    private void warnOfUnknownAge(Force read) {
        for (Feed feed : read.feeds()) {
            if (feed.freshness() == null) {
                boolean isFile = feed.droppedFile() != null;
                context.out()
                        .println("warning: feeds/" + feed.name() + ".yml: freshness is missing, so "
                                + (isFile ? "a file that was not renewed" : "a database that is no longer filled")
                                + " counts as that of the business date; add 'freshness: {dated_by: "
                                + datedBy(feed)
                                + ", max_age_days: 7}', or 'freshness: none' if it is not renewed");
            }
        }
    }

    /** Not an error: the counts are right without it. */
    private void warnOfRefusals(Force read) {
        read.queues().stream()
                .flatMap(queue -> EntryRefusals.of(read, queue).slices().values().stream())
                .distinct()
                .sorted()
                .forEach(reason -> context.out()
                        .println("warning: " + reason + ", so there are no curves, standards or tests by it; add "
                                + "'from: fixed', 'from: event' or 'from: changes'"));
    }

    private static String datedBy(Feed feed) {
        Origin.DroppedFile dropped = feed.droppedFile();
        return dropped == null ? "{column: ...}" : dropped.isDated() ? "file_name" : "modification_time";
    }

    private static String listedDays(Force read, Year year) {
        long days = read.bankHolidays().stream()
                .filter(day -> day.getYear() == year.getValue())
                .count();
        return days == 0 ? "no day" : "only " + count((int) days, "day", "days");
    }

    /** Not an error: the list may be filled in later. Until then the figures of such a year have no working days. */
    private void warnOfIncompleteBankHolidays(Force read) {
        int year = (date == null ? Year.now(context.clock().withZone(read.zone())) : Year.from(date)).getValue();
        BankHolidays.incompleteYears(read.bankHolidays(), year).forEach((incomplete, days) -> context.out()
                .println("warning: bank_holidays.csv: has " + count(days, "day", "days") + " of " + incomplete
                        + ", fewer than the " + BankHolidays.FEWEST_IN_A_YEAR
                        + " that every year has, so its bank holidays count as unknown and control charts of"
                        + " its months have no limits; add the others, or remove these"));
    }

    /** Not an error: the change did happen. But no series can show it. */
    private void warnOfChangesBeforeAnyFigure(Force read) {
        for (Change change : read.changes().all()) {
            boolean isBeforeAll = !change.queues().isEmpty()
                    && change.queues().stream()
                            .map(queue -> read.queue(queue).observedFrom())
                            .allMatch(from -> from != null && change.date().isBefore(from));
            if (isBeforeAll) {
                context.out()
                        .println("warning: changes/" + change.name() + ".yml: date " + change.date()
                                + " is before the figures of its queues begin, so no chart shows it; correct it"
                                + " if it is wrong");
            }
        }
    }

    /** Not an error: the query may produce the loaded values. If it does not, the first run stops. */
    private void warnOfAlteredKeys(Force read) {
        AlteredKeys.of(read).forEach(altered -> context.out()
                .println("warning: " + altered.query() + ": " + altered.key() + " is " + altered.expression()
                        + ", which breaks links and stops the run where it is not the loaded value; remove the "
                        + "function, and change the text in the feed, with transform"));
    }

    private void reportUpgrade(Force read) {
        try (HikariDataSource dataSource = WarehouseDatabase.openIfCreated(
                read.storage(), WarehouseDatabase.password(read.storage(), context.environment()), FOR_FLYWAY)) {
            Map.Entry<ReleaseId, String> latest = dataSource == null
                    ? null
                    : new Releases(dataSource).softwareVersions().lastEntry();
            if (dataSource == null || latest == null) {
                context.out().println("upgrade: no version of fpw has released anything of this folder yet");
                return;
            }
            List<String> changes =
                    BehaviourChanges.of(read, Migrations.of(dataSource).pending());
            String last = "upgrade: fpw " + latest.getValue() + ", which made release " + latest.getKey();
            context.out()
                    .println(
                            changes.isEmpty()
                                    ? last + ", treats this folder as this version does"
                                    : last + ", treats this folder differently from this version:");
            changes.forEach(change -> context.out().println("  " + change));
        }
    }

    private void reportDueFiles(Force read, LocalDate businessDate) {
        for (Feed feed : read.feeds()) {
            Delivery delivery = feed.delivery();
            LocalDate due = feed.dueTo(businessDate);
            if (delivery != null) {
                context.out()
                        .println("feed " + feed.name() + ": "
                                + (due == null ? "no file is due" : "its files up to " + due + " are due") + " ("
                                + delivery.describe() + ")");
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

    private static String count(int number, String one, String several) {
        return number + " " + (number == 1 ? one : several);
    }

    private List<ConfigError> analyse(Force read) {
        Path scratch = createScratchFolder();
        SparkClient spark = new SparkClient(
                new SparkCommand(context.processes()), "", line -> context.out().println("  " + line));
        LocalDate today = LocalDate.now(context.clock().withZone(read.zone()));
        List<ConfigError> errors = spark.check(read, today, scratch);
        // Not in a finally block: if a process failed, its log is here and the message names it.
        delete(scratch);
        return errors;
    }

    /** Creates a folder for the files of a check, which must be deleted after it. */
    public static Path createScratchFolder() {
        try {
            return Files.createTempDirectory("fpw-check-");
        } catch (IOException failed) {
            throw new UncheckedIOException("no temporary folder could be created", failed);
        }
    }

    /** Deletes such a folder with its content. */
    public static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException remains) {
            throw new UncheckedIOException("the temporary folder " + folder + " could not be deleted", remains);
        }
    }
}
