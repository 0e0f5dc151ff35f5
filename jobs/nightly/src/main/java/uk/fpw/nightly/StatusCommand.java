package uk.fpw.nightly;

import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
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
import uk.fpw.ingest.file.Deliveries;
import uk.fpw.ingest.file.UnreadFiles;
import uk.fpw.nightly.night.Database;
import uk.fpw.nightly.night.Identities;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.force.ForceFolderException;
import uk.fpw.warehouse.limit.Acceptance;
import uk.fpw.warehouse.limit.Acceptances;
import uk.fpw.warehouse.ledger.LoadLedger;
import uk.fpw.warehouse.ledger.Release;
import uk.fpw.warehouse.ledger.Releases;
import uk.fpw.warehouse.ledger.WithdrawnReleases;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.NightFailure;

@Command(
        name = "status",
        description =
                "Shows the current release, whether a night is running, the latest nights and the latest load of each feed.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class StatusCommand implements Callable<Integer> {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final int ACCEPTED_DAYS = 28;

    @Mixin
    private final ForceOption force = new ForceOption();

    @Option(
            names = "--fail-unless-released-by",
            paramLabel = "HH:MM",
            converter = TimeOfDay.class,
            description = {
                "End with exit code 7 unless a release of yesterday (or later) was out by this time of day, in the force's zone.",
                "For a timer of its own that tells somebody: before that time of day it looks at the day before."
            })
    private @Nullable LocalTime deadline;

    private final Surroundings surroundings;

    StatusCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Force.Identity read = force.readIdentity(surroundings);
        String password = Database.password(read.storage(), surroundings.environment());
        HikariDataSource made = Database.openIfMade(read.storage(), password, 1);
        if (made == null) {
            return nothingLoaded(read).code();
        }
        try (HikariDataSource dataSource = made) {
            Identities.warn(read, force.find(surroundings), dataSource, surroundings.err());
            Releases releases = new Releases(dataSource);
            Release current = releases.current();
            PrintStream out = surroundings.out();
            String missed = missed(read, releases.listValid());
            heading(read);
            out.println(
                    current == null
                            ? releases.ids().isEmpty()
                                    ? "Release: none yet"
                                    : "Release: none: every one was withdrawn; run a night"
                            : "Release: " + current.releaseId() + ", data as at " + current.businessDate() + ", made "
                                    + at(
                                            current.releasedAt()
                                                    .atZone(read.zone())
                                                    .toOffsetDateTime(),
                                            read.zone())
                                    + current.coverageInWords());
            WithdrawnReleases withdrawn = new WithdrawnReleases(dataSource);
            if (current != null) {
                withdrawn
                        .withdrawnLoads()
                        .getOrDefault(current.releaseId(), List.of())
                        .forEach(load -> out.println("  made with load " + load
                                + ", which was withdrawn: withdraw the release too (fpw withdraw release "
                                + current.releaseId() + "), or run a night"));
            }
            try (Connection connection = dataSource.getConnection()) {
                lock(connection, out, read.zone());
                nights(connection, out, read.zone());
                feeds(connection, out, read.zone());
                ChangesStatus.print(connection, out);
                withdrawn(connection, out, read.zone());
            }
            files(dataSource, current, out);
            accepted(dataSource, out, read.zone());
            return (missed == null ? ExitCode.DONE : ExitCode.NOT_RELEASED).code();
        } catch (SQLException failed) {
            throw new NightFailure(
                    ExitCode.UNAVAILABLE,
                    "the database says: " + failed.getMessage()
                            + ". If no night has run yet, run one; otherwise try again",
                    failed);
        }
    }

    private ExitCode nothingLoaded(Force.Identity read) {
        String missed = missed(read, List.of());
        heading(read);
        surroundings.out().println("Release: none yet; " + Database.nothingLoaded(read.storage()));
        return missed == null ? ExitCode.DONE : ExitCode.NOT_RELEASED;
    }

    private void heading(Force.Identity read) {
        surroundings
                .out()
                .println(read.name() + " (" + read.code() + "), warehouse "
                        + surroundings.shown(read.storage().warehouse()) + "; times in " + read.zone());
    }

    /** Prints what the deadline missed; null if it was kept, or none was given. */
    private @Nullable String missed(Force.Identity read, List<Release> releases) {
        String missed = deadline == null
                ? null
                : Deadline.last(deadline, read.zone(), surroundings.clock()).missed(releases);
        if (missed != null) {
            surroundings.err().println("fpw: " + missed);
        }
        return missed;
    }

    /** What no load has read of the drop folders, and what did not come; a mistake in the force folder must not hide the rest of the status. */
    private void files(HikariDataSource dataSource, @Nullable Release current, PrintStream out) {
        Force whole;
        try {
            whole = ForceFolder.read(force.find(surroundings));
        } catch (ForceFolderException mistaken) {
            return;
        }
        LoadLedger ledger = new LoadLedger(dataSource, surroundings.clock());
        Stream<LocalDate> committed = whole.feeds().stream().map(feed -> ledger.latestCommittedDate(feed.name()));
        LocalDate known = Stream.concat(committed, Stream.ofNullable(current).map(Release::businessDate))
                .filter(Objects::nonNull)
                .max(LocalDate::compareTo)
                .orElse(null);
        if (known != null) {
            lines(UnreadFiles.describe(whole, ledger, known), out);
            lines(Deliveries.describe(whole, ledger, known), out);
        }
    }

    private static void lines(List<String> lines, PrintStream out) {
        if (!lines.isEmpty()) {
            out.println();
            lines.forEach(out::println);
        }
    }

    /** Reads {@code HH:mm}. */
    static final class TimeOfDay implements ITypeConverter<LocalTime> {

        @Override
        public LocalTime convert(String text) {
            try {
                return LocalTime.parse(text);
            } catch (DateTimeParseException wrong) {
                throw new TypeConversionException("'" + text + "' is not a time of day; write it like 07:00");
            }
        }
    }

    private static void lock(Connection connection, PrintStream out, ZoneId zone) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select run_id, host, pid, acquired_at, heartbeat_at from ops.warehouse_lock where run_id is not null")) {
            if (!rows.next()) {
                out.println("Running: no night");
                return;
            }
            out.println("Running: run " + rows.getString("run_id") + ", process " + rows.getLong("pid") + " on host "
                    + rows.getString("host") + ", since " + at(time(rows, "acquired_at"), zone) + ", last sign of life "
                    + at(time(rows, "heartbeat_at"), zone));
        }
    }

    private static void nights(Connection connection, PrintStream out, ZoneId zone) throws SQLException {
        String sql = """
                select run_id, business_date, started_at, finished_at, status, exit_code, release_id, message
                from ops.night
                order by started_at desc
                fetch first 7 rows only""";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            out.println();
            out.println("Latest nights");
            while (rows.next()) {
                String status = rows.getString("status");
                out.println(String.format(
                        Locale.ROOT,
                        "  %s  %-10s %-14s began %s, ended %s  run %s",
                        rows.getString("business_date"),
                        status,
                        status.equals("released")
                                ? rows.getString("release_id")
                                : rows.getString("exit_code") == null ? "" : "exit code " + rows.getString("exit_code"),
                        at(time(rows, "started_at"), zone),
                        at(time(rows, "finished_at"), zone),
                        rows.getString("run_id")));
                String message = rows.getString("message");
                if (message != null) {
                    out.println("      " + message.replace("\n", "\n      "));
                }
            }
        }
    }

    private static void feeds(Connection connection, PrintStream out, ZoneId zone) throws SQLException {
        String sql = """
                select load_id, feed, business_date, status, finished_at, received_count, loaded_count, unchanged_count, repeated_count, refused_count, deleted_count,
                    empty_key_count, held_count
                from (
                    select l.*, row_number() over (partition by feed order by started_at desc) as recency
                    from ops.feed_load l
                    where l.status <> 'withdrawn'
                ) as latest
                where recency = 1
                order by feed""";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            out.println();
            out.println("Latest load of each feed");
            while (rows.next()) {
                out.println(String.format(
                        Locale.ROOT,
                        "  %s  %s  %s %s: received %s, loaded %s, unchanged %s, repeated %s, refused %s%s, deleted %s%s  load %s",
                        rows.getString("feed"),
                        rows.getString("business_date"),
                        rows.getString("status"),
                        at(time(rows, "finished_at"), zone),
                        count(rows, "received_count"),
                        count(rows, "loaded_count"),
                        count(rows, "unchanged_count"),
                        count(rows, "repeated_count"),
                        count(rows, "refused_count"),
                        rows.getLong("empty_key_count") > 0
                                ? " (" + count(rows, "empty_key_count") + " with an empty key)"
                                : "",
                        count(rows, "deleted_count"),
                        rows.getLong("held_count") > 0
                                ? ", held " + count(rows, "held_count")
                                        + " (missing, but not deleted: their keys may be among those that could not be read)"
                                : "",
                        rows.getString("load_id")));
            }
        }
    }

    private static void withdrawn(Connection connection, PrintStream out, ZoneId zone) throws SQLException {
        String sql = """
                select 'release ' || release_id as what, withdrawn_at, withdrawn_by, withdrawn_reason
                from ops.release
                where withdrawn_at is not null
                union all
                select 'load ' || load_id || ' of feed ' || feed, withdrawn_at, withdrawn_by, withdrawn_reason
                from ops.feed_load
                where withdrawn_at is not null
                order by withdrawn_at desc, what
                fetch first 7 rows only""";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            boolean isFirst = true;
            while (rows.next()) {
                if (isFirst) {
                    out.println();
                    out.println("Withdrawn");
                    isFirst = false;
                }
                out.println("  " + rows.getString("what") + ", " + at(time(rows, "withdrawn_at"), zone) + " by "
                        + rows.getString("withdrawn_by") + ": " + rows.getString("withdrawn_reason"));
            }
        }
    }

    /** What is accepted for dates to come, and what was in the last 28 days. */
    private void accepted(DataSource dataSource, PrintStream out, ZoneId zone) {
        Clock clock = surroundings.clock();
        LocalDate from = LocalDate.now(clock.withZone(zone)).minusDays(ACCEPTED_DAYS);
        List<Acceptance> accepted = new Acceptances(dataSource, clock).since(from);
        if (!accepted.isEmpty()) {
            out.println();
            out.println("Accepted limits since " + from);
            accepted.forEach(acceptance ->
                    out.println("  " + acceptance.inWords() + (acceptance.usedByRun() == null ? "; not used" : "")));
        }
    }

    private static @Nullable OffsetDateTime time(ResultSet rows, String column) throws SQLException {
        return rows.getObject(column, OffsetDateTime.class);
    }

    private static String at(@Nullable OffsetDateTime time, ZoneId zone) {
        return time == null ? "-" : MINUTE.format(time.atZoneSameInstant(zone));
    }

    /** A count that was not taken is unknown, never zero. */
    private static String count(ResultSet rows, String column) throws SQLException {
        long count = rows.getLong(column);
        return rows.wasNull() ? "unknown" : String.format(Locale.ROOT, "%,d", count);
    }
}
