package uk.fpw.warehouse.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.store.limit.AcceptableLimit;
import uk.fpw.warehouse.store.limit.Acceptance;
import uk.fpw.warehouse.store.limit.LimitBreaches;
import uk.fpw.warehouse.testing.TestDatabase;

class AcceptancesIT {

    private static final LocalDate DAY = LocalDate.of(2016, 1, 12);
    private static final RunId RUN_0 = RunId.of("2016-01-12-20160112T070000-0000");
    private static final RunId RUN_1 = RunId.of("2016-01-12-20160112T070000-0001");
    private static final RunId RUN_2 = RunId.of("2016-01-12-20160112T070000-0002");
    private static final RunId RUN_4 = RunId.of("2016-01-12-20160112T070000-0004");

    private final TestDatabase database = TestDatabase.inMemory("acceptances");

    @BeforeEach
    void migrate() throws SQLException {
        database.baseline();
    }

    @AfterEach
    void drop() throws SQLException {
        database.drop();
    }

    @Test
    void acceptanceHoldsForItsSubjectLimitAndDateOnly() {
        Acceptances acceptances = at("2016-01-12T07:00:00Z");

        assertThat(acceptances.record("requests", AcceptableLimit.DELETED, DAY, "the archive was cleared", "ann"))
                .isEqualTo(accepted(null, null));

        assertThat(acceptances.find("requests", AcceptableLimit.DELETED, DAY)).isEqualTo(accepted(null, null));
        assertThat(acceptances.find("requests", AcceptableLimit.DELETED, DAY.plusDays(1)))
                .isNull();
        assertThat(acceptances.find("requests", AcceptableLimit.CHANGED, DAY)).isNull();
        assertThat(acceptances.find("closures", AcceptableLimit.DELETED, DAY)).isNull();
    }

    @Test
    void ofAQueueEveryRunOfTheDateMayUseItAndTheLatestIsNoted() {
        Acceptances acceptances = at("2016-01-12T07:00:00Z");
        Acceptance held = acceptances.record("waiting", AcceptableLimit.SPELLS, DAY, "the archive was cleared", "ann");

        assertThat(acceptances.usedOn(DAY)).isEmpty();
        acceptances.used(held, RUN_1, "990 of 1,002 spells are gone");
        acceptances.used(held, RUN_2, "996 of 1,002 spells are gone");

        Acceptance used = new Acceptance(
                "waiting",
                AcceptableLimit.SPELLS,
                DAY,
                "the archive was cleared",
                "ann",
                RUN_2,
                "996 of 1,002 spells are gone",
                null);
        assertThat(acceptances.usedOn(DAY)).containsExactly(used);
        assertThat(acceptances.find("waiting", AcceptableLimit.SPELLS, DAY)).isEqualTo(used);
        assertThat(used.describe())
                .isEqualTo("waiting:spells of 2016-01-12 (996 of 1,002 spells are gone), because the archive was "
                        + "cleared (recorded by ann)");
    }

    @Test
    void ofAFeedItServesOneLoadAndOnlyOnceThatIsComplete() throws SQLException {
        Acceptances acceptances = at("2016-01-12T07:00:00Z");
        Acceptance held =
                acceptances.record("requests", AcceptableLimit.DELETED, DAY, "the archive was cleared", "ann");
        load("load-1", "failed", null);
        acceptances.used(held, RUN_1, "load-1", "990 of 1,002 rows deleted");
        assertThat(acceptances.usedOn(DAY)).isEmpty();
        assertThat(acceptances.ofNextRelease(DAY, RUN_1)).isEmpty();
        acceptances.forgetFailed("requests");
        assertThat(acceptances.find("requests", AcceptableLimit.DELETED, DAY)).isEqualTo(held);

        load("load-2", "running", null);
        acceptances.used(held, RUN_2, "load-2", "996 of 1,002 rows deleted");
        assertThat(acceptances.find("requests", AcceptableLimit.DELETED, DAY)).isNotNull();
        database.execute("update ops.feed_load set status = 'loaded' where load_id = 'load-2'");
        acceptances.forgetFailed("requests");
        assertThat(acceptances.find("requests", AcceptableLimit.DELETED, DAY)).isNull();
        assertThat(acceptances.usedOn(DAY)).containsExactly(accepted(RUN_2, "996 of 1,002 rows deleted"));

        // A late file of the same night needs another acceptance.
        assertThat(acceptances.record("requests", AcceptableLimit.DELETED, DAY, "the late file too", "bob"))
                .hasToString("Acceptance[subject=requests, limit=deleted, businessDate=2016-01-12, reason=the archive "
                        + "was cleared (996 of 1,002 rows deleted); then the late file too, "
                        + "recordedBy=bob, usedByRun=2016-01-12-20160112T070000-0002, "
                        + "figures=996 of 1,002 rows deleted, "
                        + "shown=null]");
        assertThat(acceptances.find("requests", AcceptableLimit.DELETED, DAY)).isNotNull();
    }

    @Test
    void withdrawalOfItsLoadDoesNotMakeItHoldAgain() throws SQLException {
        Acceptances acceptances = at("2016-01-12T07:00:00Z");
        Acceptance held = acceptances.record("requests", AcceptableLimit.DELETED, DAY, "do not know", "bob");
        load("load-1", "withdrawn", null);
        acceptances.used(held, RUN_1, "load-1", "990 of 1,002 rows deleted");
        assertThat(acceptances.find("requests", AcceptableLimit.DELETED, DAY)).isNull();

        assertThat(acceptances.record("requests", AcceptableLimit.DELETED, DAY, "the archive was cleared", "ann"))
                .isEqualTo(accepted(null, null));
        assertThat(acceptances.find("requests", AcceptableLimit.DELETED, DAY)).isEqualTo(accepted(null, null));
    }

    @Test
    void afterAStopNoMoreIsAcceptedThanWasShown() throws SQLException {
        Acceptances acceptances = at("2016-01-12T07:00:00Z");
        load("load-1", "failed", "deleted=100,emptied:closed_at=297,emptied:outcome=30");
        load("load-2", "failed", null);
        Acceptance deleted =
                acceptances.record("requests", AcceptableLimit.DELETED, DAY, "the archive was cleared", "ann");
        assertThat(deleted.describe())
                .isEqualTo("requests:deleted of 2016-01-12 (up to 100), because the archive was cleared (recorded by "
                        + "ann)");
        assertThat(acceptances.find("requests", AcceptableLimit.DELETED, DAY)).isEqualTo(deleted);
        LimitBreaches shown = Objects.requireNonNull(deleted.shown());
        assertThat(shown.include("deleted", 110)).isTrue();
        assertThat(shown.include("deleted", 111)).isFalse();
        assertThat(acceptances
                        .record("requests", AcceptableLimit.EMPTIED, DAY, "moved to another system", "ann")
                        .shown())
                .hasToString("297 of column closed_at, 30 of column outcome");

        // A larger excess was reported and is accepted too.
        load("load-3", "failed", "deleted=400");
        assertThat(acceptances
                        .record("requests", AcceptableLimit.DELETED, DAY, "the archive of 2009 too", "ann")
                        .describe())
                .isEqualTo("requests:deleted of 2016-01-12 (up to 400), because the archive of 2009 too (recorded by "
                        + "ann)");
    }

    private void load(String loadId, String status, @Nullable String exceeded) throws SQLException {
        database.execute(
                "insert into ops.feed_load (load_id, run_id, feed, business_date, status, started_at, exceeded) "
                        + "values ('"
                        + loadId + "', 'run', 'requests', date '2016-01-12', '" + status
                        + "', timestamp with time zone '2016-01-12 06:00:00+00:00', "
                        + (exceeded == null ? "null" : "'" + exceeded + "'") + ")");
    }

    @Test
    void reasonOnRecordIsNotReplaced() {
        Acceptances acceptances = at("2016-01-12T07:00:00Z");
        acceptances.record("requests", AcceptableLimit.DELETED, DAY, "the archive was cleared", "ann");

        assertThat(acceptances.record("requests", AcceptableLimit.DELETED, DAY, "do not know", "bob"))
                .isEqualTo(accepted(null, null));
        assertThat(acceptances.since(DAY)).containsExactly(accepted(null, null));
        assertThat(acceptances.since(DAY.plusDays(1))).isEmpty();
    }

    @Test
    void releaseRestsOnWhatWasUsedForItAndNotForTheNext() throws SQLException {
        Acceptances acceptances = at("2016-01-12T07:00:00Z");
        release("2016-01-10.1", "2016-01-10");
        Acceptance held =
                acceptances.record("requests", AcceptableLimit.DELETED, DAY, "the archive was cleared", "ann");
        acceptances.used(held, RUN_1, "996 of 1,002 rows deleted (99.4 %)");
        load("requests", RUN_1);
        Acceptance used = accepted(RUN_1, "996 of 1,002 rows deleted (99.4 %)");
        // recorded but not used, because the limit was not exceeded
        acceptances.record("closures", AcceptableLimit.DELETED, DAY, "perhaps", "ann");

        // The run of the date failed after loading the feed; the next night's run made the release.
        assertThat(acceptances.ofNextRelease(DAY.plusDays(1), RUN_2)).containsExactly(used);
        release("2016-01-13.1", "2016-01-13");
        release("2016-01-14.1", "2016-01-14");

        assertThat(acceptances.ofRelease(ReleaseId.of("2016-01-10.1"))).isEmpty();
        assertThat(acceptances.ofRelease(ReleaseId.of("2016-01-13.1"))).containsExactly(used);
        assertThat(acceptances.ofRelease(ReleaseId.of("2016-01-14.1"))).isEmpty();
        assertThat(acceptances.ofNextRelease(DAY.plusDays(3), RUN_4)).isEmpty();
    }

    @Test
    void releaseThatWasWithdrawnTakesNothingAlong() throws SQLException {
        Acceptances acceptances = at("2016-01-12T07:00:00Z");
        Acceptance deleted =
                acceptances.record("requests", AcceptableLimit.DELETED, DAY, "the archive was cleared", "ann");
        acceptances.used(deleted, RUN_1, "all");
        Acceptance closed = acceptances.record("waiting", AcceptableLimit.CLOSURES, DAY, "closed by decision", "ann");
        acceptances.used(closed, RUN_1, "all");
        load("requests", RUN_1);
        release("2016-01-12.1", "2016-01-12", RUN_1);
        assertThat(acceptances.ofRelease(ReleaseId.of("2016-01-12.1")))
                .extracting(Acceptance::subject)
                .containsExactly("requests", "waiting");

        database.execute("update ops.release set withdrawn_at = released_at");

        assertThat(acceptances.ofNextRelease(DAY.plusDays(1), RUN_2))
                .extracting(Acceptance::subject)
                .containsExactly("requests");
        release("2016-01-13.1", "2016-01-13", RUN_2);
        assertThat(acceptances.ofRelease(ReleaseId.of("2016-01-13.1")))
                .extracting(Acceptance::subject)
                .containsExactly("requests");
    }

    @Test
    void loadThatWasWithdrawnStandsBehindTheReleasesOnlyThatWereMadeWithIt() throws SQLException {
        Acceptances acceptances = at("2016-01-12T07:00:00Z");
        Acceptance deleted =
                acceptances.record("requests", AcceptableLimit.DELETED, DAY, "the archive was cleared", "ann");
        acceptances.used(deleted, RUN_1, "all");
        load("requests", RUN_1);
        release("2016-01-12.1", "2016-01-12");

        database.execute("update ops.feed_load set status = 'withdrawn'");
        database.execute("update ops.release set withdrawn_at = released_at");
        database.execute("insert into ops.release_withdrawn_load (release_id, load_id) values ('2016-01-12.1', " + "'"
                + RUN_1 + ".requests')");
        load("requests", RUN_2);

        assertThat(acceptances.ofRelease(ReleaseId.of("2016-01-12.1")))
                .extracting(Acceptance::subject)
                .containsExactly("requests");
        assertThat(acceptances.ofNextRelease(DAY, RUN_2)).isEmpty();
        release("2016-01-12.2", "2016-01-12");
        assertThat(acceptances.ofRelease(ReleaseId.of("2016-01-12.2"))).isEmpty();
    }

    @Test
    void releaseMadeBeforeTheAcceptanceDoesNotRestOnIt() throws SQLException {
        release("2016-01-12.1", "2016-01-12");
        Acceptances acceptances = at("2016-01-12T12:00:00Z");
        acceptances.used(
                acceptances.record("requests", AcceptableLimit.DELETED, DAY, "the archive was cleared", "ann"),
                RUN_2,
                "all");

        assertThat(acceptances.ofRelease(ReleaseId.of("2016-01-12.1"))).isEmpty();
    }

    @Test
    void reasonIsOneLineThatSaysSomething() {
        for (String none : List.of(" ", "two\nlines", "x".repeat(401))) {
            assertThatThrownBy(() ->
                            new Acceptance("requests", AcceptableLimit.DELETED, DAY, none, "ann", null, null, null))
                    .hasMessage("a reason must be one line of 1 to 400 characters that explains why the "
                            + "change is correct, without personal data");
        }
    }

    private static Acceptance accepted(@Nullable RunId run, @Nullable String figures) {
        return new Acceptance(
                "requests", AcceptableLimit.DELETED, DAY, "the archive was cleared", "ann", run, figures, null);
    }

    private Acceptances at(String instant) {
        return new Acceptances(database.dataSource(), Clock.fixed(Instant.parse(instant), ZoneOffset.UTC));
    }

    /** Records a load of the day. */
    private void load(String feed, RunId run) throws SQLException {
        database.execute(
                "insert into ops.feed_load (load_id, run_id, feed, business_date, status, started_at) values ('" + run
                        + "." + feed + "', '" + run + "', '" + feed + "', date '" + DAY
                        + "', 'loaded', timestamp with time zone '2016-01-12 07:00:00+00:00')");
    }

    private void release(String id, String date) throws SQLException {
        release(id, date, RUN_0);
    }

    /** Records a release made at eight o'clock. */
    private void release(String id, String date, RunId run) throws SQLException {
        database.execute("insert into ops.release (release_id, run_id, business_date, released_at, software_version, "
                + "force_digest, digest) values ('"
                + id + "', '" + run + "', date '" + date + "', timestamp with time zone '" + date
                + " 08:00:00+00:00', '1', 'f', 'd')");
    }
}
