package uk.fpw.metrics.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.force.change.Change;

/**
 * How often the waits of an unchanged queue are called different, and how often it is detected that items leave
 * sooner. Prints its results.
 */
@Tag("thorough")
class WaitSimulationTest {

    private static final int QUEUES = Integer.getInteger("fpw.simulated.queues", 200);

    private static final LocalDate FIRST = LocalDate.of(2013, 1, 7);
    private static final int WEEKS_BEFORE = 104;
    private static final int DAYS = 7 * (WEEKS_BEFORE + 12);

    private static final Change CHANGE = new Change(
            "outsourcing",
            FIRST.plusWeeks(WEEKS_BEFORE),
            Change.Kind.OUTSOURCING,
            "What.",
            "Why.",
            "The board",
            List.of("waiting"),
            false,
            new Change.Comparison(Change.Outcome.WAIT, Change.Direction.LOWER, FIRST, 12));

    /** Spells by day of entry and of leaving; the largest number while still waiting. */
    private static final class SimulatedQueue {

        private static final int OPEN = Integer.MAX_VALUE;

        private final SortedMap<Long, Integer> spells = new TreeMap<>();
        private final int[] entered = new int[DAYS];
        private final int[] left = new int[DAYS];

        void enter(int day) {
            entered[day]++;
        }

        void leave(int from, int day) {
            left[day]++;
            count(from, day);
        }

        void count(int from, int day) {
            spells.merge(((long) from << 32) | day, 1, Integer::sum);
        }

        BeforeAfter compare() {
            List<QueueWeek> weeks = new ArrayList<>();
            int waiting = 0;
            for (int week = 0; week < DAYS / 7; week++) {
                int in = 0;
                int out = 0;
                for (int day = 7 * week; day < 7 * week + 7; day++) {
                    in += entered[day];
                    out += left[day];
                }
                weeks.add(new QueueWeek(FIRST.plusWeeks(week), waiting, in, 0, out));
                waiting += in - out;
            }
            List<SpellDays> days = new ArrayList<>();
            spells.forEach((key, count) -> {
                LocalDate from = FIRST.plusDays(key >> 32);
                int to = key.intValue();
                days.add(new SpellDays(from, from, to == OPEN ? null : FIRST.plusDays(to), count));
            });
            // the first weeks, in which the queue fills, are not observed
            return BeforeAfter.of(CHANGE, null, weeks.subList(20, weeks.size()), SpellsAtRisk.independent(days));
        }
    }

    /**
     * Three items arrive each day, and each leaves on each day with the same probability.
     *
     * @param batch items that leave on one day in about every 15th week
     * @param sooner by how much sooner items leave after the change
     */
    private static SimulatedQueue queue(SplittableRandom random, int batch, double sooner) {
        SimulatedQueue queue = new SimulatedQueue();
        List<Integer> waiting = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            double chance = (day < 7 * WEEKS_BEFORE ? 1 : 1 + sooner) / 30;
            List<Integer> stay = new ArrayList<>();
            int atOnce = random.nextInt(15 * 7) == 0 ? batch : 0;
            for (int from : waiting) {
                if (atOnce-- > 0 || random.nextDouble() < chance) {
                    queue.leave(from, day);
                } else {
                    stay.add(from);
                }
            }
            waiting = stay;
            for (int i = 0; i < 6; i++) {
                if (random.nextBoolean()) {
                    waiting.add(day);
                    queue.enter(day);
                }
            }
        }
        waiting.forEach(from -> queue.count(from, SimulatedQueue.OPEN));
        return queue;
    }

    private static double differentShare(String name, int batch, double sooner, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int verdicts = 0;
        int different = 0;
        for (int i = 0; i < QUEUES; i++) {
            BeforeAfter found = queue(random.split(), batch, sooner).compare();
            verdicts += found.verdict() == null ? 0 : 1;
            different += BeforeAfter.DIFFERENT.equals(found.verdict()) ? 1 : 0;
        }
        System.out.printf(
                Locale.ROOT,
                "%s: verdict in %.0f %% of %d queues, of these different %.1f %%%n",
                name,
                100.0 * verdicts / QUEUES,
                QUEUES,
                100.0 * different / verdicts);
        assertThat(verdicts).isGreaterThan(QUEUES / 2);
        return (double) different / verdicts;
    }

    @Test
    void whereNothingChangesFewWaitsAreCalledDifferent() {
        assertThat(differentShare("waits", 0, 0, 11)).isLessThanOrEqualTo(0.07);
        assertThat(differentShare("waits, with batches", 25, 0, 12)).isLessThanOrEqualTo(0.07);
    }

    @Test
    void itemsThatLeaveHalfAsSoonAgainAreSeen() {
        assertThat(differentShare("waits, a fifth sooner", 0, 0.2, 13)).isGreaterThan(0.1);
        assertThat(differentShare("waits, half as soon again", 0, 0.5, 14)).isGreaterThan(0.7);
    }
}
