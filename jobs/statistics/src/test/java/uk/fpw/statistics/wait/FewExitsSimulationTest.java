package uk.fpw.statistics.wait;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How often two groups that wait alike are called different where many wait and few have left. The numbers in
 * {@code docs/methods.md} come from here: {@code -Dfpw.simulated.curves=10000} runs more. Prints its results.
 *
 * <p>All items enter on day 0 and are observed for 100 days. A device leaves, with probability one half, with the
 * others of its case, else on a day of its own; waits are exponential, so long that as many exits as given are
 * expected of the first group, which has so many cases, the second as many or four times as many.
 */
@Tag("thorough")
class FewExitsSimulationTest {

    private static final int RUNS = Integer.getInteger("fpw.simulated.curves", 1000);
    private static final long SEED = Long.getLong("fpw.simulated.seed", 20151231L);
    private static final int OBSERVED_DAYS = 100;

    @ParameterizedTest
    @CsvSource({
        // cases of the first group, times as many in the second, most devices of a case, exits expected of the first
        "30, 1, 1, 2",
        "30, 1, 1, 5",
        "30, 1, 1, 20",
        "100, 4, 1, 2",
        "100, 4, 1, 5",
        "100, 4, 1, 20",
        "75, 1, 10, 3",
        "75, 1, 10, 20",
        "75, 1, 10, 75",
        "75, 4, 3, 3",
        "75, 4, 3, 20",
        "75, 4, 3, 75",
        "75, 4, 10, 3",
        "75, 4, 10, 20",
        "75, 4, 10, 50",
        "75, 4, 10, 75",
        "300, 4, 10, 75",
        "75, 10, 10, 75"
    })
    void groupsOfWhichFewHaveLeftAreRarelyCalledDifferent(int cases, int times, int mostDevices, double exits) {
        SplittableRandom random = new SplittableRandom(SEED + cases + mostDevices);
        double mean = -OBSERVED_DAYS / Math.log(1 - exits / (cases * (mostDevices + 1) / 2.0));
        int different = 0;
        for (int run = 0; run < RUNS; run++) {
            LifeTable.Builder[] tables = {new LifeTable.Builder(), new LifeTable.Builder()};
            List<ComparedWaits> all = new ArrayList<>();
            for (int one = 0; one < cases * (1 + times); one++) {
                int group = one < cases ? 0 : 1;
                ComparedWaits waits = new ComparedWaits();
                int together = wait(random, mean);
                for (int device = random.nextInt(1, mostDevices + 1); device > 0; device--) {
                    int wait = random.nextBoolean() ? together : wait(random, mean);
                    boolean isLeft = wait <= OBSERVED_DAYS;
                    int day = Math.min(wait, OBSERVED_DAYS);
                    tables[group].enter(-1, 1);
                    if (isLeft) {
                        tables[group].leave(day, "examined", 1);
                    } else {
                        tables[group].censor(day, 1);
                    }
                    waits.addItem().addPart(group, 0, 0, day, isLeft);
                }
                all.add(waits);
            }
            List<LifeTable> both = List.of(tables[0].build(), tables[1].build());
            LogRankSums sums = new LogRankSums(LogRankWeights.of(List.of(both)));
            all.forEach(sums::add);
            double log10P =
                    mostDevices == 1 ? LogRank.log10P(LogRank.compare(both).chiSquare()) : sums.log10P();
            different += log10P < Math.log10(0.05) ? 1 : 0;
        }
        double share = (double) different / RUNS;
        System.out.printf(
                Locale.ROOT,
                "%d cases of up to %d devices, %d times as many in the second, %.0f exits, %d runs, p < 0.05: "
                        + "%.2f %%%n",
                cases,
                mostDevices,
                times,
                exits,
                RUNS,
                100 * share);
        if (mostDevices == 1 || exits >= LogRankSums.FEWEST_EXITS) {
            assertThat(share).isLessThan(0.06 + 3.5 * Math.sqrt(0.05 * 0.95 / RUNS));
        }
    }

    private static int wait(SplittableRandom random, double mean) {
        return (int) Math.min(10_000, Math.floor(-mean * Math.log(1 - random.nextDouble())));
    }
}
