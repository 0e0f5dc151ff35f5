package uk.fpw.warehouse.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.testing.TestDatabase;

/** Which earlier runs of a date a run resumes, from rows of {@code ops.night} one minute apart. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InterruptedRunsIT {

    private static final LocalDate DATE = LocalDate.of(2016, 1, 12);

    @TempDir
    static Path folder;

    private TestDatabase database;
    private Connection open;
    private OpsDatabase ops;
    private RunLedger ledger;
    private int minute;

    /** Once, with an open connection, because an embedded database is closed with the last one. */
    @BeforeAll
    void open() throws SQLException {
        database = TestDatabase.embedded(folder).migrated();
        open = database.open();
        ops = new OpsDatabase(database.dataSource());
        ledger = ledgerAt("2016-01-13T08:00:00Z");
    }

    @AfterAll
    void close() throws SQLException {
        open.close();
    }

    @AfterEach
    void empty() {
        ops.update("delete from ops.night");
        ops.update("delete from ops.release");
        minute = 0;
    }

    @Test
    void nightsThatWereKilledOrStoppedInARowAreResumed() {
        night("failed before", "failed", 3);
        night("killed", "abandoned", null);
        night("stopped", "failed", 143);
        night("left by its session", "failed", 129);
        night("this", "running", null);
        assertThat(ledger.interruptedRuns(DATE, "digest"))
                .containsExactlyInAnyOrder(run("killed"), run("stopped"), run("left by its session"));
    }

    @Test
    void whatAPersonStoppedAtTheKeyboardHasEnded() {
        night("killed", "abandoned", null);
        night("from the keyboard", "failed", 130);
        night("this", "running", null);
        assertThat(ledger.interruptedRuns(DATE, "digest")).isEmpty();
    }

    @Test
    void aNightThatBeganMoreThanADayAgoIsNotResumed() {
        night("killed", "abandoned", null);
        assertThat(ledgerAt("2016-01-14T01:59:59Z").interruptedRuns(DATE, "digest"))
                .containsExactly(run("killed"));
        assertThat(ledgerAt("2016-01-14T02:00:00Z").interruptedRuns(DATE, "digest"))
                .isEmpty();
    }

    private RunLedger ledgerAt(String instant) {
        return new RunLedger(database.dataSource(), Clock.fixed(Instant.parse(instant), ZoneOffset.UTC));
    }

    @Test
    void whatWasInterruptedBeforeANightThatEndedIsNot() {
        night("killed", "abandoned", null);
        night("audited", "failed", 5);
        night("this", "running", null);
        assertThat(ledger.interruptedRuns(DATE, "digest")).isEmpty();
    }

    @Test
    void otherDatesCommandsAndFoldersAreNot() {
        night("killed", "abandoned", null);
        insert("day before", DATE.minusDays(1), "abandoned", null, "nightly", "digest", "R");
        insert("ingest", DATE, "abandoned", null, "ingest", "digest", null);
        insert("other folder", DATE, "abandoned", null, "nightly", "other", "R");
        insert("old", DATE, "abandoned", null, "nightly", null, "R");
        insert("ingest ended", DATE, "loaded", 0, "ingest", "digest", null);
        assertThat(ledger.interruptedRuns(DATE, "digest")).containsExactly(run("killed"));
    }

    @Test
    void aNightThatWasKilledBehindItsReleaseHasEnded() {
        night("killed before", "running", null);
        night("killed", "running", null);
        ops.update(
                "insert into ops.release (release_id, run_id, business_date, released_at, software_version, "
                        + "force_digest, digest)"
                        + " values ('R of killed', 'killed', ?, ?, '0.1.0', 'digest', 'digest')",
                DATE,
                OffsetDateTime.parse("2016-01-13T02:30:00Z"));
        assertThat(ledger.abandonUnfinished())
                .containsExactly(Map.entry(run("killed before"), "abandoned"), Map.entry(run("killed"), "released"));
        assertThat(ops.list(
                        "select exit_code, message from ops.night order by started_at",
                        row -> row.getString(1) + " " + row.getString(2)))
                .containsExactly(
                        "null the process terminated unexpectedly; noticed by a later run",
                        "8 the process terminated unexpectedly after the release");
        assertThat(ledger.interruptedRuns(DATE, "digest")).isEmpty();
    }

    /** The run with that name in the test. */
    private static RunId run(String name) {
        return RunId.of(DATE, Instant.parse("2016-01-13T02:00:00Z"), name.hashCode());
    }

    private void night(String name, String status, @Nullable Integer exitCode) {
        insert(name, DATE, status, exitCode, "nightly", "digest", "R of " + name);
    }

    private void insert(
            String name,
            LocalDate date,
            String status,
            @Nullable Integer exitCode,
            String command,
            @Nullable String digest,
            @Nullable String releaseId) {
        ops.update(
                "insert into ops.night (run_id, business_date, started_at, status, exit_code, command, "
                        + "force_digest, release_id)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                run(name),
                date,
                OffsetDateTime.parse("2016-01-13T02:00:00Z").plusMinutes(minute++),
                status,
                exitCode,
                command,
                digest,
                releaseId);
    }
}
