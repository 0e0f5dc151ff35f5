package uk.fpw.metrics.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.statistics.wait.ComparedWaits;
import uk.fpw.statistics.wait.LifeTable;
import uk.fpw.statistics.wait.LogRankSums;
import uk.fpw.statistics.wait.LogRankWeights;
import uk.fpw.warehouse.force.change.Change;
import uk.fpw.warehouse.message.Declaration;

/** Windows, waits by time at risk, and the reasons for no verdict. */
@Tag("time-zone")
class BeforeAfterTest {

    private static final LocalDate MONDAY = LocalDate.of(2015, 4, 13);

    /** With this seed the weeks before are neither unusual nor autocorrelated. */
    private static final long SEED = 4676;

    /** With this rise there is a difference, but not one for five comparisons. */
    private static final int RISE = 2;

    private static final ComparisonWindow ONE_WEEK = ComparisonWindow.of(MONDAY, 1);

    private static Change change(LocalDate date, Change.Outcome outcome, Change.Direction direction) {
        return new Change(
                "outsourcing",
                date,
                Change.Kind.OUTSOURCING,
                "What.",
                "Why.",
                "The board",
                List.of("waiting"),
                false,
                new Change.Comparison(outcome, direction, date, 12));
    }

    /** Weeks before and after the change with a number of exits each. */
    private static List<QueueWeek> weeks(int before, int after, IntUnaryOperator left) {
        List<QueueWeek> weeks = new ArrayList<>();
        for (int i = -before; i < after; i++) {
            weeks.add(new QueueWeek(MONDAY.plusWeeks(i), 100, 20, 5, left.applyAsInt(i)));
        }
        return weeks;
    }

    private static BeforeAfter compared(Change change, List<QueueWeek> weeks, @Nullable List<SpellDays> spells) {
        return BeforeAfter.of(change, null, weeks, spells == null ? null : SpellsAtRisk.independent(spells));
    }

    private static BeforeAfter left(List<QueueWeek> weeks) {
        return compared(change(MONDAY, Change.Outcome.LEFT, Change.Direction.HIGHER), weeks, List.of());
    }

    /** Ten on average, without a pattern from week to week. */
    private static int irregular(int week) {
        return 6 + new SplittableRandom(week + SEED).nextInt(9);
    }

    @Test
    void waitsOfRemovedItemsHaveNoVerdictAndFlowsNeedNoItems() {
        BeforeAfter waits = compared(
                change(MONDAY, Change.Outcome.WAIT, Change.Direction.LOWER),
                weeks(104, 12, BeforeAfterTest::irregular),
                null);

        assertThat(waits.verdict()).isNull();
        assertThat(waits.reason())
                .isEqualTo("before the retained rows: items of the weeks before the change have been removed");
        assertThat(waits.before()).isPositive();
        Change flows = change(MONDAY, Change.Outcome.LEFT, Change.Direction.HIGHER);
        assertThat(compared(flows, weeks(104, 12, BeforeAfterTest::irregular), null))
                .isEqualTo(left(weeks(104, 12, BeforeAfterTest::irregular)));
    }

    @Test
    void weekOfTheChangeIsInNeitherWindowUnlessItBeginsWithIt() {
        assertThat(ComparisonWindow.of(MONDAY, 12))
                .isEqualTo(new ComparisonWindow(
                        LocalDate.of(2015, 1, 19), LocalDate.of(2015, 4, 12), MONDAY, LocalDate.of(2015, 7, 5)));
        assertThat(ComparisonWindow.of(MONDAY, 12).gap()).isZero();
        ComparisonWindow tuesday = ComparisonWindow.of(MONDAY.plusDays(1), 12);
        assertThat(tuesday)
                .isEqualTo(new ComparisonWindow(
                        LocalDate.of(2015, 1, 19),
                        LocalDate.of(2015, 4, 12),
                        LocalDate.of(2015, 4, 20),
                        LocalDate.of(2015, 7, 12)));
        assertThat(tuesday.gap()).isEqualTo(1);
    }

    @Test
    void outcomeThatWasDeclaredWhenWeeksAfterTheChangeCouldBeSeenHasNoVerdict() {
        Change late = new Change(
                "outsourcing",
                MONDAY,
                Change.Kind.OUTSOURCING,
                "What.",
                "Why.",
                "The board",
                List.of("waiting"),
                false,
                new Change.Comparison(Change.Outcome.LEFT, Change.Direction.HIGHER, MONDAY.plusDays(1), 12));
        List<QueueWeek> weeks = weeks(80, 12, week -> week < 0 ? irregular(week) : 40);

        assertThat(left(weeks).verdict()).isEqualTo(BeforeAfter.DIFFERENT);
        BeforeAfter found = compared(late, weeks, List.of());
        assertThat(found.verdict()).isNull();
        assertThat(found.after()).isEqualTo(40);
        assertThat(found.reason())
                .isEqualTo("declared on 2015-04-14, when weeks after the change could already be seen: declare before "
                        + "the change");
    }

    @Test
    void outcomesOfAWeek() {
        QueueWeek week = new QueueWeek(MONDAY, 100, 20, 5, 10);

        assertThat(week.value(Change.Outcome.RECEIVED)).isEqualTo(20);
        assertThat(week.value(Change.Outcome.LEFT)).isEqualTo(10);
        assertThat(week.value(Change.Outcome.NET)).isEqualTo(15);
        assertThat(week.value(Change.Outcome.WAIT)).isEqualTo(0.08);
        assertThat(new QueueWeek(MONDAY, 0, 0, 0, 0).value(Change.Outcome.WAIT)).isNaN();
    }

    @Test
    void elevenWeeksAfterAreTooEarly() {
        BeforeAfter found = left(weeks(100, 11, BeforeAfterTest::irregular));

        assertThat(found.weeksAfter()).isEqualTo(11);
        assertThat(found.verdict()).isNull();
        assertThat(found.after()).isNull();
        assertThat(found.placebo()).isNull();
        assertThat(found.reason()).isEqualTo("too early: 11 complete weeks known after the change");
        assertThat(left(weeks(100, 1, BeforeAfterTest::irregular)).reason())
                .isEqualTo("too early: 1 complete week known after the change");
        assertThat(left(List.of()).reason()).isEqualTo("too early: 0 complete weeks known after the change");
    }

    @Test
    void fewerThanFortyPlaceboDatesAreTooFew() {
        assertThat(left(weeks(5, 12, BeforeAfterTest::irregular)).reason())
                .isEqualTo("too short a history: 5 complete weeks before the change, fewer than the 12 to compare");
        // 62 - 24 + 1 dates
        BeforeAfter found = left(weeks(62, 12, BeforeAfterTest::irregular));
        assertThat(found.reason()).isEqualTo("too short a history: 39 placebo dates, fewer than 40");
        assertThat(found.probability()).isNull();
        assertThat(left(weeks(63, 12, BeforeAfterTest::irregular)).reason()).isNull();
    }

    @Test
    void memoryOfTheWeeksWithholdsTheVerdict() {
        assertThat(left(weeks(100, 12, week -> 10 + Math.floorDiv(week, 25))).reason())
                .startsWith("each week resembles or avoids the next: autocorrelation 0.9")
                .endsWith(", beyond 0.20");
    }

    @Test
    void unusualMonthsBeforeWithholdTheVerdict() {
        assertThat(left(weeks(100, 12, week -> irregular(week) - (week >= -13 && week < 0 ? 2 : 0)))
                        .reason())
                .isEqualTo("the three months before the change were unusual (lower than 100 % of earlier ones), and "
                        + "more usual ones would have followed anyway");
    }

    @Test
    void aDifferenceFarBeyondTheWeeksIsOne() {
        BeforeAfter found = left(weeks(100, 12, week -> irregular(week) + (week >= 0 ? 6 : 0)));

        assertThat(found.verdict()).isEqualTo("different");
        assertThat(found.reason()).isNull();
        assertThat(Objects.requireNonNull(found.probability()).declared()).isLessThanOrEqualTo(0.05);
        assertThat(left(weeks(100, 12, BeforeAfterTest::irregular)).verdict()).isEqualTo("not different");
    }

    @Test
    void aDifferenceInTheOtherDirectionIsSaidToBeOne() {
        Change lower = change(MONDAY, Change.Outcome.LEFT, Change.Direction.LOWER);
        BeforeAfter found = compared(lower, weeks(100, 12, week -> irregular(week) + (week >= 0 ? 6 : 0)), List.of());

        assertThat(found.verdict()).isEqualTo("different, against the declared direction");
        BeforeAfter.Probability probability = Objects.requireNonNull(found.probability());
        assertThat(probability.declared()).isGreaterThan(0.95);
        assertThat(probability.opposite()).isLessThanOrEqualTo(0.01);
        assertThat(compared(lower, weeks(100, 12, BeforeAfterTest::irregular), List.of())
                        .verdict())
                .isEqualTo("not different");
    }

    private static Change inQueues(String... queues) {
        return new Change(
                "outsourcing",
                MONDAY,
                Change.Kind.OUTSOURCING,
                "What.",
                "Why.",
                "The board",
                List.of(queues),
                false,
                new Change.Comparison(Change.Outcome.LEFT, Change.Direction.HIGHER, MONDAY, 12));
    }

    @Test
    void probabilityCountsAsOftenAsTheChangeHasQueues() {
        List<QueueWeek> weeks = weeks(100, 12, week -> irregular(week) + (week >= 0 ? RISE : 0));
        BeforeAfter one = compared(inQueues("a"), weeks, List.of());
        BeforeAfter.Probability found = Objects.requireNonNull(one.probability());
        double p = found.declared();

        assertThat(p).isBetween(0.011, 0.05);
        assertThat(one.verdict()).isEqualTo("different");
        assertThat(found.adjusted()).isEqualTo(p);
        BeforeAfter five = compared(inQueues("a", "b", "c", "d", "e"), weeks, List.of());
        assertThat(five.probability()).isEqualTo(new BeforeAfter.Probability(p, 5 * p, found.opposite()));
        assertThat(five.verdict()).isEqualTo("not different");
    }

    @Test
    void declarationThatWasChangedOrCameLateHasNoVerdict() {
        List<QueueWeek> weeks = weeks(100, 12, week -> irregular(week) + (week >= 0 ? 6 : 0));
        LocalDate before = MONDAY.minusDays(9);

        BeforeAfter changed = BeforeAfter.of(
                inQueues("a"),
                new Declaration(before, MONDAY.plusDays(30), "queues, weeks", null),
                weeks,
                SpellsAtRisk.NONE);
        assertThat(changed.verdict()).isNull();
        assertThat(changed.placebo()).isNull();
        assertThat(changed.reason())
                .isEqualTo("changed after it was declared: the release of 2015-05-13 has another queues, weeks than "
                        + "that of 2015-04-04; undo this, or record another change before its date");
        BeforeAfter late = BeforeAfter.of(
                inQueues("a"),
                new Declaration(MONDAY.plusDays(31), null, null, MONDAY.plusDays(30)),
                weeks,
                SpellsAtRisk.NONE);
        assertThat(late.verdict()).isNull();
        assertThat(late.reason())
                .isEqualTo("declared on 2015-04-13 by its own account, but the release of 2015-05-13 did not have it, "
                        + "when weeks after the change could already be seen: declare before the change");
        assertThat(BeforeAfter.of(inQueues("a"), new Declaration(MONDAY, null, null, MONDAY), weeks, SpellsAtRisk.NONE)
                        .verdict())
                .as("nothing could be seen when it was not there")
                .isEqualTo("different");
    }

    private static SpellDays spell(int entered, @Nullable Integer left) {
        LocalDate day = ONE_WEEK.beforeFrom().plusDays(entered);
        return new SpellDays(
                day, day, left == null ? null : ONE_WEEK.beforeFrom().plusDays(left), 1);
    }

    @Test
    void itemsAreAtRiskInEachWindowWithTheAgeThatTheyHaveThere() {
        List<SpellDays> spells = List.of(
                spell(0, 20), // waits through both windows
                spell(0, 10), // leaves after, ten days old, when nobody else is of that age
                spell(5, 8), // leaves after, three days old
                spell(8, null)); // enters after

        WindowLogRank sooner = WindowLogRank.of(spells, ONE_WEEK, true);

        // at age 3 two are at risk in each window, and one leaves, after: expected 1/2, variance 1/4; at age 10 one
        // of one leaves: expected 1, variance 0. So (2 - 1.5) / 0.5 = 1, which 0.158655 exceed
        assertThat(sooner.leftBefore()).isZero();
        assertThat(sooner.leftAfter()).isEqualTo(2);
        assertThat(sooner.expectedAfter()).isCloseTo(1.5, within(1e-12));
        assertThat(sooner.probability()).isCloseTo(0.15865525393145707, within(1e-12));
        assertThat(WindowLogRank.of(spells, ONE_WEEK, false).probability())
                .isCloseTo(0.8413447460685429, within(1e-12));
    }

    @Test
    void itemsOfOneContributorAreOne() {
        List<SpellDays> days = new ArrayList<>();
        List<ContributorSpells> pairs = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            SpellDays one = spell(i % 5, i % 5 + (i % 3 == 0 ? 8 + i % 4 : i % 7));
            days.add(one);
            days.add(one);
            pairs.add(new ContributorSpells(List.of(one, one), 1));
        }
        SpellsAtRisk twins = new SpellsAtRisk() {
            @Override
            public List<SpellDays> days() {
                return days;
            }

            @Override
            public void forEachContributor(Consumer<ContributorSpells> consumer) {
                pairs.forEach(consumer);
            }
        };

        WindowLogRank found = WindowLogRank.of(twins, ONE_WEEK, true);
        WindowLogRank single = WindowLogRank.of(twins.days().subList(0, 1), ONE_WEEK, true);

        assertThat(single.isRobust()).isFalse();
        assertThat(single.tooFew())
                .isEqualTo("too few: 1 case or person in the weeks before the change, fewer than 30");
        assertThat(found.isRobust()).isTrue();
        assertThat(found.variance()).isEqualTo("by contributor");
        assertThat(found.contributorsBefore()).isEqualTo(80);
        assertThat(found.tooFew())
                .startsWith("too few: ")
                .endsWith(" in the weeks after the change, fewer than 75, " + "some with several items");
        // every spell is there twice: the statistic is twice, and its root of the squares twice that of one each
        List<SpellDays> once = pairs.stream().map(pair -> pair.spells().get(0)).toList();
        LifeTable.Builder before = new LifeTable.Builder();
        LifeTable.Builder after = new LifeTable.Builder();
        once.forEach(spell -> spell.addTo(before, ONE_WEEK.beforeFrom(), ONE_WEEK.beforeTo()));
        once.forEach(spell -> spell.addTo(after, ONE_WEEK.afterFrom(), ONE_WEEK.afterTo()));
        LogRankSums sums = new LogRankSums(LogRankWeights.of(List.of(List.of(before.build(), after.build()))));
        once.forEach(spell -> {
            ComparedWaits waits = new ComparedWaits().addItem();
            if (spell.isIn(ONE_WEEK.beforeFrom(), ONE_WEEK.beforeTo())) {
                spell.addPartTo(waits, 0, ONE_WEEK.beforeFrom(), ONE_WEEK.beforeTo());
            }
            if (spell.isIn(ONE_WEEK.afterFrom(), ONE_WEEK.afterTo())) {
                spell.addPartTo(waits, 1, ONE_WEEK.afterFrom(), ONE_WEEK.afterTo());
            }
            sums.add(waits);
        });
        double twoSided = Math.pow(10, sums.log10P());
        assertThat(2 * Math.min(found.probability(), found.oppositeProbability()))
                .isCloseTo(twoSided, within(1e-9));
    }

    @Test
    void itemsOfWhichTheSourceKnowsOnlyLaterEnterLate() {
        LocalDate day = ONE_WEEK.beforeFrom();
        // shown from the second day of the window, at the age of nine days
        WindowLogRank found = WindowLogRank.of(
                List.of(new SpellDays(day.minusDays(8), day.plusDays(1), day.plusDays(3), 4)), ONE_WEEK, true);

        assertThat(found.leftBefore()).isEqualTo(4);
        assertThat(found.leftAfter()).isZero();
        assertThat(found.probability()).as("nobody to compare with").isNaN();
    }

    @Test
    void nineteenExitsAfterAreTooFewForTheWait() {
        BeforeAfter found = compared(
                change(MONDAY, Change.Outcome.WAIT, Change.Direction.LOWER),
                weeks(100, 12, BeforeAfterTest::irregular),
                List.of(
                        new SpellDays(MONDAY.minusDays(30), MONDAY.minusDays(30), MONDAY.minusDays(20), 50),
                        new SpellDays(MONDAY.minusDays(5), MONDAY.minusDays(5), MONDAY.plusDays(5), 19),
                        new SpellDays(MONDAY.minusDays(5), MONDAY.minusDays(5), null, 30)));

        assertThat(found.reason()).isEqualTo("too few: 19 items left in the weeks after the change, fewer than 20");
        assertThat(found.before()).isCloseTo(0.08, within(0.02));
    }

    @Test
    void nineteenExitsBeforeAreTooFewForTheWait() {
        BeforeAfter found = compared(
                change(MONDAY, Change.Outcome.WAIT, Change.Direction.LOWER),
                weeks(100, 12, BeforeAfterTest::irregular),
                List.of(
                        new SpellDays(MONDAY.minusDays(30), MONDAY.minusDays(30), MONDAY.minusDays(20), 19),
                        new SpellDays(MONDAY.minusDays(5), MONDAY.minusDays(5), MONDAY.plusDays(5), 50),
                        new SpellDays(MONDAY.minusDays(5), MONDAY.minusDays(5), null, 30)));

        assertThat(found.reason()).isEqualTo("too few: 19 items left in the weeks before the change, fewer than 20");
    }

    @Test
    void monthsThatWereExtremeAFewWeeksAgoWithholdTheVerdict() {
        // much less in one week of the last year, and even less in an earlier one
        List<QueueWeek> weeks =
                weeks(150, 12, week -> irregular(week) + (week == -9 ? -30 : 0) + (week == -100 ? -60 : 0));

        assertThat(left(weeks).reason())
                .startsWith("too soon after unusual months: the lowest three months of the year before ended ")
                .endsWith(" before the change, fewer than 8, and more usual ones would have followed anyway");
        assertThat(compared(change(MONDAY, Change.Outcome.LEFT, Change.Direction.LOWER), weeks, List.of())
                        .verdict())
                .as("it makes no fewer look likely")
                .isEqualTo("not different");
    }

    @Test
    void weeksInWhichNothingWaitedSayNothingOfTheWait() {
        List<QueueWeek> weeks = new ArrayList<>(weeks(100, 12, BeforeAfterTest::irregular));
        weeks.set(50, new QueueWeek(weeks.get(50).startOn(), 0, 0, 0, 0));

        assertThat(compared(change(MONDAY, Change.Outcome.WAIT, Change.Direction.LOWER), weeks, List.of())
                        .reason())
                .isEqualTo("in some weeks nothing waited, so that nothing could leave");
    }
}
