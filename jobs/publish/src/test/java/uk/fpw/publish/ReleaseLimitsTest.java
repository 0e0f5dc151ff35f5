package uk.fpw.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import uk.fpw.publish.ReleaseLimits.Verdict;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.Queue;
import uk.fpw.warehouse.force.QueueFingerprint;
import uk.fpw.warehouse.force.Staging;
import uk.fpw.warehouse.limit.Limit;
import uk.fpw.warehouse.release.QueueDefinitions.Used;
import uk.fpw.warehouse.release.Release;
import uk.fpw.warehouse.run.MetricsResult.QueueChange;

class ReleaseLimitsTest {

    private static final Queue QUEUE = new Queue(
            "waiting",
            2,
            "Waiting",
            "What waits.",
            "request",
            "requests",
            List.of("opened"),
            List.of(),
            List.of(new Queue.Exit("closed", "closed", true)),
            List.of(),
            null,
            LocalDate.of(1990, 1, 1),
            0,
            List.of(30),
            null,
            List.of(),
            new Queue.Limits(0.1, 0.1, 0.25, 0.8));

    private static final Force FORCE = withQueue(Example.force(Path.of("/warehouse")), List.of());

    private static final Release CURRENT = new Release(
            "2016-01-11.1",
            "run",
            LocalDate.of(2016, 1, 11),
            Instant.EPOCH,
            "1",
            "f",
            null,
            "d",
            null,
            List.of(),
            List.of());

    private static Force withQueue(Force force, List<Staging> stagings) {
        return new Force(
                force.folder(),
                force.code(),
                force.name(),
                force.zone(),
                force.storage(),
                force.confirmDateAfterDays(),
                force.connections(),
                force.feeds(),
                stagings,
                List.of(QUEUE),
                force.milestones(),
                force.rules(),
                force.schemes(),
                force.gradings(),
                force.facts(),
                force.bankHolidays(),
                force.digest());
    }

    private static Used used(int version, @Nullable String staging) {
        QueueFingerprint now = QueueFingerprint.of(FORCE, QUEUE);
        return new Used("waiting", version, staging == null ? now.stagingDigest() : staging, now.rulesDigest());
    }

    private static List<Verdict> judge(QueueChange change, Used used) {
        return new ReleaseLimits(FORCE).judge(List.of(change), CURRENT, Map.of("waiting", used), Map.of());
    }

    private static QueueChange spells(long gone, long changed) {
        return new QueueChange("waiting", "2016-01-11", 1_002, gone, changed, 751, 751, null, 0, 0);
    }

    private static QueueChange total(long before, long now) {
        return new QueueChange("waiting", "2016-01-11", 1_002, 0, 0, before, now, null, 0, 0);
    }

    private static QueueChange closed(long open, long closed, double usual) {
        return new QueueChange("waiting", "2016-01-11", 1_002, 0, 0, open, open, "withdrawn", closed, usual);
    }

    @Test
    void softDeletionOfAlmostEverythingStops() {
        assertThat(judge(
                        new QueueChange("waiting", "2016-01-11", 1_002, 990, 6, 751, 6, "(gone)", 745, 0.02),
                        used(2, null)))
                .containsExactly(
                        new Verdict(
                                "waiting",
                                Limit.SPELLS,
                                "SPELLS",
                                true,
                                996,
                                "996 of 1,002 spells up to 2016-01-11 are gone (990) or changed (6) since release"
                                        + " 2016-01-11.1, 99.4 %; the limit is 10.0 % and at least 20"),
                        new Verdict(
                                "waiting",
                                Limit.TOTAL,
                                "TOTAL",
                                true,
                                745,
                                "6 waited at the end of 2016-01-11, and 751 by release 2016-01-11.1, a step of 99.2 %;"
                                        + " the limit is 25.0 % and at least 50"),
                        new Verdict(
                                "waiting",
                                Limit.CLOSURES,
                                "CLOSURES",
                                true,
                                745,
                                "745 of 751 items that were open in release 2016-01-11.1 have left as '(gone)',"
                                        + " 99.2 %; usual is up to 2.0 %; the limit is 80.0 % and at least 50"));
    }

    @Test
    void ordinaryNightSaysNothing() {
        assertThat(judge(spells(19, 81), used(2, null))).isEmpty();
        assertThat(judge(spells(0, 19), used(2, null))).isEmpty();
        assertThat(judge(total(751, 938), used(2, null))).isEmpty();
        assertThat(judge(total(40, 89), used(2, null))).isEmpty();
        assertThat(judge(closed(751, 300, 0.01), used(2, null))).isEmpty();
    }

    @Test
    void lateMassChangeStops() {
        assertThat(judge(spells(0, 101), used(2, null)))
                .extracting(Verdict::code, Verdict::stops)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("SPELLS", true));
        assertThat(judge(total(751, 939), used(2, null)))
                .extracting(Verdict::code, Verdict::stops)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("TOTAL", true));
        assertThat(judge(total(10, 60), used(2, null))).hasSize(1);
    }

    @Test
    void closureOfABacklogIsSaidAndOfEverythingStops() {
        assertThat(judge(closed(90, 60, 0.05), used(2, null)))
                .containsExactly(new Verdict(
                        "waiting",
                        null,
                        "CLOSURES",
                        false,
                        60,
                        "60 of 90 items that were open in release 2016-01-11.1 have left as 'withdrawn', 66.7 %;"
                                + " usual is up to 5.0 %"));
        assertThat(judge(closed(60, 49, 0.05), used(2, null)))
                .extracting(Verdict::stops)
                .containsExactly(false);
        assertThat(judge(closed(62, 50, 0.05), used(2, null)))
                .extracting(Verdict::stops)
                .containsExactly(true);
        // a queue that is emptied every day
        assertThat(judge(closed(62, 60, 0.93), used(2, null))).isEmpty();
    }

    @Test
    void anotherVersionRestatesAndStopsNothing() {
        assertThat(judge(spells(900, 0), used(1, null)))
                .containsExactly(
                        new Verdict(
                                "waiting",
                                Limit.SPELLS,
                                "SPELLS",
                                false,
                                900,
                                "900 of 1,002 spells up to 2016-01-11 are gone (900) or changed (0) since release"
                                        + " 2016-01-11.1, 89.8 %; the limit is 10.0 % and at least 20; it did not stop,"
                                        + " because version 2 is another definition than version 1"),
                        new Verdict(
                                "waiting",
                                null,
                                "DEFINITION",
                                false,
                                900,
                                "version 2 instead of 1: all history is counted by it from this release on, earlier"
                                        + " ones keep theirs; 900 of 1,002 spells up to 2016-01-11 are gone (900) or"
                                        + " changed (0) since release 2016-01-11.1, 89.8 %"));
    }

    @Test
    void releaseThatDoesNotSayHowItCountedStopsNothing() {
        assertThat(new ReleaseLimits(FORCE).judge(List.of(spells(900, 0)), CURRENT, Map.of(), Map.of()))
                .extracting(Verdict::stops, verdict -> verdict.message()
                        .endsWith("it did not stop, because release"
                                + " 2016-01-11.1 does not say by which definition the queue was counted"))
                .containsExactly(org.assertj.core.groups.Tuple.tuple(false, true));
    }

    @Test
    void releaseWhoseLoadsWereWithdrawnStopsNothing() {
        Force force = withQueue(
                FORCE,
                List.of(new Staging(
                        "requests",
                        "requests",
                        "request",
                        List.of("requests"),
                        List.of(),
                        List.of("opened"),
                        "select 1",
                        Path.of("/force/staging/requests.sql"))));
        assertThat(new ReleaseLimits(force)
                        .judge(
                                List.of(spells(900, 0)),
                                CURRENT,
                                Map.of("waiting", used(1, null)),
                                Map.of("requests", List.of("2016-01-11.0a1b"))))
                .extracting(Verdict::stops, verdict -> verdict.message()
                        .endsWith("it did not stop, because release 2016-01-11.1 was made with loads that were"
                                + " withdrawn since: requests 2016-01-11.0a1b"))
                .contains(org.assertj.core.groups.Tuple.tuple(false, true));
    }

    @Test
    void withdrawnLoadOfAFeedThatTheQueueDoesNotRestOnExcusesNothing() {
        assertThat(new ReleaseLimits(FORCE)
                        .judge(
                                List.of(spells(900, 0)),
                                CURRENT,
                                Map.of("waiting", used(2, null)),
                                Map.of("other", List.of("2016-01-11.0a1b"))))
                .extracting(Verdict::stops)
                .containsExactly(true);
    }

    @Test
    void changedStagingIsSaidAndStopsIfPastSpellsDiffer() {
        assertThat(judge(spells(0, 10), used(2, "other")))
                .containsExactly(new Verdict(
                        "waiting",
                        null,
                        "DEFINITION",
                        false,
                        10,
                        "its staging queries or rules were changed (cause: definition): 10 of 1,002 spells up to"
                                + " 2016-01-11 are gone (0) or changed (10) since release 2016-01-11.1, 1.0 %"));
        assertThat(judge(spells(0, 11), used(2, "other")))
                .containsExactly(new Verdict(
                        "waiting",
                        Limit.SPELLS,
                        "SPELLS",
                        true,
                        11,
                        "11 of 1,002 spells up to 2016-01-11 are gone (0) or changed (11) since release"
                                + " 2016-01-11.1, 1.1 %, and the staging queries or rules behind it were changed:"
                                + " raise 'version' in queues/waiting.yml if they are the cause"));
    }
}
