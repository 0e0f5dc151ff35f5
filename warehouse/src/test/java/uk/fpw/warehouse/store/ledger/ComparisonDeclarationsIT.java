package uk.fpw.warehouse.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.force.ComparisonFingerprint;
import uk.fpw.warehouse.message.Declaration;
import uk.fpw.warehouse.testing.TestDatabase;

class ComparisonDeclarationsIT {

    /** The Monday after a change. */
    private static final LocalDate VISIBLE_FROM = LocalDate.of(2016, 1, 18);

    private TestDatabase database;
    private ComparisonDeclarations declarations;

    TestDatabase database() {
        return TestDatabase.inMemory("declarations");
    }

    @BeforeEach
    void migrated() throws SQLException {
        database = database();
        database.baseline();
        declarations = new ComparisonDeclarations(database.dataSource());
    }

    @AfterEach
    void drop() throws SQLException {
        if (database != null) { // Without Docker nothing was opened.
            database.drop();
        }
    }

    private static ComparisonFingerprint change(String weeks) {
        return change(weeks, VISIBLE_FROM);
    }

    private static ComparisonFingerprint change(String weeks, LocalDate visibleFrom) {
        return new ComparisonFingerprint(
                "changes/outsourcing", visibleFrom, Map.of("weeks", weeks, "date", "\"" + visibleFrom + "\""));
    }

    private static ComparisonFingerprint ofQueue(String of) {
        return new ComparisonFingerprint("queues/waiting/years", null, Map.of("of", of));
    }

    /** Records a release for the date of its id, made at noon. */
    private void release(String id, ComparisonFingerprint... declared) throws SQLException {
        LocalDate date = LocalDate.parse(id.substring(0, 10));
        releaseAt(id, date.atTime(12, 0).toInstant(ZoneOffset.UTC), declared);
    }

    private void releaseAt(String id, Instant releasedAt, ComparisonFingerprint... declared) throws SQLException {
        LocalDate date = LocalDate.parse(id.substring(0, 10));
        database.execute("insert into ops.release (release_id, run_id, business_date, released_at, software_version,"
                + " force_digest, key_fingerprint, digest) values ('" + id + "', 'run', date '" + date
                + "', timestamp with time zone '"
                + releasedAt.toString().replace("T", " ").replace("Z", "+00:00")
                + "', '1', 'f', null, 'd')");
        Release release = new Release(
                ReleaseId.of(id),
                RunId.of("2016-01-12-20160113T040000-0a1b"),
                date,
                releasedAt,
                "1",
                "f",
                null,
                "d",
                null,
                List.of(),
                List.of());
        try (Connection connection = database.open()) {
            connection.setAutoCommit(false);
            ComparisonDeclarations.record(connection, release, List.of(declared));
            ComparisonDeclarations.record(connection, release, List.of(declared));
            connection.commit();
        }
    }

    private @Nullable Declaration of(ComparisonFingerprint declared, String businessDate) {
        return declarations.of(List.of(declared), LocalDate.parse(businessDate)).get(declared.declaration());
    }

    private static Declaration unchanged(String firstSeenOn, @Nullable String absentOn) {
        return new Declaration(
                LocalDate.parse(firstSeenOn), null, null, absentOn == null ? null : LocalDate.parse(absentOn));
    }

    @Test
    void theFirstReleaseWithItIsRemembered() throws SQLException {
        assertThat(of(change("12"), "2016-01-12")).isEqualTo(unchanged("2016-01-12", null));
        release("2016-01-12.1", change("12"), ofQueue("[\"a\"]"));
        release("2016-01-13.1", change("12"), ofQueue("[\"a\"]"));

        assertThat(of(change("12"), "2016-04-01")).isEqualTo(unchanged("2016-01-12", null));
        assertThat(database.query("select declaration, definition, visible_from, first_business_date, first_release_id"
                        + " from ops.comparison_declaration order by declaration"))
                .containsExactly(
                        "changes/outsourcing | {\"date\":\"\\\"2016-01-18\\\"\",\"weeks\":\"12\"} | 2016-01-18 | "
                                + "2016-01-12 | 2016-01-12.1",
                        "queues/waiting/years | {\"of\":\"[\\\"a\\\"]\"} | null | 2016-01-12 | 2016-01-12.1");
        assertThat(database.query("select declaration_count from ops.release")).containsExactly("2", "2");
    }

    @Test
    void whatIsChangedAfterItCouldBeSeenIsFound() throws SQLException {
        release("2016-01-12.1", change("12"));
        release("2016-03-01.1", change("12"));

        Declaration changed = new Declaration(LocalDate.of(2016, 1, 12), LocalDate.of(2016, 3, 2), "weeks", null);
        assertThat(of(change("4"), "2016-03-02")).isEqualTo(changed);
        release("2016-03-02.1", change("4"));
        assertThat(of(change("4"), "2016-05-01")).as("once and for all").isEqualTo(changed);
        assertThat(of(change("12"), "2016-05-01"))
                .as("what was declared first, again")
                .isEqualTo(unchanged("2016-01-12", null));
    }

    @Test
    void aPlanMayBeChangedWhileNothingCanBeSeenOfIt() throws SQLException {
        release("2016-01-12.1", change("12"));
        // until the last day before weeks after the change become visible
        assertThat(of(change("8"), "2016-01-18")).isEqualTo(unchanged("2016-01-18", null));
        assertThat(of(change("8"), "2016-01-19"))
                .isEqualTo(new Declaration(LocalDate.of(2016, 1, 12), LocalDate.of(2016, 1, 19), "weeks", null));
        release("2016-01-18.1", change("8"));
        release("2016-03-01.1", change("8"));

        assertThat(of(change("8"), "2016-03-02")).isEqualTo(unchanged("2016-01-18", null));
        assertThat(of(change("12"), "2016-03-02"))
                .as("back to the plan that was given up")
                .isEqualTo(new Declaration(LocalDate.of(2016, 1, 18), LocalDate.of(2016, 1, 12), "weeks", null));
        // Moving the date to the future does not undo that weeks after the original date could be seen.
        assertThat(of(change("8", LocalDate.of(2016, 6, 6)), "2016-03-02"))
                .isEqualTo(new Declaration(LocalDate.of(2016, 1, 18), LocalDate.of(2016, 3, 2), "date", null));
    }

    @Test
    void aComparisonOfAQueueCanBeSeenAtOnce() throws SQLException {
        release("2016-01-12.1", ofQueue("[\"a\"]"));

        assertThat(of(ofQueue("[\"b\"]"), "2016-01-12"))
                .isEqualTo(new Declaration(LocalDate.of(2016, 1, 12), LocalDate.of(2016, 1, 12), "of", null));
    }

    @Test
    void releasesBeforeItThatDidNotHaveItAreKnown() throws SQLException {
        release("2016-01-12.1");
        release("2016-02-12.1");
        assertThat(of(change("12"), "2016-02-13")).isEqualTo(unchanged("2016-02-13", "2016-02-12"));
        release("2016-02-13.1", change("12"));
        release("2016-02-14.1");

        assertThat(of(change("12"), "2016-02-15")).isEqualTo(unchanged("2016-02-13", "2016-02-12"));
    }

    @Test
    void releasesThatAreOlderThanTheRecordProveNothing() throws SQLException {
        release("2016-02-12.1");
        database.execute("update ops.release set declaration_count = null");

        assertThat(of(change("12"), "2016-02-13")).isEqualTo(unchanged("2016-02-13", null));
    }

    @Test
    void anEarlierDateThatIsReleasedLaterComesLater() throws SQLException {
        release("2016-03-01.1", change("12"));
        // the January night again, made in March after the other
        releaseAt("2016-01-12.1", Instant.parse("2016-03-02T12:00:00Z"), change("4"));

        assertThat(of(change("12"), "2016-03-03")).isEqualTo(unchanged("2016-03-01", null));
        assertThat(of(change("4"), "2016-03-03"))
                .isEqualTo(new Declaration(LocalDate.of(2016, 3, 1), LocalDate.of(2016, 1, 12), "weeks", null));
    }
}
