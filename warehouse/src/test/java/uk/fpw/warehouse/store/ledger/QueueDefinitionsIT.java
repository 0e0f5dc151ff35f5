package uk.fpw.warehouse.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.QueueFingerprint;
import uk.fpw.warehouse.message.PresentationChange;
import uk.fpw.warehouse.message.VersionChange;
import uk.fpw.warehouse.testing.TestDatabase;

class QueueDefinitionsIT {

    private TestDatabase database;
    private QueueDefinitions definitions;

    TestDatabase database() {
        return TestDatabase.inMemory("definitions");
    }

    @BeforeEach
    void migrated() throws SQLException {
        database = database();
        database.baseline("V0070__record_presentation");
        definitions = new QueueDefinitions(database.dataSource());
    }

    @AfterEach
    void drop() throws SQLException {
        if (database != null) { // Without Docker nothing was opened.
            database.drop();
        }
    }

    private static QueueFingerprint waiting(int version, String leaves, String staging) {
        return new QueueFingerprint(
                "waiting",
                version,
                Map.of("enters", "[\"in\"]", "leaves", leaves),
                staging,
                "rules",
                Map.of("service", "working_days"));
    }

    private static QueueFingerprint served(String service) {
        return new QueueFingerprint("waiting", 1, Map.of(), "s", "r", Map.of("service", service, "later", "a"));
    }

    private void release(String id, QueueFingerprint... queues) throws SQLException {
        Release release = new Release(
                ReleaseId.of(id),
                RunId.of("2016-01-12-20160113T040000-0a1b"),
                LocalDate.parse(id.substring(0, 10)),
                Instant.EPOCH,
                "1",
                "f",
                null,
                "d",
                null,
                List.of(),
                List.of());
        try (Connection connection = database.open()) {
            connection.setAutoCommit(false);
            QueueDefinitions.record(connection, release, List.of(queues));
            QueueDefinitions.record(connection, release, List.of(queues));
            connection.commit();
        }
    }

    @Test
    void aVersionStandsForOneDefinition() throws SQLException {
        definitions.requireUnchanged(List.of(waiting(1, "[\"out\"]", "s1")));
        release("2016-01-12.1", waiting(1, "[\"out\"]", "s1"));
        release("2016-01-13.1", waiting(1, "[\"out\"]", "s2"));

        definitions.requireUnchanged(List.of(waiting(1, "[\"out\"]", "s3")));
        assertThatThrownBy(() -> definitions.requireUnchanged(List.of(waiting(1, "[\"gone\"]", "s2"))))
                .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessage("queues/waiting.yml: version 1 had another definition when release 2016-01-12.1 of"
                        + " 2016-01-12 was made (leaves); raise 'version' to 2, so that every row shows"
                        + " which definition it was counted with, or undo the change");

        release("2016-01-14.1", waiting(2, "[\"gone\"]", "s2"));
        assertThatCode(() -> definitions.requireUnchanged(List.of(waiting(2, "[\"gone\"]", "s2"))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> definitions.requireUnchanged(List.of(waiting(1, "[]", "s2"))))
                .hasMessageContaining("raise 'version' to 3");
        assertThat(database.query("select queue, queue_version, first_business_date, first_release_id"
                        + " from ops.queue_definition order by queue_version"))
                .containsExactly("waiting | 1 | 2016-01-12 | 2016-01-12.1", "waiting | 2 | 2016-01-14 | 2016-01-14.1");
        assertThat(definitions.usedIn(ReleaseId.of("2016-01-13.1")))
                .isEqualTo(Map.of(
                        "waiting",
                        new QueueDefinitions.Used("waiting", 1, "s2", "rules", Map.of("service", "working_days"))));
        assertThat(definitions.usedIn(ReleaseId.of("2015-12-31.1"))).isEmpty();
    }

    @Test
    void aNewVersionSaysSinceWhenItCountsAndWhichWasBefore() throws SQLException {
        List<QueueFingerprint> first = List.of(waiting(1, "[\"out\"]", "s1"));
        List<QueueFingerprint> second = List.of(waiting(2, "[\"gone\"]", "s1"));
        assertThat(definitions.versionChanges(first, LocalDate.of(2016, 1, 12))).isEmpty();
        released("2016-01-12.1", 1);
        released("2016-01-13.1", 1);
        assertThat(definitions.versionChanges(first, LocalDate.of(2016, 1, 13))).isEmpty();

        Map<String, VersionChange> since14 = Map.of("waiting", new VersionChange(LocalDate.of(2016, 1, 14), 1));
        assertThat(definitions.versionChanges(second, LocalDate.of(2016, 1, 14)))
                .isEqualTo(since14);
        released("2016-01-14.1", 2);
        assertThat(definitions.versionChanges(second, LocalDate.of(2016, 1, 14)))
                .as("the night again")
                .isEqualTo(since14);
        // The tenth is the latest, although not in alphabetical order.
        for (int number = 2; number <= 10; number++) {
            released("2016-01-14." + number, 2);
        }
        released("2016-01-20.1", 2);
        assertThat(definitions.versionChanges(second, LocalDate.of(2016, 1, 21)))
                .isEqualTo(since14);
        assertThat(definitions.versionChanges(second, LocalDate.of(2016, 1, 14)))
                .as("later dates do not count")
                .isEqualTo(since14);
        assertThat(definitions.versionChanges(
                        List.of(new QueueFingerprint("other", 5, Map.of(), "s", "r", Map.of())),
                        LocalDate.of(2016, 1, 21)))
                .as("a queue that no release has")
                .isEmpty();

        released("2016-01-21.1", 1);
        assertThat(definitions.versionChanges(first, LocalDate.of(2016, 1, 22)))
                .as("back to a version that was there before")
                .isEqualTo(Map.of("waiting", new VersionChange(LocalDate.of(2016, 1, 21), 2)));
    }

    @Test
    void withdrawnReleasesLeaveNoDateOfAVersionBehind() throws SQLException {
        released("2016-01-12.1", 1);
        released("2016-01-13.1", 2);
        released("2016-01-14.1", 2);
        database.execute("update ops.release set withdrawn_at = current_timestamp, withdrawn_by = 'u',"
                + " withdrawn_reason = 'r' where release_id in ('2016-01-13.1', '2016-01-14.1')");

        assertThat(definitions.versionChanges(List.of(waiting(2, "[\"gone\"]", "s1")), LocalDate.of(2016, 1, 15)))
                .isEqualTo(Map.of("waiting", new VersionChange(LocalDate.of(2016, 1, 15), 1)));
        assertThat(definitions.versionChanges(List.of(waiting(1, "[\"out\"]", "s1")), LocalDate.of(2016, 1, 15)))
                .as("the new version was taken back with its releases")
                .isEmpty();
    }

    @Test
    void otherDaysOfServiceAreKeptAndSaySinceWhen() throws SQLException {
        LocalDate today = LocalDate.of(2016, 1, 16);
        released("2016-01-12.1", served("working_days"));
        released("2016-01-13.1", served("working_days"));
        assertThat(definitions.presentationChanges(List.of(served("working_days")), today))
                .isEmpty();
        assertThat(definitions.presentationChanges(List.of(served("every_day")), today))
                .isEqualTo(Map.of("waiting", Map.of("service", new PresentationChange(today, "working_days"))));

        definitions.requireUnchanged(List.of(served("every_day")));
        released("2016-01-14.1", served("every_day"));
        released("2016-01-15.1", served("every_day"));
        assertThat(definitions.presentationChanges(List.of(served("every_day")), today))
                .isEqualTo(Map.of(
                        "waiting",
                        Map.of("service", new PresentationChange(LocalDate.of(2016, 1, 14), "working_days"))));
        assertThat(definitions.usedIn(ReleaseId.of("2016-01-15.1")).get("waiting"))
                .extracting(QueueDefinitions.Used::presentation)
                .isEqualTo(Map.of("service", "every_day", "later", "a"));
        assertThat(database.query("select release_id, presentation from ops.release_queue order by release_id"))
                .startsWith(
                        "2016-01-12.1 | {\"later\":\"a\",\"service\":\"working_days\"}",
                        "2016-01-13.1 | {\"later\":\"a\",\"service\":\"working_days\"}",
                        "2016-01-14.1 | {\"later\":\"a\",\"service\":\"every_day\"}");
    }

    /** Earlier versions charted everything per working day, and knew no other field. */
    @Test
    void releasesOfEarlierVersionsWereChartedPerWorkingDay() throws SQLException {
        released("2016-01-12.1", served("every_day"));
        LocalDate today = LocalDate.of(2016, 1, 13);
        database.execute("update ops.release_queue set presentation = null");
        assertThat(definitions.presentationChanges(List.of(served("working_days")), today))
                .isEmpty();
        assertThat(definitions.presentationChanges(List.of(served("every_day")), today))
                .isEqualTo(Map.of("waiting", Map.of("service", new PresentationChange(today, "working_days"))));

        database.execute("alter table ops.release_queue drop column presentation");
        assertThat(definitions.usedIn(ReleaseId.of("2016-01-12.1")).get("waiting"))
                .as("in a database that this version has not used yet")
                .extracting(QueueDefinitions.Used::presentation)
                .isEqualTo(Map.of("service", "working_days"));
    }

    private void released(String id, int version) throws SQLException {
        released(id, waiting(version, version == 1 ? "[\"out\"]" : "[\"gone\"]", "s1"));
    }

    private void released(String id, QueueFingerprint queue) throws SQLException {
        database.execute("insert into ops.release (release_id, run_id, business_date, released_at, software_version,"
                + " force_digest, key_fingerprint, digest) values ('" + id + "', 'run', date '" + id.substring(0, 10)
                + "', current_timestamp, '1', 'f', null, 'd')");
        release(id, queue);
    }
}
