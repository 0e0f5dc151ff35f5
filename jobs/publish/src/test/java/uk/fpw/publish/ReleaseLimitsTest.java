package uk.fpw.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.publish.ReleaseLimits.Verdict;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.force.staging.StagingQuery;
import uk.fpw.warehouse.message.MetricsResult.MassClosure;
import uk.fpw.warehouse.message.MetricsResult.QueueChange;
import uk.fpw.warehouse.message.MetricsResult.QueueExcluded;
import uk.fpw.warehouse.message.MetricsResult.Settled;
import uk.fpw.warehouse.store.limit.AcceptableLimit;
import uk.fpw.warehouse.testing.TestQueues;

@Tag("time-zone")
class ReleaseLimitsTest extends ReleaseLimitsTesting {

    private static final Queue LATE = TestQueues.waiting(28);

    private static QueueChange spells(long gone, long changed) {
        return new QueueChange(
                "waiting", "2016-01-11", 1_002, gone, changed, 0, 0, 751, 751, null, null, 0, 0, 0, 0, null);
    }

    private static QueueChange total(long before, long now) {
        return total(before, now, null);
    }

    private static QueueChange total(long before, long now, @Nullable Settled settled) {
        return new QueueChange(
                "waiting", "2016-01-11", 1_002, 0, 0, 0, 0, before, now, settled, null, 0, 0, 0, 0, null);
    }

    @Test
    void softDeletionOfAlmostEverythingStops() {
        assertThat(judge(
                        new QueueChange(
                                "waiting",
                                "2016-01-11",
                                1_002,
                                990,
                                6,
                                0,
                                0,
                                751,
                                6,
                                null,
                                "(gone)",
                                745,
                                0.02,
                                745,
                                0.02,
                                new MassClosure("2016-01-12", "(gone)", 745, null, null, 0)),
                        used(2, null)))
                .containsExactly(
                        new Verdict(
                                "waiting",
                                AcceptableLimit.SPELLS,
                                "SPELLS",
                                true,
                                996,
                                "996 of 1,002 spells up to 2016-01-11 are gone (990) or changed (6) since release"
                                        + " 2016-01-11.1, 99.4 %; the limit is 10.0 % and at least 20"),
                        new Verdict(
                                "waiting",
                                AcceptableLimit.TOTAL,
                                "TOTAL",
                                true,
                                745,
                                "6 waited at the end of 2016-01-11, and 751 by release 2016-01-11.1, a step of 99.2 %;"
                                        + " the limit is 25.0 % and at least 50"),
                        new Verdict(
                                "waiting",
                                AcceptableLimit.CLOSURES,
                                "CLOSURES",
                                true,
                                745,
                                "745 of 751 items that were open in release 2016-01-11.1 have left as"
                                        + " '(gone)', 99.2 %; normal is up to 2.0 %, by the loads of 2016-01-12; the "
                                        + "limit is "
                                        + "80.0 % and at"
                                        + " least 50"));
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
    void anotherVersionRestatesAndStopsNothing() {
        assertThat(judge(spells(900, 0), used(1, null)))
                .containsExactly(
                        new Verdict(
                                "waiting",
                                AcceptableLimit.SPELLS,
                                "SPELLS",
                                false,
                                900,
                                "900 of 1,002 spells up to 2016-01-11 are gone (900) or changed (0) since release"
                                        + " 2016-01-11.1, 89.8 %; the limit is 10.0 % and at least 20;"
                                        + " accepted, because version 2 differs from the definition of version 1"),
                        new Verdict(
                                "waiting",
                                null,
                                "DEFINITION",
                                false,
                                900,
                                "version 2 instead of 1: from this release on, the whole history is"
                                        + " counted with it; earlier releases keep their counts; 900 of 1,002 spells "
                                        + "up to 2016-01-11 are gone (900) or"
                                        + " changed (0) since release 2016-01-11.1, 89.8 %"));
    }

    @Test
    void stepOfDaysThatAreDeclaredProvisionalStopsNothing() {
        ReleaseLimits limits = new ReleaseLimits(withQueue(ExampleCandidates.force(Path.of("/warehouse")), LATE));
        assertThat(limits.judge(
                        List.of(total(751, 400, new Settled("2015-12-14", 700, 690))),
                        CURRENT,
                        Map.of("waiting", used(2, null)),
                        Map.of(),
                        null))
                .extracting(Verdict::limit, Verdict::stops, Verdict::message)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        AcceptableLimit.TOTAL,
                        false,
                        "400 waited at the end of 2016-01-11, and 751 by release 2016-01-11.1, a step of 46.7 %; the"
                                + " limit is 25.0 % and at least 50; accepted, because the days after"
                                + " 2015-12-14 are provisional (provisional_days: 28), and at its end 690 waited"
                                + " instead of 700"));
        assertThat(limits.judge(
                        List.of(total(751, 400, new Settled("2015-12-14", 700, 400))),
                        CURRENT,
                        Map.of("waiting", used(2, null)),
                        Map.of(),
                        null))
                .extracting(Verdict::limit, Verdict::stops)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(AcceptableLimit.TOTAL, true));
    }

    @Test
    void youngQueueStopsNothing() {
        assertThat(judge(
                        new QueueChange(
                                "waiting", "2016-01-11", 1_000, 200, 0, 0, 250, 751, 400, null, null, 0, 0, 0, 0, null),
                        used(2, null)))
                .extracting(Verdict::code, Verdict::stops, verdict -> verdict.message()
                        .endsWith("; accepted, because the queue is new: 250 of 1,000 spells entered in the 28"
                                + " days before"))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("SPELLS", false, true),
                        org.assertj.core.groups.Tuple.tuple("TOTAL", false, true));
    }

    @Test
    void releaseThatDoesNotSayHowItCountedStopsNothing() {
        assertThat(new ReleaseLimits(FORCE).judge(List.of(spells(900, 0)), CURRENT, Map.of(), Map.of(), null))
                .extracting(Verdict::stops, verdict -> verdict.message()
                        .endsWith("accepted, because release"
                                + " 2016-01-11.1 does not record which definition the queue was counted with"))
                .containsExactly(org.assertj.core.groups.Tuple.tuple(false, true));
    }

    @Test
    void releaseWhoseLoadsWereWithdrawnStopsNothing() {
        Force force = withQueue(
                FORCE,
                QUEUE,
                List.of(new StagingQuery(
                        "requests",
                        "requests",
                        "request",
                        List.of("requests"),
                        List.of(),
                        List.of(),
                        List.of("opened"),
                        "select 1",
                        Path.of("/force/staging/requests.sql"))));
        assertThat(new ReleaseLimits(force)
                        .judge(
                                List.of(spells(900, 0)),
                                CURRENT,
                                Map.of("waiting", used(1, null)),
                                Map.of("requests", List.of("2016-01-11.0a1b")),
                                null))
                .extracting(Verdict::stops, verdict -> verdict.message()
                        .endsWith("accepted, because release 2016-01-11.1 was created with"
                                + " loads that have since been withdrawn: requests 2016-01-11.0a1b"))
                .contains(org.assertj.core.groups.Tuple.tuple(false, true));
    }

    @Test
    void nightOfWhichNothingCanBeExpectedStopsNothing() {
        assertThat(new ReleaseLimits(FORCE)
                        .judge(
                                List.of(closed(90, 90, 0.05)),
                                CURRENT,
                                Map.of("waiting", used(2, null)),
                                Map.of(),
                                "the run is part of a backfill"))
                .extracting(Verdict::limit, Verdict::stops, Verdict::message)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        AcceptableLimit.CLOSURES,
                        false,
                        "90 of 90 items that were open in release 2016-01-11.1 have left as 'withdrawn',"
                                + " 100.0 %; normal is up to 5.0 %, by the loads of 2016-01-12; the limit is 80.0 % "
                                + "and at least 50;"
                                + " accepted, because the run is part of a backfill"));
    }

    @Test
    void queueThatLeavesOutMuchStopsWithItsNumbers() {
        ReleaseLimits limits = new ReleaseLimits(FORCE);
        assertThat(limits.judge(List.of(new QueueExcluded("waiting", 19, 60)))).isEmpty();
        assertThat(limits.judge(List.of(new QueueExcluded("waiting", 20, 200)))).isEmpty();
        assertThat(limits.judge(List.of(new QueueExcluded("waiting", 21, 200))))
                .containsExactly(new Verdict(
                        "waiting",
                        AcceptableLimit.LEFT_OUT,
                        "FEW_ITEMS_LEFT_OUT",
                        true,
                        21,
                        "21 of 200 items are excluded or have no known age, 10.5 %; the limit is 10.0 %"
                                + " (limits.max_left_out_share in queues/waiting.yml) and at least 20; fpw query"
                                + " excluded_items lists them"));
    }

    @Test
    void exitsOfThePastStopOnlyIfOtherSqlIsBehindThem() {
        QueueChange late =
                new QueueChange("waiting", "2016-01-11", 1_002, 0, 0, 150, 0, 751, 700, null, null, 0, 0, 0, 0, null);
        assertThat(judge(late, used(2, null))).isEmpty();
        assertThat(judge(late, used(2, "other")))
                .extracting(Verdict::code, Verdict::stops, Verdict::count)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("SPELLS", true, 150L));
    }

    @Test
    void withdrawnLoadOfAFeedThatTheQueueDoesNotRestOnExcusesNothing() {
        assertThat(new ReleaseLimits(FORCE)
                        .judge(
                                List.of(spells(900, 0)),
                                CURRENT,
                                Map.of("waiting", used(2, null)),
                                Map.of("other", List.of("2016-01-11.0a1b")),
                                null))
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
                        AcceptableLimit.SPELLS,
                        "SPELLS",
                        true,
                        11,
                        "11 of 1,002 spells up to 2016-01-11 are gone (0) or changed (11) since release"
                                + " 2016-01-11.1, 1.1 %, and the staging queries or rules behind it were changed:"
                                + " raise 'version' in queues/waiting.yml if they are the cause"));
    }
}
