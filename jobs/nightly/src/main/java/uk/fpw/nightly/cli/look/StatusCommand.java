package uk.fpw.nightly.cli.look;

import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import uk.fpw.ingest.file.MissedDeliveries;
import uk.fpw.ingest.file.UnprocessedFiles;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.cli.option.PageMaking;
import uk.fpw.nightly.cli.option.UnlistedErasures;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.run.database.WarehouseOwnership;
import uk.fpw.nightly.site.PageReaders;
import uk.fpw.nightly.site.PagesStatus;
import uk.fpw.publish.publication.WithdrawnNotices;
import uk.fpw.warehouse.failure.DatabaseErrors;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.force.yaml.ForceFolderException;
import uk.fpw.warehouse.installation.Installation;
import uk.fpw.warehouse.installation.SparkCluster;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Acceptances;
import uk.fpw.warehouse.store.ledger.AccountLedger;
import uk.fpw.warehouse.store.ledger.Publications;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.ledger.RunLedger;
import uk.fpw.warehouse.store.ledger.WithdrawnReleases;
import uk.fpw.warehouse.store.ledger.feed.LoadLedger;
import uk.fpw.warehouse.store.ledger.feed.LoadStatus;
import uk.fpw.warehouse.store.limit.Acceptance;
import uk.fpw.warehouse.store.lock.WarehouseLock;

/** Implements {@code fpw status}. */
@Command(
        name = "status",
        description = "Shows the current release, whether a run is in progress, the latest runs and the "
                + "latest load of each feed.")
public final class StatusCommand implements Callable<Integer> {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final int ACCEPTED_DAYS = 28;

    @Mixin
    private final ForceOption force = new ForceOption();

    @Option(
            names = "--fail-unless-released-by",
            paramLabel = "HH:MM",
            converter = TimeOfDay.class,
            description = {
                "End with exit code 7 unless a release of yesterday (or later) was published by this "
                        + "time of day, in the force's time zone.",
                "For a separate monitoring timer: before that time of day it checks the day before."
            })
    private @Nullable LocalTime deadline;

    /** Number of runs and withdrawals shown. */
    private static final int LATEST = 7;

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public StatusCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Force.Identity read = force.readIdentity(context);
        String password = WarehouseDatabase.password(read.storage(), context.environment());
        HikariDataSource made = WarehouseDatabase.openIfCreated(read.storage(), password, 1);
        if (made == null) {
            return nothingLoaded(read).code();
        }
        try (HikariDataSource dataSource = made) {
            WarehouseOwnership.warn(read, force.find(context), dataSource, context.err());
            WarehouseOwnership.reportErasures(
                    read, force.find(context), dataSource, context.environment(), context.err());
            Releases releases = new Releases(dataSource);
            Release current = releases.current();
            PrintStream out = context.out();
            String missed = missed(read, releases.listValid());
            heading(read);
            out.println(
                    current == null
                            ? releases.ids().isEmpty()
                                    ? "Release: none yet"
                                    : "Release: none: all were withdrawn; run fpw nightly"
                            : "Release: " + current.releaseId() + ", data as at " + current.businessDate()
                                    + ", created "
                                    + at(current.releasedAt(), read.zone())
                                    + current.describeCoverage());
            WithdrawnReleases withdrawn = new WithdrawnReleases(dataSource);
            if (current != null) {
                withdrawn
                        .withdrawnLoads()
                        .getOrDefault(current.releaseId(), List.of())
                        .forEach(load -> out.println("  created with load " + load.describe()
                                + ", which was withdrawn: withdraw the release too (fpw withdraw release "
                                + current.releaseId() + "), or run fpw nightly"));
            }
            WarehouseLock.Holding held = holding(dataSource);
            boolean isRunning = held != null && !held.hasEnded();
            lock(held, out, read.zone());
            runs(new RunLedger(dataSource, context.clock()).latest(LATEST), isRunning, out, read.zone());
            LoadStatus loads = new LoadStatus(dataSource);
            feeds(loads.latest(), isRunning, out, read.zone());
            accounts(new AccountLedger(dataSource).latest(null, null, null), out);
            ChangesStatus.print(loads.comparisons(), out);
            withdrawn(loads.withdrawn(LATEST), out, read.zone());
            published(WithdrawnNotices.of(new Publications(dataSource), read.zone()), out);
            files(dataSource, current, out);
            accepted(dataSource, out, read.zone());
            pages(read, dataSource, out);
            String unlisted = UnlistedErasures.note(dataSource, context.environment());
            if (unlisted != null) {
                out.println();
                out.println("Erasures: " + unlisted);
            }
            LocalDate today = LocalDate.ofInstant(context.clock().instant(), read.zone());
            String reviews = RestrictionReviews.note(dataSource, today);
            if (reviews != null) {
                lines(List.of(reviews), out);
            }
            RetentionStatus.print(dataSource, readable(), password, current, today, out);
            cluster(out);
            if (missed != null && read.pages().areMade()) {
                showOnPages(read, password, dataSource);
            }
            return (missed == null ? ExitCode.DONE : ExitCode.NOT_RELEASED).code();
        } catch (SQLException failed) {
            throw FpwException.unavailable(
                    "the database reports: " + DatabaseErrors.reason(failed)
                            + ". If there was no run yet, run fpw nightly; otherwise try again",
                    failed);
        }
    }

    /** The force folder; null if it has errors, which fpw check names. */
    private @Nullable Force readable() {
        try {
            return force.read(context);
        } catch (ForceFolderException invalid) {
            return null;
        }
    }

    /** Shows on the pages that the deadline was missed. Called last, because it takes seconds. */
    private void showOnPages(Force.Identity read, String password, HikariDataSource dataSource) {
        LocalTime time = Objects.requireNonNull(deadline);
        try (WarehouseCatalog catalog = WarehouseCatalog.open(read.storage(), password)) {
            PageMaking.of(context, force, read, dataSource, catalog)
                    .renewAsLate(
                            Deadline.last(time, read.zone(), context.clock()).businessDate(), time);
        } catch (RuntimeException failed) {
            context.err().println("fpw: the pages do not show it: " + failed.getMessage());
        }
    }

    private ExitCode nothingLoaded(Force.Identity read) {
        String missed = missed(read, List.of());
        heading(read);
        context.out().println("Release: none yet; " + WarehouseDatabase.nothingLoaded(read.storage()));
        return missed == null ? ExitCode.DONE : ExitCode.NOT_RELEASED;
    }

    private void heading(Force.Identity read) {
        context.out()
                .println(read.name() + " (" + read.code() + "), warehouse "
                        + context.shown(read.storage().warehouse()) + "; times in " + read.zone());
    }

    /** Prints why the deadline was missed and returns it; null if it was met or none was given. */
    private @Nullable String missed(Force.Identity read, List<Release> releases) {
        String missed = deadline == null
                ? null
                : Deadline.last(deadline, read.zone(), context.clock()).missed(releases);
        if (missed != null) {
            context.err().println("fpw: " + missed);
        }
        return missed;
    }

    /**
     * Prints files in the drop folders that no load has read, and files that did not arrive. An error in the force
     * folder must not hide the rest of the status.
     */
    private void files(HikariDataSource dataSource, @Nullable Release current, PrintStream out) {
        Force whole;
        try {
            whole = ForceFolder.read(force.find(context));
        } catch (ForceFolderException invalid) {
            return;
        }
        LoadLedger ledger = new LoadLedger(dataSource, context.clock());
        Stream<LocalDate> committed = whole.feeds().stream().map(feed -> ledger.latestCommittedDate(feed.name()));
        LocalDate known = Stream.concat(committed, Stream.ofNullable(current).map(Release::businessDate))
                .filter(Objects::nonNull)
                .max(LocalDate::compareTo)
                .orElse(null);
        if (known != null) {
            lines(UnprocessedFiles.describe(whole, ledger, known), out);
            lines(MissedDeliveries.describe(whole, ledger, known), out);
        }
    }

    private static void lines(List<String> lines, PrintStream out) {
        if (!lines.isEmpty()) {
            out.println();
            lines.forEach(out::println);
        }
    }

    static final class TimeOfDay implements ITypeConverter<LocalTime> {

        @Override
        public LocalTime convert(String text) {
            try {
                return LocalTime.parse(text);
            } catch (DateTimeParseException wrong) {
                throw new TypeConversionException("'" + text + "' is not a time of day; use a form like 07:00");
            }
        }
    }

    private static WarehouseLock.@Nullable Holding holding(HikariDataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return WarehouseLock.holding(connection);
        }
    }

    private static void lock(WarehouseLock.@Nullable Holding held, PrintStream out, ZoneId zone) {
        if (held == null) {
            out.println("Running: none");
        } else if (held.hasEnded()) {
            out.println("Running: none; run " + held.holder().runId()
                    + " ended without recording it (killed, or its disk full), and the next run recovers what it left");
        } else {
            out.println("Running: run " + held.holder().runId() + ", process "
                    + held.holder().pid() + " on host "
                    + held.holder().host() + ", since "
                    + at(held.acquiredAt(), zone) + ", last heartbeat " + at(held.heartbeatAt(), zone));
        }
    }

    /** A run recorded as running while none runs was terminated. */
    private static String shown(String status, boolean isRunning) {
        return status.equals("running") && !isRunning ? "terminated" : status;
    }

    private static void runs(List<RunLedger.Run> runs, boolean isRunning, PrintStream out, ZoneId zone) {
        out.println();
        out.println("Latest runs");
        for (RunLedger.Run run : runs) {
            out.println(String.format(
                    Locale.ROOT,
                    "  %s  %-10s %-14s began %s, ended %s  run %s",
                    run.businessDate(),
                    shown(run.status(), isRunning),
                    run.status().equals("released")
                            ? run.releaseId()
                            : run.exitCode() == null ? "" : "exit code " + run.exitCode(),
                    at(run.startedAt(), zone),
                    at(run.finishedAt(), zone),
                    run.runId()));
            if (run.message() != null) {
                out.println("      " + run.message().replace("\n", "\n      "));
            }
        }
    }

    private static void feeds(List<LoadStatus.LatestLoad> loads, boolean isRunning, PrintStream out, ZoneId zone) {
        out.println();
        out.println("Latest load of each feed");
        for (LoadStatus.LatestLoad load : loads) {
            out.println(String.format(
                    Locale.ROOT,
                    "  %s  %s  %s %s: received %s, loaded %s, unchanged %s, repeated %s%s, refused %s%s%s, deleted "
                            + "%s%s  load %s",
                    load.feed(),
                    load.businessDate(),
                    shown(load.status(), isRunning),
                    at(load.finishedAt(), zone),
                    count(load.received()),
                    count(load.loaded()),
                    count(load.unchanged()),
                    count(load.repeated()),
                    isSome(load.superseded()) ? ", superseded " + count(load.superseded()) : "",
                    count(load.refused()),
                    isSome(load.emptyKey()) ? " (" + count(load.emptyKey()) + " with an empty key)" : "",
                    isSome(load.keptOut()) ? ", kept out " + count(load.keptOut()) : "",
                    count(load.deleted()),
                    isSome(load.held())
                            ? ", held " + count(load.held())
                                    + " (missing, but not deleted: their keys may be "
                                    + "among the unreadable ones)"
                            : "",
                    load.loadId()));
        }
    }

    private static void accounts(List<AccountLedger.Account> accounts, PrintStream out) {
        if (!accounts.isEmpty()) {
            out.println();
            out.println("Rows in the figures, by the latest computation, of "
                    + accounts.get(0).businessDate());
            accounts.forEach(account -> out.println(
                    "  " + account.rows().feed() + "  " + account.rows().describe()));
        }
    }

    private static void withdrawn(List<LoadStatus.Withdrawn> withdrawn, PrintStream out, ZoneId zone) {
        if (!withdrawn.isEmpty()) {
            out.println();
            out.println("Withdrawn");
            withdrawn.forEach(one -> out.println(
                    "  " + one.what() + ", " + at(one.at(), zone) + " by " + one.by() + ": " + one.reason()));
        }
    }

    private static void published(List<String> notices, PrintStream out) {
        if (!notices.isEmpty()) {
            out.println();
            out.println("Published figures to restate (fpw publication --restate)");
            notices.forEach(notice -> out.println("  " + notice));
        }
    }

    /** Prints what is accepted for future dates, and what was accepted for the last 28 days. */
    private void accepted(DataSource dataSource, PrintStream out, ZoneId zone) {
        Clock clock = context.clock();
        LocalDate from = LocalDate.now(clock.withZone(zone)).minusDays(ACCEPTED_DAYS);
        List<Acceptance> accepted = new Acceptances(dataSource, clock).since(from);
        if (!accepted.isEmpty()) {
            out.println();
            out.println("Accepted limits since " + from);
            accepted.forEach(acceptance ->
                    out.println("  " + acceptance.describe() + (acceptance.usedByRun() == null ? "; not used" : "")));
        }
    }

    /** Prints where the pages are and who may read them. */
    private void pages(Force.Identity read, DataSource dataSource, PrintStream out) {
        List<String> lines;
        try {
            PageReaders readers = PageReaders.of(Installation.of(context.environment()), dataSource);
            lines = PagesStatus.lines(read.storage().warehouse(), readers, context.launcher(), context::shown);
        } catch (FpwException invalid) {
            lines = List.of("cannot be made: " + invalid.getMessage());
        }
        if (!lines.isEmpty()) {
            out.println();
            out.println("Pages");
            lines.forEach(line -> out.println("  " + line));
        }
    }

    private void cluster(PrintStream out) {
        try {
            SparkCluster cluster = Installation.of(context.environment()).spark();
            if (cluster != null) {
                out.println();
                out.println(cluster.describe(context.environment()));
            }
        } catch (FpwException invalid) {
            out.println();
            out.println(invalid.getMessage());
        }
    }

    private static String at(@Nullable Instant time, ZoneId zone) {
        return time == null ? "-" : MINUTE.format(time.atZone(zone));
    }

    private static boolean isSome(@Nullable Long count) {
        return count != null && count > 0;
    }

    /** A count that was not taken is unknown, never zero. */
    private static String count(@Nullable Long count) {
        return count == null ? "unknown" : String.format(Locale.ROOT, "%,d", count);
    }
}
