package uk.fpw.metrics.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.ReleaseId;
import uk.fpw.metrics.cases.CaseRules.CaseQueue;
import uk.fpw.metrics.cases.RecordedEvent.EventDay;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.lifecycle.ItemTimeline;
import uk.fpw.metrics.table.TextRows;
import uk.fpw.warehouse.force.queue.Milestones;

/** Silence and waits of cases, counted by hand; the business date is 30 April 2015. */
@Tag("time-zone")
class CaseFiguresTest {

    private static final int AS_OF = day("2015-04-30");

    private static final Map<String, CaseQueue> QUEUES = Map.of(
            "interview", new CaseQueue(false, true, day("1990-01-01")),
            "whole", new CaseQueue(true, false, day("1990-01-01")),
            "submission", new CaseQueue(true, true, day("1990-01-01")),
            "laboratory", new CaseQueue(true, true, day("1990-01-01")),
            "in_house", new CaseQueue(true, false, day("1990-01-01")));

    private static int day(String day) {
        return (int) LocalDate.parse(day).toEpochDay();
    }

    private static OpenCase known(String since) {
        return new OpenCase("open_devices", 2, "cases:C1", day(since), AS_OF);
    }

    private static RecordedEvent event(String event, String day, long count) {
        return new RecordedEvent("case", event, day(day), count);
    }

    private static WaitingSpell spell(String queue, String item, String from, @Nullable String to) {
        return new WaitingSpell(queue, item, day(from), to == null ? null : (Integer) day(to));
    }

    private static String clock(WaitingSpell... spells) {
        CaseClock clock = CaseClock.of(List.of(spells), QUEUES, AS_OF);
        CaseClock.Days days = clock.days();
        String counted = clock.openQueues() + " queues, " + clock.waitingItems() + " items";
        if (days == null) {
            return counted + ", " + clock.reason();
        }
        CaseClock.Now now = days.now();
        return counted + ", " + days.waited() + " days"
                + (now == null
                        ? ""
                        : ", now " + now.unbroken() + " since " + LocalDate.ofEpochDay(now.since()) + ", " + now.stage()
                                + " " + (AS_OF - now.stageSince()));
    }

    /** With the limits of the milestones: 20 cases, 20 percent. */
    private static CaseRules rules(@Nullable String silenceReason, @Nullable String clockReason) {
        return new CaseRules(ItemTimeline.milestones(), AS_OF, silenceReason, clockReason, QUEUES);
    }

    @Test
    void silenceCountsFromTheLastActivityThatIsNoBulkUpdate() {
        CaseSilence silence = CaseSilence.of(
                known("2015-03-01"),
                List.of(
                        event("interviewed", "2015-03-11", 1),
                        event("reviewed", "2015-04-20", 2),
                        event("reviewed", "2015-03-02", 1)),
                Set.of(new EventDay("case", "reviewed", day("2015-04-20"))));

        assertThat(silence).isEqualTo(new CaseSilence(event("interviewed", "2015-03-11", 1), 50, 2));
    }

    @Test
    void whereNothingIsRecordedTheSilenceIsAsOldAsTheCase() {
        List<RecordedEvent> before = List.of(event("interviewed", "2015-02-28", 1), event("seen", "2015-05-01", 1));

        assertThat(CaseSilence.of(known("2015-03-01"), before, Set.of())).isEqualTo(new CaseSilence(null, 60, 0));
        assertThat(CaseSilence.of(known("2015-04-30"), List.of(), Set.of())).isEqualTo(new CaseSilence(null, 0, 0));
    }

    @Test
    void ofSeveralActivitiesOfADayTheFirstByNameIsShown() {
        CaseSilence silence = CaseSilence.of(
                known("2015-03-01"),
                List.of(event("seen", "2015-04-30", 1), event("interviewed", "2015-04-30", 1)),
                Set.of());

        assertThat(silence).isEqualTo(new CaseSilence(event("interviewed", "2015-04-30", 1), 0, 0));
    }

    @Test
    void bulkUpdateIsOfManyCasesAndOfMuchOfAllOpenOnes() {
        EventDay nineteen = new EventDay("case", "seen", day("2015-04-01"));
        EventDay twenty = new EventDay("case", "seen", day("2015-04-02"));
        Map<EventDay, Long> cases = Map.of(nineteen, 19L, twenty, 20L);

        assertThat(CaseFigures.bulkUpdates(rules(null, null), cases, 20)).containsExactly(twenty);
        assertThat(CaseFigures.bulkUpdates(rules(null, null), cases, 100)).containsExactly(twenty);
        assertThat(CaseFigures.bulkUpdates(rules(null, null), cases, 101)).isEmpty();
    }

    @Test
    void clockIsTheUnionOfAllWaitsAndNeverTheirSum() {
        // the example of the model
        assertThat(clock(
                        spell("interview", "cases:C1", "2015-03-01", "2015-03-11"),
                        spell("submission", "lab:D1", "2015-03-06", null),
                        spell("whole", "lab:D1", "2015-03-06", null),
                        spell("laboratory", "lab:D2", "2015-04-02", "2015-04-05")))
                .isEqualTo("1 queues, 1 items, 60 days, now 60 since 2015-03-06, submission 55");
    }

    @Test
    void dayWithoutAnyWaitBreaksTheStretchOfNow() {
        assertThat(clock(
                        spell("interview", "cases:C1", "2015-03-01", "2015-03-11"),
                        // begins on the day on which the first ends: unbroken
                        spell("submission", "lab:D1", "2015-03-11", "2015-03-21"),
                        // a day later
                        spell("laboratory", "lab:D1", "2015-03-22", "2015-04-20"),
                        spell("submission", "lab:D2", "2015-04-10", null),
                        spell("laboratory", "lab:D3", "2015-04-28", null)))
                .isEqualTo("2 queues, 2 items, 59 days, now 39 since 2015-04-10, submission 20");
    }

    @Test
    void whatIsOverCountsAndWhatNeverWaitedIsZero() {
        assertThat(clock()).isEqualTo("0 queues, 0 items, 0 days");
        assertThat(clock(spell("submission", "lab:D1", "2015-03-01", "2015-03-02")))
                .isEqualTo("0 queues, 0 items, 1 days");
        assertThat(clock(spell("submission", "lab:D1", "2015-03-01", "2015-03-01")))
                .isEqualTo("0 queues, 0 items, 0 days");
        assertThat(clock(spell("submission", "lab:D1", "2015-04-30", null)))
                .isEqualTo("1 queues, 1 items, 0 days, now 0 since 2015-04-30, submission 0");
    }

    @Test
    void stagesComeBeforeTheQueuesThatTheyMakeUpAndBeforeVariants() {
        assertThat(clock(
                        spell("whole", "lab:D1", "2015-03-01", null),
                        spell("submission", "lab:D1", "2015-03-01", "2015-04-01"),
                        spell("laboratory", "lab:D1", "2015-04-01", null),
                        spell("in_house", "lab:D1", "2015-03-31", null)))
                .isEqualTo("1 queues, 1 items, 60 days, now 60 since 2015-03-01, laboratory 29");
        // of a device whose dates are out of order only the whole queue knows
        assertThat(clock(spell("whole", "lab:D1", "2015-03-01", null)))
                .isEqualTo("0 queues, 1 items, 60 days, now 60 since 2015-03-01, whole 60");
    }

    @Test
    void daysAreNotCountedFromADateThatIsNotBelieved() {
        assertThat(clock(
                        spell("interview", "cases:C1", "2015-03-01", null),
                        spell("submission", "lab:D1", "1980-03-01", "1980-03-02")))
                .isEqualTo("1 queues, 0 items, an entry into queue submission is dated before its earliest_entry");
    }

    @Test
    void casesAreCountedInEveryBandThatTheyExceed() {
        TextRows rows = new TextRows();
        CaseFigures figures = new CaseFigures(
                rules(null, null), new ReleaseKey("testshire", ReleaseId.of("2015-04-30.1"), AS_OF), rows);
        for (String since : List.of("2015-04-30", "2015-04-02", "2015-04-01", "2015-01-28", "2014-10-01")) {
            figures.writeSilence(known(since), List.of(), Set.of());
        }
        figures.writeSilence(known("2014-10-01"), List.of(event("seen", "2014-10-29", 1)), Set.of());
        figures.writeCounts(6);

        // 0, 28, 29, 92, 211 and 183 days
        assertThat(rows.of("mart.case_silence", "silent_days, is_never_recorded"))
                .containsExactly("0|true", "28|true", "29|true", "92|true", "211|true", "183|false");
        assertThat(rows.of(
                        "mart.case_silence_count",
                        "silent_over_days, silent_case_count, never_recorded_count, unknown_case_count"))
                .containsExactly("28|4|3|0", "56|3|2|0", "91|3|2|0", "182|2|1|0");
    }

    @Test
    void whatIsNotKnownIsNullWithItsReason() {
        TextRows rows = new TextRows();
        CaseFigures figures = new CaseFigures(
                rules("feed posts never loaded", "feed log never loaded"),
                new ReleaseKey("testshire", ReleaseId.of("2015-04-30.1"), AS_OF),
                rows);
        figures.writeSilence(known("2015-03-01"), List.of(), Set.of());
        figures.writeClock(known("2015-03-01"), List.of());
        figures.writeCounts(1);

        assertThat(rows.of(
                        "mart.case_silence",
                        "age_days, silent_days, is_never_recorded, ignored_event_count, silence_reason"))
                .containsExactly("60|null|null|null|feed posts never loaded");
        assertThat(rows.of("mart.case_clock", "open_queue_count, waiting_item_count, clock_days, clock_reason"))
                .containsExactly("null|null|null|feed log never loaded");
        assertThat(rows.of("mart.case_silence_count", "silent_case_count, unknown_case_count, unknown_reason"))
                .hasSize(4)
                .contains("null|1|feed posts never loaded");
    }

    @Test
    void definitionWithoutActivityHasNoSilences() {
        Milestones with = ItemTimeline.milestones();
        Milestones without = new Milestones(
                with.name(),
                with.version(),
                with.title(),
                with.description(),
                with.itemKind(),
                with.opens(),
                with.closes(),
                with.steps(),
                List.of(),
                new Milestones.Silence(List.of(), 20, 20));
        TextRows rows = new TextRows();
        CaseFigures figures = new CaseFigures(
                new CaseRules(without, AS_OF, "nothing counts", null, QUEUES),
                new ReleaseKey("testshire", ReleaseId.of("2015-04-30.1"), AS_OF),
                rows);
        figures.writeSilence(known("2015-03-01"), List.of(), Set.of());
        figures.writeCounts(1);

        assertThat(rows.of("mart.case_silence", "case_key")).isEmpty();
        assertThat(rows.of("mart.case_silence_count", "open_case_count, unknown_case_count"))
                .hasSize(4)
                .contains("1|1");
    }
}
