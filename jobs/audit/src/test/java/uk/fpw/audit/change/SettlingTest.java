package uk.fpw.audit.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.ChangeCause;
import uk.fpw.warehouse.message.SettlingRequest;

/**
 * A force with a release each day from January 2014 on. As at 31 December 2015 the months from January 2014 to
 * September 2015 ended 91 days ago or more: 21 months.
 */
class SettlingTest {

    private static final YearMonth FIRST = YearMonth.of(2014, 1);
    private static final int FINAL_MONTHS = 21;
    private static final String QUEUE = "seized";
    private static final String LATE = "recorded late";

    @TempDir
    private Path folder;

    private LocalDate asAt = LocalDate.of(2015, 12, 31);
    private LocalDate released = LocalDate.of(2014, 1, 31);
    private boolean isCompared = true;
    private @Nullable SettlingTables tables;

    @AfterEach
    void close() {
        if (tables != null) {
            tables.close();
        }
    }

    /**
     * Each month ends with 100. Two are recorded a month late, the others within five days: 10 in most months, 20 in
     * the first, 4 in the last.
     *
     * <p>The range after a day can be told by 12 final months from March 2015 on (January to December 2014 were final
     * by 1 April): it is 100 to 113 for a month that shows 88, and 106 to 121 for the last one, which shows 94. For
     * April there are 12 too (January was 91 days old on 2 May), then 14 (1 June), 15, 16, 17 and 18.
     */
    @Test
    void sharesAreThoseOfWhatWasStatedAndTheRangeIsTestedOnEachMonthByThoseBeforeIt() {
        history();

        // days, observed, zero, months, settled; tested, within
        assertThat(rows("days_after, observed_count, zero_count, period_count, settled_count, backtest_period_count,"
                        + " backtest_within_count, settled_after_days, provisional_days"))
                .containsExactly(
                        row(1, 21L, 0L, 21L, 0L, 7L, 6L, 56, 56),
                        row(2, 21L, 0L, 21L, 0L, 7L, 6L, 56, 56),
                        row(7, 21L, 0L, 21L, 0L, 7L, 7L, 56, 56),
                        row(14, 21L, 0L, 21L, 0L, 7L, 7L, 56, 56),
                        row(28, 21L, 0L, 21L, 0L, 7L, 7L, 56, 56),
                        row(56, 21L, 0L, 21L, 21L, 8L, 8L, 56, 56),
                        row(91, 21L, 0L, 21L, 21L, 9L, 9L, 56, 56));
        assertThat(rows("share_low, share_median, share_high"))
                .containsExactly(
                        row(0.78, 0.88, 0.94),
                        row(0.78, 0.88, 0.94),
                        row(0.98, 0.98, 0.98),
                        row(0.98, 0.98, 0.98),
                        row(0.98, 0.98, 0.98),
                        row(1.0, 1.0, 1.0),
                        row(1.0, 1.0, 1.0));
        assertThat(share("range_share", 1)).isEqualTo(20 / 22.0, within(1e-9));
        assertThat(share("backtest_within_share", 1)).isEqualTo(6 / 7.0, within(1e-9));
        assertThat(share("backtest_expected_share", 1))
                .isEqualTo(
                        (11 / 13.0 + 11 / 13.0 + 13 / 15.0 + 14 / 16.0 + 15 / 17.0 + 16 / 18.0 + 17 / 19.0) / 7,
                        within(1e-9));
        assertThat(value("coalesce(share_reason, settled_reason)", 1)).isNull();
    }

    /**
     * Of 100 in each month 88 were known on the second day, 97 on the sixth and 98 on the seventh. As at 6 December 97
     * are 97 / 0.97 = 100, and not 97 / 0.88 = 110.2, which the second day would make of them.
     */
    @ParameterizedTest
    @CsvSource({
        "2015-12-02, 88, 2015-11-01 88 2 0.88 100 100 null",
        "2015-12-06, 97, 2015-11-01 97 6 0.97 100 100 null",
        "2015-12-07, 98, 2015-11-01 98 7 0.98 100 100 null"
    })
    void rangeIsThatOfEarlierMonthsAtExactlyThisAge(LocalDate on, long count, String row) {
        asAt = on;
        for (int month = 1; month <= 20; month++) {
            month(month, "received_count", 100);
            step(month, 6, LATE, 88L, 97L);
            step(month, 7, LATE, 97L, 98L);
            step(month, 30, LATE, 98L, 100L);
        }
        month(23, "received_count", count);

        assertThat(expected()).containsExactly(row);
        assertThat(rows("days_after")).as("published").hasSize(7);
    }

    /** On the 31st day after their end the 21 months had all their items, on the 28th 98 of 100. */
    @Test
    void noRangeIsKnownOfAMonthThatHasOnlyJustEnded() {
        history();
        month(22, "received_count", 100);
        month(23, "received_count", 49);
        month(24, "received_count", 40);

        assertThat(expected()).containsExactly("""
                2015-10-01 100 61 1.0 100 100 null
                2015-11-01 49 31 1.0 49 49 null
                2015-12-01 40 0 null null null the month has only just ended""".split("\n"));
        assertThat(read("select period_count from settling_month order by month_start_on"))
                .containsExactly(row(21L), row(21L), row(0L));
    }

    /** The feed was last loaded on 1 December. A month of that age had 88 of 100, and on the seventh day 98. */
    @Test
    void ageIsInDaysOfReleasesAlsoWhereAFeedIsBehind() {
        asAt = LocalDate.of(2015, 12, 7);
        history();
        tables().month(QUEUE, of(23), "received_count", 98, LocalDate.of(2015, 12, 1));

        assertThat(expected()).endsWith("2015-11-01 98 7 0.98 100 100 null");
    }

    /** 88 after a day, when 88 of 100 was the highest and 78 of 100 the lowest share: 88/0.88 and 88/0.78 = 112.8. */
    @Test
    void rangeIsRoundedOutwards() {
        asAt = LocalDate.of(2015, 12, 1);
        history();
        month(23, "received_count", 88);

        assertThat(expected())
                .containsExactly("2015-09-01 100 62 1.0 100 100 null", "2015-11-01 88 1 0.78 100 113 null");
    }

    @Test
    void nothingIsExpectedOfAMonthOfWhichNothingIsCountedYet() {
        history();
        month(23, "received_count", 0);

        assertThat(expected()).containsExactly("2015-11-01 0 31 null null null nothing is counted yet");
    }

    /** The record begins on 2 November 2014: October is known after two days, not after one, which leaves 11 months. */
    @Test
    void monthCountsWhereAReleaseStatedItByThenAndEveryLaterOneWasCompared() {
        released = LocalDate.of(2014, 11, 2);
        history();

        assertThat(rows("days_after, observed_count, share_high"))
                .startsWith(row(1, 11L, null), row(2, 12L, 0.94), row(7, 12L, 0.98));
        assertThat(value("share_reason", 1)).isEqualTo("fewer than 12 months");
        assertThat(value("settled_after_days", 1)).isEqualTo(56);
    }

    @Test
    void candidateThatWasNotComparedKnowsNothing() {
        isCompared = false;
        history();
        month(23, "received_count", 49);

        assertThat(rows("observed_count, share_low, range_share, share_reason, settled_after_days, settled_reason,"
                        + " provisional_days"))
                .hasSize(7)
                .containsOnly(row(0L, null, null, "fewer than 12 months", null, "fewer than 12 months", null));
        assertThat(expected()).containsExactly("2015-11-01 49 31 null null null fewer than 12 months");
    }

    /**
     * On 15 November 2015 a definition or the software changed the counts of January to May 2014; that of June stayed
     * as it was. What was stated of the five months before that day counts something else.
     */
    @ParameterizedTest
    @CsvSource({"definition, 150", "definition, 40", "software, 101"})
    void whatWasStatedBeforeTheCountWasRedefinedIsLeftOut(String cause, long redefined) {
        for (int month = 1; month <= FINAL_MONTHS; month++) {
            boolean isRedefined = month <= 5;
            month(month, "received_count", isRedefined ? redefined : 100);
            step(month, 30, LATE, 98L, 100L);
            if (isRedefined) {
                stepOn(month, LocalDate.of(2015, 11, 15), cause, 100L, redefined);
            }
        }
        stepOn(6, LocalDate.of(2015, 11, 15), cause, 100L, 100L);

        assertThat(rows("days_after, observed_count, share_low, share_high"))
                .containsExactly(
                        row(1, 16L, 0.98, 0.98),
                        row(2, 16L, 0.98, 0.98),
                        row(7, 16L, 0.98, 0.98),
                        row(14, 16L, 0.98, 0.98),
                        row(28, 16L, 0.98, 0.98),
                        row(56, 16L, 1.0, 1.0),
                        row(91, 16L, 1.0, 1.0));
    }

    /** Of September what was stated after 56 days, on 25 November, and of August after 91, on 30 November. */
    @Test
    void whatWasStatedSinceTheCountWasRedefinedCounts() {
        for (int month = 1; month <= FINAL_MONTHS; month++) {
            month(month, "received_count", 152);
            stepOn(month, LocalDate.of(2015, 11, 15), "definition", 100L, 150L);
            stepOn(month, LocalDate.of(2015, 12, 1), LATE, 150L, 152L);
        }

        assertThat(rows("days_after, observed_count, settled_count"))
                .containsExactly(
                        row(1, 0L, 0L),
                        row(2, 0L, 0L),
                        row(7, 0L, 0L),
                        row(14, 0L, 0L),
                        row(28, 0L, 0L),
                        row(56, 1L, 0L),
                        row(91, 2L, 1L));
    }

    @Test
    void causesThatAreNoLatenessAreCauses() {
        assertThat(ChangeCause.all().stream().map(ChangeCause::name)).containsAll(SettlingHistory.REDEFINED);
    }

    @Test
    void countThatADefinitionHasBroughtAboutWasNotKnownBefore() {
        for (int month = 1; month <= FINAL_MONTHS; month++) {
            month(month, "received_count", 100);
            stepOn(month, LocalDate.of(2015, 3, 1), "definition", month % 2 == 0 ? 0L : null, 100L);
        }

        // after a day of the months from February 2015 on, after 91 days from November 2014 on
        assertThat(rows("days_after, observed_count")).contains(row(1, 8L), row(91, 11L));
    }

    /** A feed was missing from the 27th to the 30th day after June 2014, and five more are known since. */
    @Test
    void countIsUnknownWhileItWasNotAvailableAndAGapIsBridged() {
        for (int month = 1; month <= FINAL_MONTHS; month++) {
            month(month, "received_count", month == 6 ? 105 : 100);
        }
        step(6, 27, "coverage", 100L, null);
        step(6, 30, "coverage", null, 105L);

        assertThat(rows("days_after, observed_count, share_low"))
                .containsExactly(
                        row(1, 21L, 100 / 105.0),
                        row(2, 21L, 100 / 105.0),
                        row(7, 21L, 100 / 105.0),
                        row(14, 21L, 100 / 105.0),
                        row(28, 20L, 1.0),
                        row(56, 21L, 1.0),
                        row(91, 21L, 1.0));
    }

    @Test
    void monthsWithoutAnyItemHaveNoShareButCanBeSettled() {
        for (int month = 1; month <= FINAL_MONTHS; month++) {
            month(month, "received_count", month <= 10 ? 0 : 3);
        }

        assertThat(rows("observed_count, zero_count, period_count, share_reason, settled_after_days, provisional_days"))
                .containsOnly(row(21L, 10L, 11L, "fewer than 12 months", 1, 1));
    }

    /** 20 of 21 months are 95.2 %, 19 are 90.5 %. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"1, 1, -, 1", "2, -, not settled after 91 days, 91"})
    void oneMonthInTwentyMayBeUnsettled(
            int unsettled, @Nullable Integer settledAfter, @Nullable String reason, int provisional) {
        for (int month = 1; month <= FINAL_MONTHS; month++) {
            boolean isSettled = month > unsettled;
            month(month, "received_count", isSettled ? 400 : 403);
            // 398 of 400 is within 0.5 %, 398 of 403 is not
            step(month, 95, LATE, 398L, isSettled ? 400L : 403L);
        }

        assertThat(rows("settled_after_days, settled_reason, provisional_days"))
                .containsOnly(row(settledAfter, reason, provisional));
    }

    /** What waits past a standard follows from what came in and left: it is shown, and decides nothing. */
    @Test
    void countsThatFollowFromOthersDoNotDecideWhatIsProvisional() {
        for (int month = 1; month <= FINAL_MONTHS; month++) {
            month(month, "past_standard_count", 7);
        }

        assertThat(rows("measure, settled_after_days, provisional_days"))
                .containsOnly(row("past_standard_count", 1, null));
    }

    /** No table of the candidate is there. */
    @Test
    void errorLeavesBothTablesEmptyWithAWarning() {
        assertThat(warningsOfEmptyTables(Map.of()))
                .containsExactly("how complete months were is not listed: the audit could not compute it (Catalog "
                        + "Error); this is probably a bug in the software: keep the folder of this run and report it");
    }

    @Test
    void nothingIsComputedWhereNothingIsAskedFor() {
        assertThat(warningsOfEmptyTables(null)).isEmpty();
    }

    private List<String> warningsOfEmptyTables(@Nullable Map<String, List<String>> releasedOn) {
        Path settling = folder.resolve("settling.parquet");
        Path months = folder.resolve("settling_month.parquet");
        try (AuditSession session = AuditSession.open("Europe/London")) {
            SettlingRequest request = new SettlingRequest(releasedOn, settling.toString(), months.toString());
            List<String> warnings = new Settling(session, request, ReleaseId.of("2015-12-31.1")).write(true);

            for (Path file : List.of(settling, months)) {
                assertThat(session.number("select count(*) from '" + file + "'"))
                        .as(file.toString())
                        .isZero();
            }
            return warnings;
        }
    }

    private void history() {
        for (int month = 1; month <= FINAL_MONTHS; month++) {
            long first = month == 1 ? 78 : month == FINAL_MONTHS ? 94 : 88;
            month(month, "received_count", 100);
            step(month, 5, LATE, first, 98L);
            step(month, 30, LATE, 98L, 100L);
        }
    }

    private SettlingTables tables() {
        if (tables == null) {
            tables = new SettlingTables(folder, asAt);
        }
        return tables;
    }

    private static YearMonth of(int month) {
        return FIRST.plusMonths(month - 1L);
    }

    private void month(int month, String measure, long count) {
        tables().month(QUEUE, of(month), measure, count);
    }

    private void step(int month, int daysAfter, String cause, @Nullable Long replaced, @Nullable Long now) {
        stepOn(month, of(month).atEndOfMonth().plusDays(daysAfter), cause, replaced, now);
    }

    private void stepOn(int month, LocalDate on, String cause, @Nullable Long replaced, @Nullable Long now) {
        tables().step(QUEUE, of(month), on, cause, replaced, now);
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    private double share(String column, int daysAfter) {
        return (Double) Objects.requireNonNull(value(column, daysAfter));
    }

    private @Nullable Object value(String column, int daysAfter) {
        return read("select " + column + " from settling where days_after = " + daysAfter)
                .get(0)
                .get(0);
    }

    private List<List<@Nullable Object>> rows(String columns) {
        return read("select " + columns + " from settling order by days_after");
    }

    /** Month, count, age, lowest share, low, high, reason. */
    private List<String> expected() {
        return read("select cast(month_start_on as varchar), current_count, days_since_end, share_low, expected_low,"
                        + " expected_high, expected_reason from settling_month order by month_start_on")
                .stream()
                .map(row -> row.stream().map(String::valueOf).collect(Collectors.joining(" ")))
                .toList();
    }

    private List<List<@Nullable Object>> read(String query) {
        return tables().read(
                        Map.of(
                                QUEUE,
                                released.datesUntil(asAt)
                                        .map(LocalDate::toString)
                                        .toList()),
                        isCompared,
                        query);
    }
}
