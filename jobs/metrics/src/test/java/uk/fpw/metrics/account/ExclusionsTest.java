package uk.fpw.metrics.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.metrics.account.ItemRecord.Break;
import uk.fpw.metrics.account.ItemRecord.Fault;
import uk.fpw.metrics.account.ItemRecord.FeedRow;
import uk.fpw.metrics.account.ItemRecord.Problem;
import uk.fpw.metrics.capacity.StaffRules;
import uk.fpw.metrics.grading.GradedRow;
import uk.fpw.metrics.grading.JudgementRules;
import uk.fpw.metrics.lifecycle.Irregularity;
import uk.fpw.metrics.lifecycle.Irregularity.Code;
import uk.fpw.metrics.lifecycle.ItemEvent;
import uk.fpw.metrics.lifecycle.ItemTimeline;

/** The one reason given for each row of an item that is in no figure. */
@Tag("time-zone")
class ExclusionsTest {

    private static final Exclusions EXCLUSIONS = new Exclusions(
            TestAccounts.NAMES,
            new JudgementRules(ItemTimeline.force(List.of()), ItemTimeline.BUSINESS_DATE),
            new StaffRules(ItemTimeline.force(List.of()), ItemTimeline.BUSINESS_DATE));

    private static List<String> reasons(ItemRecord record, boolean hasEvents, Irregularity... irregularities) {
        return EXCLUSIONS.of(record, List.of(irregularities), hasEvents, false).stream()
                .map(each -> TestAccounts.NAMES.feeds().get(each.row().feed()) + " "
                        + each.row().key() + " " + each.code() + ": " + each.reason())
                .toList();
    }

    private static Irregularity irregularity(int queue, Code code, String event) {
        return new Irregularity(
                queue, code, new ItemEvent("unit", "device", "unit:1", event, 0, null, 0, Map.of(), "devices"));
    }

    private static GradedRow judgement(int grading, @Nullable LocalDate day) {
        return new GradedRow(
                grading,
                "unit:1",
                "unit:1",
                "peel",
                1,
                "good",
                "theme",
                "us",
                "all",
                "all",
                "north",
                day == null ? null : (int) day.toEpochDay(),
                false,
                1L,
                null);
    }

    @Test
    void theFirstRuleThatARowBreaksItselfIsItsReasonAndThatOfTheOthersOfTheItem() {
        ItemRecord record = TestAccounts.item("D1", TestAccounts.EXHIBITS, TestAccounts.CASES);
        record.rows().add(new FeedRow(TestAccounts.EXHIBITS, "D1/2"));
        record.breaks().add(new Break(TestAccounts.EXCLUDES_TOO, "D1", "no owner"));
        record.breaks().add(new Break(TestAccounts.EXCLUDES, "D1", "no kind"));
        record.breaks().add(new Break(TestAccounts.EXCLUDES_TOO, "D1/2", "no owner either"));
        record.faults().add(new Fault(0, Problem.MISSING_DATE));
        assertThat(reasons(record, true))
                .containsExactly(
                        "exhibits D1 NO_KIND: no kind",
                        "cases D1 NO_KIND: a row of the same item in feed exhibits breaks the rule: no kind",
                        "exhibits D1/2 NO_OWNER: no owner either");
    }

    @Test
    void aRowOfAnotherFeedWithTheSameKeyHasNotBrokenTheRule() {
        ItemRecord record = TestAccounts.item("D1", TestAccounts.CASES);
        record.breaks().add(new Break(TestAccounts.EXCLUDES, "D1", "no kind"));
        assertThat(reasons(record, false))
                .containsExactly("cases D1 NO_KIND: a row of the same item in feed exhibits breaks the rule: no kind");
    }

    @Test
    void aRuleThatWarnsExcludesNothing() {
        ItemRecord record = TestAccounts.item("D1", TestAccounts.EXHIBITS);
        record.breaks().add(new Break(TestAccounts.WARNS, "D1", "odd"));
        assertThat(reasons(record, false))
                .containsExactly("exhibits D1 NO_EVENT: no query yields an event or a judgement of the item");
    }

    @Test
    void aFaultOfAStagingRowComesBeforeOneOfAJudgement() {
        ItemRecord record = TestAccounts.item("D1", TestAccounts.EXHIBITS);
        record.faults().add(new Fault(0, Problem.UNDECLARED_EVENT));
        record.judgements().add(judgement(0, null));
        assertThat(reasons(record, false))
                .containsExactly("exhibits D1 UNDECLARED_EVENT: staging query devices yields an event that it does not "
                        + "declare, or none");
        record.faults().add(new Fault(0, Problem.MISSING_DATE));
        record.faults().add(new Fault(1, Problem.MISSING_DATE));
        assertThat(reasons(record, false))
                .containsExactly("exhibits D1 MISSING_DATE: staging query all_cases yields an event without a date");
    }

    @Test
    void aFaultOfAJudgementComesBeforeAnIrregularity() {
        ItemRecord record = TestAccounts.item("D1", TestAccounts.EXHIBITS);
        record.judgements().add(judgement(1, LocalDate.of(2015, 1, 1)));
        record.judgements().add(judgement(0, LocalDate.of(2015, 1, 1)));
        assertThat(reasons(record, true, irregularity(0, Code.CLOSED_NEVER_RECEIVED, "examined")))
                .containsExactly(
                        "exhibits D1 UNKNOWN_SCHEME: grading query audits yields a judgement by a scheme that the "
                                + "force folder does not have");
    }

    @Test
    void ofTwoJudgementsWithTheSameFaultTheReasonIsTheSameInAnyOrder() {
        ItemRecord one = TestAccounts.item("D1", TestAccounts.EXHIBITS);
        one.judgements().add(judgement(1, LocalDate.of(2015, 1, 1)));
        one.judgements().add(judgement(0, null));
        one.judgements().add(judgement(0, LocalDate.of(2015, 1, 1)));
        ItemRecord other = TestAccounts.item("D1", TestAccounts.EXHIBITS);
        other.judgements().add(judgement(0, LocalDate.of(2015, 1, 1)));
        other.judgements().add(judgement(0, null));
        other.judgements().add(judgement(1, LocalDate.of(2015, 1, 1)));
        assertThat(reasons(one, false))
                .isEqualTo(reasons(other, false))
                .containsExactly("exhibits D1 MISSING_DATE: grading query audits yields a judgement without a date");
    }

    @Test
    void theFirstQueueThatCannotHoldTheItemSaysWhy() {
        ItemRecord record = TestAccounts.item("D1", TestAccounts.EXHIBITS);
        assertThat(reasons(
                        record,
                        true,
                        irregularity(0, Code.CLOSED_TWICE, "examined"),
                        irregularity(1, Code.CLOSED_NEVER_RECEIVED, "returned")))
                .containsExactly(
                        "exhibits D1 CLOSED_NEVER_RECEIVED: queue stage: 'returned' although the item was never "
                                + "received");
        assertThat(reasons(
                        record,
                        true,
                        irregularity(1, Code.CLOSED_NEVER_RECEIVED, "returned"),
                        irregularity(0, Code.CLOSED_BEFORE_RECEIVED, "examined")))
                .containsExactly("exhibits D1 CLOSED_BEFORE_RECEIVED: queue whole: 'examined' comes before the item is "
                        + "received");
        assertThat(reasons(record, true, irregularity(1, Code.DATES_OUT_OF_ORDER, "returned")))
                .containsExactly(
                        "exhibits D1 DATES_OUT_OF_ORDER: queue stage: the dates of the item are not in the order "
                                + "of the stages");
    }

    @Test
    void anItemWhoseEventsNoQueueTakesIsSaidSo() {
        assertThat(reasons(
                        TestAccounts.item("D1", TestAccounts.EXHIBITS), true, irregularity(0, Code.CLOSED_TWICE, "x")))
                .containsExactly("exhibits D1 NO_QUEUE: no queue takes the events of the item");
    }
}
