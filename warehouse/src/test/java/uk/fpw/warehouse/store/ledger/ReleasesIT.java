package uk.fpw.warehouse.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.DeliveryState;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.ReleasedFeed;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.release.ReleaseFiles;
import uk.fpw.warehouse.store.release.ReleasePointer;
import uk.fpw.warehouse.testing.TestDatabase;

class ReleasesIT {

    private static final LocalDate DAY = LocalDate.of(2016, 1, 12);

    @TempDir
    Path warehouse;

    private TestDatabase database;
    private Releases releases;

    TestDatabase database() {
        return TestDatabase.embedded(warehouse);
    }

    @BeforeEach
    void migrated() throws Exception {
        database = database();
        database.baseline("V0046__tell_old_content_from_not_due", "V0052__keep_changes_once");
        releases = new Releases(database.dataSource());
    }

    private static Release release(String id, String digest) {
        return release(
                id,
                digest,
                Instant.parse("2016-01-13T05:00:00Z")
                        .plusSeconds(Integer.parseInt(id.substring(id.lastIndexOf('.') + 1))));
    }

    private static Release releasedAt(String id, String releasedAt) {
        return release(id, "d", Instant.parse(releasedAt));
    }

    private static Release release(String id, String digest, Instant releasedAt) {
        return new Release(
                ReleaseId.of(id),
                RunId.of("2016-01-12-20160113T040000-0a1b"),
                DAY,
                releasedAt,
                "0.1.0",
                "f0",
                null,
                digest,
                null,
                List.of(new Release.Table("mart.queue_daily", 7, 2, "d1")),
                List.of(
                        new ReleasedFeed("closures", DAY.minusDays(1), DAY, DeliveryState.NOT_DELIVERED, 0),
                        new ReleasedFeed("requests", DAY, DAY, DeliveryState.CURRENT, 0)));
    }

    private void flip(Release release) throws Exception {
        try (Connection connection = database.open()) {
            connection.setAutoCommit(false);
            Releases.flip(connection, release);
            connection.commit();
        }
    }

    private void file(String id) {
        ReleaseFiles.write(
                warehouse,
                new ReleaseFile(
                        new ReleaseFile.Made(ReleaseId.of(id), DAY, Instant.EPOCH),
                        new ReleaseFile.Owner("f", "F", ZoneId.of("Europe/London")),
                        new ReleaseFile.Versions("0.1.0", "f0", null, "d0"),
                        List.of(),
                        List.of()));
    }

    @Test
    void numberOfAFailedNightIsNotUsedAgain() throws Exception {
        assertThat(releases.nextReleaseId(DAY)).isEqualTo(ReleaseId.of("2016-01-12.1"));
        database.execute("insert into ops.night (run_id, business_date, started_at, status, release_id)"
                + " values ('a', date '2016-01-12', current_timestamp, 'failed', '2016-01-12.10')");
        database.execute("insert into ops.night (run_id, business_date, started_at, status, release_id)"
                + " values ('b', date '2016-01-12', current_timestamp, 'failed', '2016-01-12.9')");

        assertThat(releases.nextReleaseId(DAY)).isEqualTo(ReleaseId.of("2016-01-12.11"));
        assertThat(releases.nextReleaseId(DAY.plusDays(1))).isEqualTo(ReleaseId.of("2016-01-13.1"));
    }

    @Test
    void flipMakesTheReleaseCurrentAndCanBeRepeated() throws Exception {
        assertThat(releases.current()).isNull();
        flip(release("2016-01-12.1", "d"));
        flip(release("2016-01-12.2", "d"));
        flip(release("2016-01-12.2", "d"));

        assertThat(releases.current()).isEqualTo(release("2016-01-12.2", "d"));
        assertThat(releases.list())
                .extracting(Release::releaseId)
                .containsExactly(ReleaseId.of("2016-01-12.2"), ReleaseId.of("2016-01-12.1"));
        assertThatThrownBy(() -> flip(release("2016-01-12.2", "other")))
                .hasMessage("release 2016-01-12.2 was already published with different content (digest d, now other)");
    }

    @Test
    void latestAndNamedReleasesAreKept() throws Exception {
        for (int number = 1; number <= 5; number++) {
            flip(release("2016-01-12." + number, "d"));
        }
        database.execute("update ops.release set name = 'year-end' where release_id = '2016-01-12.1'");

        assertThat(releases.kept(3))
                .extracting(ReleaseId::value)
                .containsExactly("2016-01-12.5", "2016-01-12.4", "2016-01-12.3", "2016-01-12.1");
    }

    @Test
    void clockThatWasAheadDoesNotMakeAnEarlierReleaseTheLatest() throws Exception {
        // 2016-01-12.2 was made while the clock was a month ahead, .10 and .11 after it was corrected
        flip(releasedAt("2016-01-12.1", "2016-01-13T05:00:00Z"));
        flip(releasedAt("2016-01-12.2", "2016-02-13T05:00:00Z"));
        flip(releasedAt("2016-01-12.10", "2016-01-13T06:00:00Z"));
        flip(releasedAt("2016-01-12.11", "2016-01-13T07:00:00Z"));

        assertThat(releases.list())
                .extracting(release -> release.releaseId().value())
                .containsExactly("2016-01-12.11", "2016-01-12.10", "2016-01-12.2", "2016-01-12.1");
        assertThat(releases.kept(2)).extracting(ReleaseId::value).containsExactly("2016-01-12.11", "2016-01-12.10");
        assertThat(releases.before(releasedAt("2016-01-12.10", "2016-01-13T06:00:00Z")))
                .isEqualTo(releasedAt("2016-01-12.2", "2016-02-13T05:00:00Z"));
        assertThat(releases.before(releasedAt("2016-01-12.1", "2016-01-13T05:00:00Z")))
                .isNull();
    }

    @Test
    void releaseIsFoundByItsIdOrItsNameAndNothingElse() throws Exception {
        flip(release("2016-01-12.1", "d"));
        flip(release("2016-01-12.2", "d"));
        database.execute("update ops.release set name = 'year-end' where release_id = '2016-01-12.1'");

        assertThat(releases.idOf("year-end")).isEqualTo(ReleaseId.of("2016-01-12.1"));
        assertThat(releases.idOf("2016-01-12.2")).isEqualTo(ReleaseId.of("2016-01-12.2"));
        for (String other : List.of("2016-01-12.3", "inspection", "../2016-01-12.1")) {
            assertThatThrownBy(() -> releases.idOf(other))
                    .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                            .isEqualTo(ExitCode.CONFIGURATION))
                    .hasMessage("there is no release " + other + "; releases: [2016-01-12.2, 2016-01-12.1]");
        }
    }

    @Test
    void pointerThatNamesNoReleaseIsCorrected() throws Exception {
        flip(release("2016-01-12.1", "d"));
        file("2016-01-12.1");
        Files.writeString(warehouse.resolve("releases/current"), "../../elsewhere\n");

        assertThat(ReleasePointer.read(warehouse)).isNull();
        assertThat(ReleasePointer.repair(warehouse, releases)).isTrue();
        assertThat(ReleasePointer.read(warehouse)).isEqualTo(ReleaseId.of("2016-01-12.1"));
    }

    @Test
    void pointerThatLagsIsCorrected() throws Exception {
        assertThat(ReleasePointer.repair(warehouse, releases)).isFalse();
        flip(release("2016-01-12.1", "d"));
        assertThat(ReleasePointer.repair(warehouse, releases))
                .as("release.json is missing")
                .isFalse();
        assertThat(ReleasePointer.read(warehouse)).isNull();

        file("2016-01-12.1");
        assertThat(ReleasePointer.repair(warehouse, releases)).isTrue();
        assertThat(ReleasePointer.read(warehouse)).isEqualTo(ReleaseId.of("2016-01-12.1"));
        assertThat(ReleasePointer.repair(warehouse, releases)).isFalse();
        assertThat(warehouse.resolve("releases")).isDirectoryNotContaining("glob:**.tmp");
    }
}
