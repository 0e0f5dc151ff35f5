package uk.fpw.audit.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import uk.fpw.audit.StatisticTables;

/** Parts of changed statistics, each computed by hand beside it. */
class StatisticPartsTest {

    /** All have left, so that the median is where half have left, or the middle of a level at one half. */
    private static final String TWO_CAUSES = """
            replaced | deleted       | A | 2015-10-01 | 2015-10-03 | 2 days
            both     |               | B | 2015-10-01 | 2015-10-05 | 4 days
            both     |               | C | 2015-10-01 | 2015-10-07 | 6 days
            both     |               | D | 2015-10-01 | 2015-10-09 | 8 days
            both     |               | E | 2015-10-01 | 2015-10-11 | 10 days
            new      | recorded late | F | 2015-10-01 | 2015-10-13 | 12 days
            new      | recorded late | G | 2015-10-01 | 2015-10-15 | 14 days
            new      |               | H | 2015-11-01 | 2015-11-01 | 0 days, after the replaced release
            new      |               | I | 2015-11-01 | 2015-11-02 | 1 day, after it
            """;

    private final StatisticTables tables = new StatisticTables();

    @AfterEach
    void close() {
        tables.close();
    }

    /**
     * Of 2, 4, 6, 8, 10 three have left by day 6: 6. Without the 2, half of 4, 6, 8, 10 have left from day 6 to 8: 7,
     * part 1. With 12 and 14, half of six from day 8 to 10: 9, part 2. With 0 and 1, half of eight from day 6 to 8: 7,
     * part -2.
     */
    @Test
    void medianThatMovesByTwoCausesAndByTimeHasThreeParts() {
        tables.spells(TWO_CAUSES).medians("6", "7");

        assertThat(tables.parts(false, List.of()))
                .containsExactly(
                        "median_days | first entries | deleted | 1.0",
                        "median_days | first entries | recorded late | 2.0",
                        "median_days | first entries | time passed | -2.0");
        assertThat(tables.rows("select slice_value || ' ' || sum(part) from statistic_part where slice = 'kind' "
                        + "group by slice_value"))
                .containsExactly("phone 1.0");
    }

    /** All have left: the means of 2 to 10, of 4 to 10, of 4 to 14, and of these with 0 and 1 (55 / 8). */
    @Test
    void restrictedMeanHasPartsByCause() {
        for (String release : List.of("replaced | 6", "main | 6.875")) {
            String[] fields = release.split(" \\| ", -1);
            tables.execute("insert into " + fields[0] + ".wait_summary (queue, slice, slice_value, cohort, "
                    + "is_available, restricted_mean_days) values ('work', 'all', 'all', 'first entries', true, "
                    + fields[1] + ")");
        }
        tables.spells(TWO_CAUSES);

        assertThat(tables.parts(false, List.of()))
                .containsExactly(
                        "restricted_mean_days | first entries | deleted | 1.0",
                        "restricted_mean_days | first entries | recorded late | 2.0",
                        "restricted_mean_days | first entries | time passed | -2.125");
    }

    /** Within 7 days: 3 of 5 (2, 4, 6), then 2 of 4, part -0.1, then 2 of 6, part -1/6. November was not over. */
    @Test
    void shareThatMetAStandardHasPartsByCause() {
        tables.spells(TWO_CAUSES).execute("""
                insert into replaced.wait_standard values ('work', 'all', 'all', '7 days', '2015-10-01', true, 0.6, 0.6)
                """).execute("""
                insert into main.wait_standard values
                    ('work', 'all', 'all', '7 days', '2015-10-01', true, 1 / 3, 1 / 3),
                    ('work', 'all', 'all', '7 days', '2015-11-01', true, 1, 1)
                """);

        assertThat(tables.parts(false, List.of()))
                .containsExactly(
                        "share_high | 2015-10 | deleted | -0.1",
                        "share_high | 2015-10 | recorded late | -0.166666667",
                        "share_low | 2015-10 | deleted | -0.1",
                        "share_low | 2015-10 | recorded late | -0.166666667");
    }

    /**
     * An item that met the standard was erased: its spell is in neither release, but 4 of 6 was published. That is one
     * part with what the source deleted: -1/15 and -1/10.
     */
    @Test
    void whatWasErasedIsOnePartWithWhatWasDeleted() {
        tables.spells(TWO_CAUSES)
                .execute("insert into replaced.wait_standard values ('work', 'all', 'all', '7 days', "
                        + "'2015-10-01', true, 4 / 6, 4 / 6)")
                .execute("insert into main.wait_standard values ('work', 'all', "
                        + "'all', '7 days', '2015-10-01', true, 1 / 3, 1 / 3)");

        assertThat(tables.parts("deleted", List.of()))
                .containsExactly(
                        "share_high | 2015-10 | deleted | -0.166666667",
                        "share_high | 2015-10 | recorded late | -0.166666667",
                        "share_low | 2015-10 | deleted | -0.166666667",
                        "share_low | 2015-10 | recorded late | -0.166666667");
    }

    /**
     * The standard is for phones, and of P, which left after 20 days, it is not known whether it is one: it counts in
     * the lower bound only. Within 7 days: 3 of 5 and P, then 2 of 4 and P, then 2 of 6 and P.
     */
    @Test
    void shareCountsItemsToWhichTheStandardPerhapsApplies() {
        tables.spells(TWO_CAUSES + "both | | P | 2015-10-01 | 2015-10-21\n");
        tables.execute("update queue_standard set conditions = [{'slice': 'kind', 'slice_values': ['phone']}]");
        for (String release : List.of("replaced | 3 / 6, 3 / 5", "main | 2 / 7, 2 / 6")) {
            String[] fields = release.split(" \\| ", -1);
            tables.execute("update " + fields[0]
                            + ".spell set slices = map(['kind'], ['(not known at entry)']) where item_key = 'P'")
                    .execute("insert into " + fields[0] + ".wait_standard values ('work', 'all', 'all', '7 days', "
                            + "'2015-10-01', true, " + fields[1] + ")");
        }

        assertThat(tables.parts(false, List.of()))
                .containsExactly(
                        "share_high | 2015-10 | deleted | -0.1",
                        "share_high | 2015-10 | recorded late | -0.166666667",
                        "share_low | 2015-10 | deleted | -0.1",
                        "share_low | 2015-10 | recorded late | -0.114285714");
    }

    /**
     * Of four that left in July, one came back: 1/4. B's exit moves to September: 1/3, part 1/12. C's return becomes
     * known: 2/3, part 1/3. Of E's exit on 3 August nothing could be said on 31 October, 89 days later, and now it can:
     * time alone has moved August.
     */
    @Test
    void shareThatCameBackHasPartsByCause() {
        tables.spells("""
                        both     |               | A | 2015-06-01 | 2015-07-10
                        both     |               | A | 2015-07-20 |            | within 90 days
                        replaced | corrected     | B | 2015-06-01 | 2015-07-11
                        new      | corrected     | B | 2015-06-01 | 2015-09-11
                        both     |               | C | 2015-06-01 | 2015-07-12
                        new      | recorded late | C | 2015-10-10 | 2015-10-12 | 90 days later
                        both     |               | D | 2015-06-01 | 2015-07-13
                        both     |               | D | 2015-10-12 |            | 91 days later
                        both     |               | E | 2015-06-01 | 2015-08-03
                        """)
                .execute("insert into replaced.reentry_share values "
                        + "('work', 'all', 'all', '2015-07-01', true, 0.25), "
                        + "('work', 'all', 'all', '2015-08-01', true, null)")
                .execute("insert into main.reentry_share values "
                        + "('work', 'all', 'all', '2015-07-01', true, 2 / 3), "
                        + "('work', 'all', 'all', '2015-08-01', true, 0)");

        assertThat(tables.parts(false, List.of()))
                .containsExactly(
                        "reentered_share | 2015-07 | corrected | 0.083333333",
                        "reentered_share | 2015-07 | recorded late | 0.333333333");
    }

    /** The queue has changed spells, but they do not move its median. */
    @Test
    void whatOnlyTimeHasMovedIsLeftOut() {
        tables.spells("""
                        both     |               | A | 2015-10-01 | 2015-10-05 | 4 days
                        both     |               | B | 2015-10-01 | 2015-10-07 | 6 days
                        both     |               | C | 2015-10-01 | 2015-10-09 | 8 days
                        new      | recorded late | A | 2015-10-20 | 2015-10-21 | a re-entry, in no first cohort
                        new      |               | D | 2015-11-01 | 2015-11-01 | 0 days
                        """).medians("6", "5");

        assertThat(tables.parts(false, List.of())).isEmpty();
    }

    @Test
    void queueWithoutAChangedSpellIsNotComputed() {
        tables.medians("6", "5");

        assertThat(tables.parts(false, List.of())).isEmpty();
    }

    /** Nobody had left; then, by a late record, one of two: half have left from day 4 to the last one, 30 or 60. */
    @Test
    void medianThatWasNotReachedHasNoPartAndSaysWhy() {
        tables.spells("""
                        replaced | recorded late | A | 2015-10-01 |
                        new      | recorded late | A | 2015-10-01 | 2015-10-05
                        both     |               | B | 2015-10-01 |
                        """).medians("null", "32");

        assertThat(tables.parts(false, List.of()))
                .containsExactly(
                        "median_days | first entries | recorded late | no value in the replaced release",
                        "median_days | first entries | time passed | no value in the replaced release");
    }

    /** A is deleted before B is known: in between there is nothing of which there could be a median. */
    @Test
    void medianThatIsMissingInBetweenHasNoPartAndSaysWhy() {
        tables.spells("""
                        replaced | deleted       | A | 2015-10-01 | 2015-10-05 | 4 days
                        new      | recorded late | B | 2015-10-01 | 2015-10-07 | 6 days
                        """).medians("4", "6");

        assertThat(tables.parts(false, List.of()))
                .containsExactly(
                        "median_days | first entries | deleted | no value after one of the causes",
                        "median_days | first entries | recorded late | no value after one of the causes");
    }

    /** The software before it published 5, where 6 comes out of the same spells. */
    @Test
    void anotherVersionOfTheSoftwareIsTheFirstPart() {
        tables.spells(TWO_CAUSES).medians("5", "7");

        assertThat(tables.parts(true, List.of()))
                .containsExactly(
                        "median_days | first entries | software | 1.0",
                        "median_days | first entries | deleted | 1.0",
                        "median_days | first entries | recorded late | 2.0",
                        "median_days | first entries | time passed | -2.0");
    }

    /** By the same software, 6 and 7 should have been published, not 5 and 10: 1 and 3 have no cause. */
    @Test
    void whatTheStepsDoNotComeToIsUnexplained() {
        tables.spells(TWO_CAUSES).medians("5", "10");

        assertThat(tables.parts(false, List.of()))
                .containsExactly(
                        "median_days | first entries | deleted | 1.0",
                        "median_days | first entries | recorded late | 2.0",
                        "median_days | first entries | time passed | -2.0",
                        "median_days | first entries | unexplained | 4.0");
    }

    @Test
    void queueThatIsDefinedOtherwiseIsNotComparedAndOnlyItsTotalSaysSo() {
        tables.redefined().spells(TWO_CAUSES).medians("6", "7");

        assertThat(tables.parts(false, List.of()))
                .containsExactly("median_days | first entries | definition | the definition of the queue was changed");
        assertThat(tables.rows("select slice from statistic_part")).containsExactly("all");
    }

    @Test
    void whatIsNotAvailableIsNotComputed() {
        tables.spells(TWO_CAUSES).medians("6", "null").execute("update main.wait_summary set is_available = false");

        assertThat(tables.parts(false, List.of("work")))
                .containsExactly("median_days | first entries | withdrawn load | not available in the new release");
    }

    @Test
    void whatIsAvailableAgainHasTheCauseCoverage() {
        tables.spells(TWO_CAUSES).medians("null", "7").execute("update replaced.wait_summary set is_available = false");

        assertThat(tables.parts(false, List.of("work")))
                .containsExactly("median_days | first entries | coverage | not available in the replaced release");
    }

    @Test
    void queueOfWhichFewerDaysAreKnownIsNotComputed() {
        tables.known("2015-10-30").spells(TWO_CAUSES).medians("6", "7");

        assertThat(tables.parts(false, List.of()))
                .containsExactly(
                        "median_days | first entries | coverage | the new release knows fewer days of the queue");
    }
}
