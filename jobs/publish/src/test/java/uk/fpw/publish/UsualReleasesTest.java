package uk.fpw.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.publish.SimulatedQueue.Habits;
import uk.fpw.publish.SimulatedQueue.Lateness;
import uk.fpw.publish.SimulatedQueue.Recording;

/**
 * How often the limits of a release stop an ordinary year: first years of queues that begin empty, and fourth years;
 * queues of 2 and of 20 items a day that wait for hours, a month or five months; recorded daily, on Mondays or every
 * four weeks, at once or weeks late. The operator's guide quotes its output.
 */
class UsualReleasesTest {

    private static final int YEAR = 365;
    private static final int SEEDS = Integer.getInteger("fpw.usual.seeds", 1);
    private static final double[] PER_DAY = {2, 20};
    private static final double[] MEDIAN_WAIT_DAYS = {0.7, 30, 150};

    /** Years examined and the stops in them, by what the years have in common. */
    private final Map<String, int[]> found = new TreeMap<>();

    @Test
    void forceThatRecordsWithinAWeekIsNotStopped() {
        years(List.of(Lateness.MOSTLY_AT_ONCE), List.of(Recording.DAILY, Recording.MONDAYS), List.of(1, 7, 30), false);
        assertThat(stops()).isEmpty();
    }

    @Test
    @Tag("thorough")
    void forceThatRecordsWeeksLateIsNotStoppedByItsNights() {
        years(
                List.of(Lateness.WEEKS_LATE, Lateness.EXITS_WEEKS_LATE),
                List.of(Recording.DAILY, Recording.MONDAYS),
                List.of(1),
                false);
        assertThat(stops()).isEmpty();
    }

    /** It declares {@code provisional_days}. */
    @Test
    void forceThatRecordsWeeksLateAndDeclaresItIsNotStoppedByNightsThatAreWeeksApart() {
        years(
                List.of(Lateness.WEEKS_LATE, Lateness.EXITS_WEEKS_LATE),
                List.of(Recording.DAILY, Recording.MONDAYS),
                List.of(7, 30),
                true);
        assertThat(stops()).isEmpty();
    }

    @Test
    @Tag("thorough")
    void forceThatRecordsEveryFourWeeksIsStoppedWhereABatchEmptiesAQueue() {
        years(List.of(Lateness.values()), List.of(Recording.EVERY_FOUR_WEEKS), List.of(1), true);
        assertThat(stops())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "first year, 20 a day, 0.7 days, EVERY_FOUR_WEEKS WEEKS_LATE, nights 1 days apart",
                        12 * SEEDS,
                        "fourth year, 20 a day, 0.7 days, EVERY_FOUR_WEEKS WEEKS_LATE, nights 1 days apart",
                        13 * SEEDS,
                        "first year, 20 a day, 0.7 days, EVERY_FOUR_WEEKS EXITS_WEEKS_LATE, nights 1 days apart",
                        12 * SEEDS,
                        "fourth year, 20 a day, 0.7 days, EVERY_FOUR_WEEKS EXITS_WEEKS_LATE, nights 1 days apart",
                        13 * SEEDS));
    }

    private void years(
            List<Lateness> latenesses, List<Recording> recordings, List<Integer> daysApart, boolean isDeclared) {
        for (Lateness lateness : latenesses) {
            for (Recording recording : recordings) {
                for (double perDay : PER_DAY) {
                    for (double wait : MEDIAN_WAIT_DAYS) {
                        Habits habits = new Habits(perDay, wait, lateness, recording, isDeclared);
                        daysApart.forEach(apart -> {
                            year("first year, ", habits, 0, apart);
                            year("fourth year, ", habits, 3 * YEAR, apart);
                        });
                    }
                }
            }
        }
        int years = found.values().stream().mapToInt(each -> each[0]).sum();
        System.out.println(String.format(
                Locale.ROOT,
                "%d ordinary years of %s %s, nights %s days apart, %s: %d stops, %d notes",
                years,
                recordings,
                latenesses,
                daysApart,
                isDeclared ? "declared" : "not declared",
                found.values().stream().mapToInt(each -> each[1]).sum(),
                found.values().stream().mapToInt(each -> each[2]).sum()));
    }

    private void year(String which, Habits habits, int first, int apart) {
        int[] counts =
                found.computeIfAbsent(which + habits + ", nights " + apart + " days apart", unused -> new int[3]);
        ReleaseLimits limits = ReleaseLimitsTesting.limits(habits.provisionalDays());
        for (int seed = 0; seed < SEEDS; seed++) {
            SimulatedQueue queue = new SimulatedQueue(seed, habits, first + YEAR);
            counts[0]++;
            for (int night = first + apart; night < first + YEAR; night += apart) {
                for (ReleaseLimits.Verdict verdict :
                        ReleaseLimitsTesting.judge(limits, queue.change(night - apart, night))) {
                    counts[verdict.stops() ? 1 : 2]++;
                }
            }
        }
    }

    private Map<String, Integer> stops() {
        Map<String, Integer> stops = new TreeMap<>();
        found.forEach((year, counts) -> {
            if (counts[1] > 0) {
                stops.put(year, counts[1]);
            }
        });
        return stops;
    }
}
