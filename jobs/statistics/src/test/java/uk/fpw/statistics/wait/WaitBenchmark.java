package uk.fpw.statistics.wait;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/**
 * How much counting first saves: the curve of a million spells by the estimator, beside one that looks at every spell
 * for every day. After a build:
 * {@code java -cp jobs/statistics/target/classes:jobs/statistics/target/test-classes
 * uk.fpw.statistics.wait.WaitBenchmark}.
 * Compare the ratio, not the milliseconds.
 */
final class WaitBenchmark {

    private static final int SPELLS = 1_000_000;
    private static final int ROUNDS = 3;

    private WaitBenchmark() {}

    /** Prints the best of some rounds of each, their ratio, and by how much the two curves differ. */
    public static void main(String[] arguments) {
        int[][] spells = spells();
        double[] counted = new double[0];
        double[] naive = new double[0];
        long countedNanos = Long.MAX_VALUE;
        long naiveNanos = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            counted = counted(spells);
            long between = System.nanoTime();
            naive = naive(spells);
            countedNanos = Math.min(countedNanos, between - start);
            naiveNanos = Math.min(naiveNanos, System.nanoTime() - between);
        }
        double difference = 0;
        for (int i = 0; i < counted.length; i++) {
            difference = Math.max(difference, Math.abs(counted[i] - naive[i]));
        }
        System.out.printf(
                "%,d spells, %,d days with exits or censorings: counted first %,d ms, every spell every day %,d "
                        + "ms, ratio %.0f;"
                        + " curves differ by at most %.1e%n",
                SPELLS,
                counted.length,
                countedNanos / 1_000_000,
                naiveNanos / 1_000_000,
                (double) naiveNanos / countedNanos,
                difference);
    }

    /** First day, exit day, 1 for left. */
    private static int[][] spells() {
        Random random = new Random(1);
        int[][] spells = new int[SPELLS][];
        for (int i = 0; i < SPELLS; i++) {
            int first = random.nextInt(10) == 0 ? random.nextInt(200) : 0;
            int exit = first + (int) Math.min(1500, -150 * Math.log(1 - random.nextDouble()));
            spells[i] = new int[] {first, exit, random.nextInt(5) == 0 ? 0 : 1};
        }
        return spells;
    }

    private static double[] counted(int[][] spells) {
        Map<List<Integer>, Long> counts = new HashMap<>();
        for (int[] spell : spells) {
            counts.merge(List.of(spell[0], spell[1], spell[2]), 1L, Long::sum);
        }
        List<Observation> observations = new ArrayList<>();
        counts.forEach((spell, count) -> observations.add(
                Observation.ofDays(spell.get(0), spell.get(1), spell.get(2) == 1 ? "left" : null, count)));
        return SurvivalCurve.of(Observation.table(observations)).steps().stream()
                .mapToDouble(step -> step.point().share())
                .toArray();
    }

    private static double[] naive(int[][] spells) {
        TreeSet<Integer> days = new TreeSet<>();
        for (int[] spell : spells) {
            days.add(spell[1]);
        }
        double[] shares = new double[days.size()];
        double share = 1;
        int i = 0;
        for (int day : days) {
            long atRisk = 0;
            long left = 0;
            for (int[] spell : spells) {
                if (spell[0] <= day && day <= spell[1]) {
                    atRisk++;
                    left += spell[1] == day ? spell[2] : 0;
                }
            }
            share *= 1 - (double) left / atRisk;
            shares[i++] = share;
        }
        return shares;
    }
}
