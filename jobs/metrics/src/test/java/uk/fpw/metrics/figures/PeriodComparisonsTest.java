package uk.fpw.metrics.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uk.fpw.metrics.cube.ContributorHash;
import uk.fpw.metrics.cube.SpellBlock;
import uk.fpw.metrics.series.ComparedPeriods;
import uk.fpw.metrics.series.ObservedSpell;
import uk.fpw.metrics.series.ObservedSpell.Outcome;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.warehouse.force.queue.Better;
import uk.fpw.warehouse.force.queue.ComparedWindow;
import uk.fpw.warehouse.force.queue.PrimaryMeasure;
import uk.fpw.warehouse.force.queue.Service;

/**
 * September 2014: 40 cases of two devices, two cases on each of the first 20 days, examined ten days later. September
 * 2015: 60 cases of one device, three a day, which leave after five days, every other one withdrawn. Devices are due
 * eight days after they came. Counted by hand; probabilities by R.
 */
class PeriodComparisonsTest {

    private static final LocalDate AS_OF = LocalDate.of(2015, 11, 18);
    private static final String SHORT = "fewer than 52 weeks with something to serve: how waits wander is not known";

    private static int day(LocalDate date) {
        return (int) date.toEpochDay();
    }

    /** The periods that are compared after a month of a queue whose lateness is to fall. */
    static ComparedPeriods periods(LocalDate monthEnd) {
        return new ComparedPeriods(
                ComparedWindow.endingOn(monthEnd).stream()
                        .map(window -> new ComparedPeriods.Span(
                                window.kind(), window.yearsBefore(), day(window.from()), day(window.to())))
                        .toList(),
                PrimaryMeasure.LATE_SHARE,
                Better.LOWER,
                0.05);
    }

    private static QueueSpec queue() {
        return new QueueSpec(
                "waiting",
                1,
                "device",
                "devices",
                QueueSpec.Stages.NONE,
                day(LocalDate.of(2013, 6, 1)),
                QueueSpec.NONE,
                day(LocalDate.of(1900, 1, 1)),
                day(AS_OF),
                null,
                30,
                List.of(),
                List.of(),
                List.of("examined", "withdrawn"),
                List.of(true, false),
                List.of("received again"),
                List.of(0, 31),
                List.of(new QueueSpec.Standard("in_a_week", QueueSpec.NONE, 7, Map.of())),
                Service.WORKING_DAYS,
                QueueSpec.Analysis.NONE.with(periods(LocalDate.of(2015, 9, 30))));
    }

    private static void add(SpellBlock block, String contributor, LocalDate entered, int waited, int reason) {
        int on = day(entered);
        Outcome outcome = waited > 7 ? Outcome.FAILED : reason == 0 ? Outcome.MET : Outcome.LEFT_UNSEEN;
        block.add(
                ContributorHash.of(contributor),
                new ObservedSpell(
                        0,
                        -1,
                        true,
                        true,
                        on,
                        on,
                        on + waited,
                        reason,
                        reason == 0,
                        QueueSpec.NONE,
                        on,
                        on + waited,
                        1,
                        false,
                        false,
                        List.of(new ObservedSpell.Measured(0, on + 8, outcome))),
                new String[0]);
    }

    /** Three cases a day of one or two devices, each of which waits up to two weeks, whatever the others do. */
    private static List<Map<String, Object>> steadyRows() {
        QueueSpec queue = queue();
        SpellBlock block = new SpellBlock(List.of(queue));
        Random random = new Random(20151118);
        int contributor = 0;
        for (LocalDate on = LocalDate.of(2013, 6, 1); on.isBefore(AS_OF.minusDays(20)); on = on.plusDays(1)) {
            for (int i = 0; i < 3; i++) {
                contributor++;
                for (int device = random.nextInt(2); device < 2; device++) {
                    add(block, "case " + contributor, on, random.nextInt(15), random.nextInt(2));
                }
            }
        }
        return TestMartRows.byContributor(List.of(queue), day(AS_OF), List.of(block), Set.of("mart.period_comparison"))
                .getOrDefault("mart.period_comparison", List.of());
    }

    /** Late are those that wait for more than 7 of 0 to 14 days. */
    @Test
    void latenessAndWaitsAreTestedWhereTheyDoNotWander() {
        List<Map<String, Object>> rows = steadyRows();
        for (String measure : List.of("late share", "time waited")) {
            Map<String, Object> row = row(rows, "quarter", "last year", measure);
            assertThat(row.get("reason")).as(row.toString()).isNull();
            assertThat(row.get("decided_by")).isIn("cases", "items");
            assertThat(number(row, "over_dispersion")).isBetween(1.0, 2.5);
            assertThat(number(row, "size_low")).isLessThan(number(row, "size"));
            assertThat(number(row, "size_high")).isGreaterThan(number(row, "size"));
            assertThat(number(row, "log10_p")).isBetween(-2.0, 0.0);
        }
        Map<String, Object> late = row(rows, "quarter", "last year", "late share");
        assertThat(number(late, "item_count") / number(late, "of_item_count")).isCloseTo(7 / 15.0, within(0.05));
    }

    private static List<Map<String, Object>> rows(boolean isByContributor) {
        QueueSpec queue = queue();
        SpellBlock block = new SpellBlock(List.of(queue));
        for (int i = 0; i < 60; i++) {
            LocalDate on = LocalDate.of(2015, 9, 1).plusDays(i % 20);
            add(block, "later " + i, on, 5, i % 2);
            if (i < 40) {
                add(block, "earlier " + i, on.minusYears(1), 10, 0);
                add(block, "earlier " + i, on.minusYears(1), 10, 0);
            }
        }
        Set<String> mart = Set.of("mart.period_comparison");
        return (isByContributor
                        ? TestMartRows.byContributor(List.of(queue), day(AS_OF), List.of(block), mart)
                        : TestMartRows.of(List.of(queue), day(AS_OF), List.of(block), mart))
                .getOrDefault("mart.period_comparison", List.of());
    }

    private static Map<String, Object> row(
            List<Map<String, Object>> rows, String kind, String comparedWith, String measure) {
        return rows.stream()
                .filter(row -> kind.equals(row.get("period_kind"))
                        && comparedWith.equals(row.get("compared_with"))
                        && measure.equals(row.get("measure")))
                .findFirst()
                .orElseThrow();
    }

    private static double number(Map<String, Object> row, String column) {
        return ((Number) Objects.requireNonNull(row.get(column), column)).doubleValue();
    }

    @Test
    void everyMeasureHasItsRowForThreePeriodsAndTwoEarlierYears() {
        List<Map<String, Object>> rows = rows(true);
        assertThat(rows).hasSize(10 * 3 * 2);
        assertThat(rows)
                .filteredOn(row -> Boolean.TRUE.equals(row.get("is_primary")))
                .hasSize(6)
                .allMatch(row -> "late share".equals(row.get("measure")));
        assertThat(rows)
                .allMatch(row -> "late share".equals(row.get("measure"))
                        || "net change".equals(row.get("measure"))
                        || !"last year".equals(row.get("compared_with"))
                        || row.get("log10_p") != null
                        || row.get("reason") != null);
    }

    /** Items: 80 and 60 on 22 working days each. Their variance is 220 / 140 that of independent ones. */
    @Test
    void flowsAreComparedByCasesAndByItems() {
        Map<String, Object> received = row(rows(true), "month", "last year", "received");
        assertThat(received)
                .containsEntry("item_count", 60L)
                .containsEntry("case_count", 60L)
                .containsEntry("earlier_item_count", 80L)
                .containsEntry("earlier_case_count", 40L)
                .containsEntry("service_day_count", 22)
                .containsEntry("earlier_service_day_count", 22)
                .containsEntry("size_kind", "ratio")
                .containsEntry("decided_by", "items")
                .containsEntry("is_material", true)
                .containsEntry("contributor_count", 100L);
        assertThat(received.get("better")).isNull();
        assertThat(received.get("points_to")).isNull();
        assertThat(number(received, "over_dispersion")).isCloseTo(220.0 / 140, within(1e-12));
        assertThat(number(received, "size")).isCloseTo(0.75, within(1e-12));
        assertThat(number(received, "log10_p")).isCloseTo(-0.750728607973562, within(1e-9));
    }

    @Test
    void lateAreTheCasesWhoseTimeWasOverInThePeriod() {
        Map<String, Object> late = row(rows(true), "month", "last year", "late share");
        assertThat(late)
                .containsEntry("item_count", 0L)
                .containsEntry("of_item_count", 60L)
                .containsEntry("case_count", 0L)
                .containsEntry("of_case_count", 60L)
                .containsEntry("earlier_item_count", 80L)
                .containsEntry("earlier_case_count", 40L)
                .containsEntry("earlier_of_case_count", 40L)
                .containsEntry("size", -1.0)
                .containsEntry("better", "lower")
                .containsEntry("points_to", "better")
                .containsEntry("reason", SHORT);
        assertThat(late.get("log10_p")).isNull();
    }

    /** All that was at risk left, in ten days and in five; 40 cases with several devices are too few for a test. */
    @Test
    void waitsHaveTheirRatioAndATestWhereThereAreEnoughCases() {
        Map<String, Object> withheld = row(rows(true), "month", "last year", "time waited");
        assertThat(withheld)
                .containsEntry("item_count", 60L)
                .containsEntry("of_item_count", 60L)
                .containsEntry("value", 5.0)
                .containsEntry("earlier_item_count", 80L)
                .containsEntry("earlier_value", 10.0)
                .containsEntry("points_to", "better")
                .containsEntry(
                        "reason",
                        "too few: 40 cases or people in the first group, fewer than 75, some with several items");
        assertThat(withheld.get("log10_p")).isNull();
        assertThat(row(rows(false), "month", "last year", "time waited")).containsEntry("reason", SHORT);
    }

    @Test
    void stocksAndTheirSharesHaveASizeAndNoTest() {
        Map<String, Object> served = row(rows(true), "month", "last year", "served share");
        assertThat(served)
                .containsEntry("item_count", 30L)
                .containsEntry("of_item_count", 60L)
                .containsEntry("earlier_value", 1.0)
                .containsEntry("size", -0.5)
                .containsEntry("points_to", "worse")
                .containsEntry("is_material", true)
                .containsEntry("reason", "chance not assessed");
        assertThat(row(rows(true), "quarter", "last year", "waiting"))
                .containsEntry("item_count", 0L)
                .containsEntry("size", 0.0)
                .containsEntry("reason", "chance not assessed");
    }

    @Test
    void aPeriodThatIsNotKnownHasTheReason() {
        assertThat(row(rows(true), "year to date", "the year before last", "left"))
                .containsEntry("reason", "the figures of the queue begin on 2013-06-01")
                .containsEntry("is_partial", true)
                .containsEntry("item_count", 60L);
        assertThat(row(rows(true), "month", "the year before last", "received"))
                .containsEntry("reason", "the bank holidays of 2013 are not known")
                .containsEntry("earlier_item_count", 0L);
        assertThat(row(rows(true), "month", "last year", "net change"))
                .containsEntry("reason", "fewer than 8 whole weeks")
                // 0, 0 and -15; 28, 12, -4 and -28
                .containsEntry("week_count", 3)
                .containsEntry("earlier_week_count", 4)
                .containsEntry("size", -7.0);
    }
}
