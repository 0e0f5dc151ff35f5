package uk.fpw.ingest.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.ingest.TestFeeds;
import uk.fpw.ingest.source.RowSource;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.FeedLimits;
import uk.fpw.warehouse.store.ledger.ChangeHistory;
import uk.fpw.warehouse.store.limit.AcceptableLimit;
import uk.fpw.warehouse.store.load.RowChanges;

class ChangeLimitsTest {

    private static final LocalDate DAY = LocalDate.of(2024, 5, 3);
    private static final FeedLimits DEFAULTS = new FeedLimits(
            new FeedLimits.Rows(1, 0.01, 1, 0.05),
            new FeedLimits.Changes(0.05, 0.25, 0.1, 0.05, 20, 100),
            new FeedLimits.ChangesIn28Days(0.1, 0.2, 0.25));

    private static final Feed CASES = cases("case_ref");
    private static final Feed BY_ROW = cases();

    private static Feed cases(String... key) {
        return TestFeeds.with(
                TestFeeds.feed("cases", List.of(key), "case_ref", TestFeeds.column("case_ref", "CASE", Feed.Type.TEXT)),
                DEFAULTS);
    }

    @Test
    void firstLoadIsNeverStopped() {
        assertThatCode(() -> judge(DAY, new RowChanges(0, 0, Map.of(), Set.of()), 0, List.of()))
                .doesNotThrowAnyException();
    }

    @Test
    void secondLoadMayChangeTwiceTheShare() {
        ChangeHistory.Past first = past(DAY.minusDays(1), 0, 0, 0);
        assertThatCode(() -> judge(DAY, new RowChanges(1000, 500, Map.of(), Set.of()), 0, List.of(first)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> judge(DAY, new RowChanges(1000, 501, Map.of(), Set.of()), 0, List.of(first)))
                .hasMessageContaining(
                        "501 of 1000 rows (50.1 %) that were known before changed (in 28 days before a load "
                                + "changed at most 0), more than twice limits.max_changed_share: 0.25 in "
                                + "feeds/cases.yml; ");
    }

    @Test
    void feedThatChangesMuchEveryNightStopsOnlyIfFarMoreChanges() {
        List<ChangeHistory.Past> busy = List.of(past(DAY.minusDays(1), 0, 1000, 300));
        assertThatCode(() -> judge(DAY, new RowChanges(1000, 600, Map.of(), Set.of()), 0, busy))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> judge(DAY, new RowChanges(1000, 601, Map.of(), Set.of()), 0, busy))
                .isInstanceOf(FpwException.class);
    }

    @Test
    void changesThatDoubleFromNightToNightAreStopped() {
        List<ChangeHistory.Past> past = new ArrayList<>(List.of(past(DAY.minusDays(3), 0, 0, 0)));
        for (long changed : List.of(100L, 240L)) {
            LocalDate night = DAY.minusDays(3 - past.size());
            judge(night, new RowChanges(1000, changed, Map.of(), Set.of()), 0, past);
            past.add(past(night, 0, 1000, changed));
        }
        assertThatThrownBy(() -> judge(DAY, new RowChanges(1000, 480, Map.of(), Set.of()), 0, past))
                .hasMessageContaining(
                        "480 of 1000 rows (48.0 %) that were known before changed (in 28 days before a load "
                                + "changed at most 240), more than limits.max_changed_share: 0.25 in "
                                + "feeds/cases.yml; ");
    }

    @Test
    void changesThatDoubleFromWeekToWeekAreStopped() {
        List<ChangeHistory.Past> past = new ArrayList<>();
        for (int day = 20; day > 0; day--) {
            past.add(past(DAY.minusDays(day), 0, 1000, day == 7 ? 250 : 5));
        }
        assertThatCode(() -> judge(DAY, new RowChanges(1000, 375, Map.of(), Set.of()), 0, past))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> judge(DAY, new RowChanges(1000, 376, Map.of(), Set.of()), 0, past))
                .isInstanceOf(FpwException.class);
    }

    @Test
    void nightsThatWereMissedMayChangeMore() {
        List<ChangeHistory.Past> past = List.of(past(DAY.minusDays(5), 0, 1000, 60));
        assertThatCode(() -> judge(DAY, new RowChanges(1000, 600, Map.of(), Set.of()), 0, past))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> judge(DAY, new RowChanges(1000, 601, Map.of(), Set.of()), 0, past))
                .isInstanceOf(FpwException.class);
    }

    @Test
    void changesOnlyAreSuggestedWhereRowsHaveAKeyToTellThemBy() {
        RowChanges none = new RowChanges(1000, 0, Map.of(), Set.of());
        List<ChangeHistory.Past> past = List.of(past(DAY.minusDays(1), 0, 1000, 0));
        assertThatThrownBy(() -> judge(CASES, DAY, none, 51, past))
                .hasMessageContaining("; check whether the table is complete and correct (if it contains changed "
                        + "rows only, declare 'extract: changes'). If it is, accept");
        assertThatThrownBy(() -> judge(BY_ROW, DAY, none, 51, past))
                .hasMessageContaining("; check whether the table is complete and correct. If it is, accept");
        assertThatThrownBy(() -> judge(TestFeeds.with(CASES, Feed.Extract.CHANGES), DAY, none, 51, past))
                .hasMessageContaining("; check whether the table is complete and correct (one that was restored from a "
                        + "backup has lost what was recorded after it). If it is, accept");
    }

    @Test
    void fewRowsAreNeverStopped() {
        List<ChangeHistory.Past> past = List.of(past(DAY.minusDays(1), 0, 19, 0));
        assertThatCode(() -> judge(DAY, new RowChanges(19, 0, Map.of(), Set.of()), 19, past))
                .doesNotThrowAnyException();
        assertThatCode(() -> judge(DAY, new RowChanges(99, 99, Map.of(), Set.of()), 0, past))
                .doesNotThrowAnyException();
    }

    @Test
    void valuesThatAreLostFewAtATimeStopTheFeedBeforeTheyAreMany() {
        RowChanges some = changes("closed_at", 80, 1000);
        List<ChangeHistory.Past> past = List.of(
                new ChangeHistory.Past(DAY.minusDays(2), 80, 0, some),
                new ChangeHistory.Past(DAY.minusDays(1), 80, 0, some));
        assertThatThrownBy(() -> judge(DAY, changes("closed_at", 41, 840), 0, past))
                .hasMessageContaining(
                        "column closed_at lost 201 of 1000 values (20.1 %) in 28 days, 41 by this load, more than "
                                + "limits.max_emptied_share_28_days: 0.2 in feeds/cases.yml; ");
        // A person accepted the second of them.
        List<ChangeHistory.Past> accepted = List.of(
                new ChangeHistory.Past(DAY.minusDays(2), 80, 0, some),
                new ChangeHistory.Past(DAY.minusDays(1), 80, 0, some.accepting(Set.of(AcceptableLimit.EMPTIED))));
        assertThatCode(() -> judge(DAY, changes("closed_at", 41, 840), 0, accepted))
                .doesNotThrowAnyException();
    }

    @Test
    void feedThatHasDoubledInTheMonthIsNotJudgedByItsChanges() {
        List<ChangeHistory.Past> young = List.of(past(DAY.minusDays(1), 0, 500, 0));
        assertThatCode(() -> judge(DAY, new RowChanges(1000, 1000, Map.of(), Set.of()), 0, young))
                .doesNotThrowAnyException();
    }

    @Tag("thorough")
    @Test
    void firstYearOfASystemThatBeginsEmptyIsNotStopped() {
        for (int seed = 0; seed < 20; seed++) {
            assertThat(stopsInAYear(CASES, seed, 1, day -> true))
                    .as("seed %d", seed)
                    .isEmpty();
            assertThat(stopsInAYear(CASES, seed, 20, day -> true))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @Tag("thorough")
    @Test
    void forceThatRecordsAWeekOnItsMondayIsNotStopped() {
        for (int seed = 0; seed < 20; seed++) {
            assertThat(stopsInAYear(CASES, seed, 1, ChangeLimitsTest::isMonday))
                    .as("seed %d", seed)
                    .isEmpty();
            assertThat(stopsInAYear(CASES, seed, 20, ChangeLimitsTest::isMonday))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @Tag("thorough")
    @Test
    void firstYearWithoutAKeyIsNotStoppedEither() {
        for (int seed = 0; seed < 4; seed++) {
            for (int scale : List.of(1, 20)) {
                assertThat(stopsInAYear(BY_ROW, seed, scale, day -> true))
                        .as("seed %d", seed)
                        .isEmpty();
                assertThat(stopsInAYear(BY_ROW, seed, scale, ChangeLimitsTest::isMonday))
                        .as("seed %d", seed)
                        .isEmpty();
            }
        }
    }

    private static boolean isMonday(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.MONDAY;
    }

    /**
     * About 20 items a day times a scale, recorded on arrival; each changes five times in the following sixty days, and
     * one in two hundred is deleted.
     */
    private static List<String> stopsInAYear(Feed feed, long seed, int scale, Predicate<LocalDate> isRecorded) {
        Random dice = new Random(seed);
        LocalDate start = LocalDate.of(2023, 1, 1);
        int[] changesOn = new int[365 + 61];
        List<ChangeHistory.Past> all = new ArrayList<>();
        List<String> stops = new ArrayList<>();
        long rows = 0;
        long waiting = 0;
        for (int day = 0; day < 365; day++) {
            LocalDate date = start.plusDays(day);
            waiting += changesOn[day];
            long changed = isRecorded.test(date) ? Math.min(rows, waiting) : 0;
            waiting = isRecorded.test(date) ? 0 : waiting;
            long deleted = 0;
            int came = scale * (10 + dice.nextInt(21));
            for (int item = 0; item < came; item++) {
                deleted += dice.nextInt(200) == 0 && rows > 0 ? 1 : 0;
                for (int change = 0; change < 5; change++) {
                    changesOn[day + 1 + (int) (60 * dice.nextDouble() * dice.nextDouble())]++;
                }
            }
            // Without a key, a changed row is missing too, and new rows replace deleted ones.
            long missing = feed.isKeyedByRow() ? Math.min(rows, changed + deleted) : deleted;
            long replaced = feed.isKeyedByRow() ? Math.min(missing, came + changed) : changed;
            RowChanges changes = new RowChanges(rows, replaced, Map.of(), Set.of());
            List<ChangeHistory.Past> month = all.subList(Math.max(0, all.size() - 27), all.size());
            List<ChangeHistory.Past> before = all.subList(Math.max(0, all.size() - 55), Math.max(0, all.size() - 27));
            ChangeLimits limits = new ChangeLimits(new Source(feed), new ChangeHistory(month, before), date);
            limits.compare(changes, MissingRows.allDeleted(missing), 0);
            try {
                limits.enforce(limit -> null);
            } catch (FpwException stopped) {
                // In the first two days of a system, more changes than anybody expects.
                if (!feed.isKeyedByRow() || day > 1) {
                    stops.add(date + " " + stopped.getMessage());
                }
            }
            all.add(new ChangeHistory.Past(date, came + changed, missing, limits.judged(changes)));
            rows += came - deleted;
        }
        return stops;
    }

    private static RowChanges changes(String column, long lost, long of) {
        return new RowChanges(2000, lost, Map.of(column, new RowChanges.Emptied(lost, of)), Set.of());
    }

    private static ChangeHistory.Past past(LocalDate date, long deleted, long before, long changed) {
        return new ChangeHistory.Past(date, changed, deleted, new RowChanges(before, changed, Map.of(), Set.of()));
    }

    private static void judge(LocalDate date, RowChanges changes, long missing, List<ChangeHistory.Past> past) {
        judge(CASES, date, changes, missing, past);
    }

    private static void judge(
            Feed feed, LocalDate date, RowChanges changes, long missing, List<ChangeHistory.Past> past) {
        ChangeLimits limits = new ChangeLimits(new Source(feed), new ChangeHistory(past), date);
        limits.compare(changes, MissingRows.allDeleted(missing), 0);
        limits.enforce(limit -> null);
    }

    /** A table of cases with the default limits. */
    private record Source(Feed feed) implements RowSource {

        @Override
        public String name() {
            return "cases";
        }

        @Override
        public String place() {
            return "table cases";
        }

        @Override
        public String what() {
            return "the table";
        }

        @Override
        public String numbering() {
            return "row";
        }

        @Override
        public SourceRows open() {
            throw new UnsupportedOperationException("not read");
        }
    }
}
