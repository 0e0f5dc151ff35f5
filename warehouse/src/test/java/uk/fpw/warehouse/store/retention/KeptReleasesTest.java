package uk.fpw.warehouse.store.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.WithdrawnReleases;

@Tag("time-zone")
class KeptReleasesTest {

    private static final Instant NOW = Instant.parse("2016-02-01T06:00:00Z");
    private static final Release OLD = release("2016-01-02.1", NOW.minus(Duration.ofDays(30)), 1);
    private static final Release LAST_DAY = release("2016-01-18.1", NOW.minus(Duration.ofDays(14)), 2);
    private static final Release RECENT =
            release("2016-01-19.1", NOW.minus(Duration.ofDays(14)).plusSeconds(1), 3);

    @Test
    void releaseYoungerThanTwoWeeksStaysWithItsSnapshots() {
        KeptReleases kept = kept(Set.of(), Map.of());

        assertThat(kept.ids()).containsExactly(ReleaseId.of("2016-01-19.1"));
        assertThat(kept.snapshotsOf("mart.queue_daily")).containsExactly(3L);
        assertThat(kept.snapshotsOf("mart.other")).isEmpty();
    }

    @Test
    void oneOfTheLatestOrWithANameStaysHoweverOld() {
        KeptReleases kept = kept(Set.of(ReleaseId.of("2016-01-02.1")), Map.of());

        assertThat(kept.ids()).containsExactlyInAnyOrder(ReleaseId.of("2016-01-02.1"), ReleaseId.of("2016-01-19.1"));
        assertThat(kept.snapshotsOf("mart.queue_daily")).containsExactlyInAnyOrder(1L, 3L);
    }

    @Test
    void coreTablesGoAfterThreeDaysUnlessTheReleaseIsOneOfTheLatestOrHasAName() {
        Release threeDays = release("2016-01-29.1", NOW.minus(Duration.ofDays(3)), 4);
        Release younger = release("2016-01-29.2", NOW.minus(Duration.ofDays(3)).plusSeconds(1), 5);

        KeptReleases kept =
                KeptReleases.of(NOW, List.of(OLD, RECENT, threeDays, younger), Set.of(OLD.releaseId()), Map.of());

        assertThat(kept.withoutCore()).containsExactlyInAnyOrder(RECENT.releaseId(), threeDays.releaseId());
        assertThat(kept.snapshotsOf("core.spell")).containsExactlyInAnyOrder(1L, 5L);
        assertThat(kept.snapshotsOf("mart.queue_daily")).containsExactlyInAnyOrder(1L, 3L, 4L, 5L);
    }

    /** The clock may have been ahead when it was created. */
    @Test
    void ageOfAWithdrawnReleaseIsCountedFromItsWithdrawal() {
        KeptReleases kept = kept(
                Set.of(),
                Map.of(
                        ReleaseId.of("2016-01-02.1"),
                                new WithdrawnReleases.Withdrawn(
                                        ReleaseId.of("2016-01-02.1"),
                                        NOW.minus(Duration.ofDays(1)),
                                        "ann",
                                        "wrong file"),
                        ReleaseId.of("2016-01-19.1"),
                                new WithdrawnReleases.Withdrawn(
                                        ReleaseId.of("2016-01-19.1"),
                                        NOW.minus(Duration.ofDays(20)),
                                        "ann",
                                        "wrong file")));

        assertThat(kept.ids()).containsExactly(ReleaseId.of("2016-01-02.1"));
    }

    private static KeptReleases kept(Set<ReleaseId> latest, Map<ReleaseId, WithdrawnReleases.Withdrawn> withdrawn) {
        return KeptReleases.of(NOW, List.of(OLD, LAST_DAY, RECENT), latest, withdrawn);
    }

    private static Release release(String id, Instant releasedAt, long snapshotId) {
        return new Release(
                ReleaseId.of(id),
                RunId.of("2016-01-12-20160113T040000-0a1b"),
                LocalDate.parse(id.substring(0, 10)),
                releasedAt,
                "1",
                "f",
                null,
                "d",
                null,
                List.of(
                        new Release.Table("mart.queue_daily", snapshotId, 1, "d"),
                        new Release.Table("core.spell", snapshotId, 1, "d")),
                List.of());
    }
}
