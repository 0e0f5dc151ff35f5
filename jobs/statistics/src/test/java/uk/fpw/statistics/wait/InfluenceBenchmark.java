package uk.fpw.statistics.wait;

import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * What variances by contributor cost: ten million spells of one to three a case in one curve, with and without shares
 * by reason. After a build:
 * {@code java -Xmx1g -cp jobs/statistics/target/classes:jobs/statistics/target/test-classes
 * uk.fpw.statistics.wait.InfluenceBenchmark}.
 */
final class InfluenceBenchmark {

    private static final int SPELLS = 10_000_000;
    private static final List<String> REASONS = List.of("0", "1", "2", "3", "4");

    private InfluenceBenchmark() {}

    /** Prints the seconds and the bytes of the sums. */
    public static void main(String[] arguments) {
        LifeTable.Builder builder = new LifeTable.Builder();
        int[] days = new int[1501 * 1501];
        int[] reasons = new int[1501 * REASONS.size()];
        forEachContributor(waits -> {
            for (int i = 0; i < waits.size(); i++) {
                days[waits.firstDay(i) * 1501 + waits.exitDay(i)]++;
                if (waits.reason(i) >= 0) {
                    reasons[waits.reason(i) * 1501 + waits.exitDay(i)]++;
                }
            }
        });
        for (int exit = 0; exit <= 1500; exit++) {
            int all = 0;
            for (int first = 0; first <= exit; first++) {
                int count = days[first * 1501 + exit];
                all += count;
                if (count > 0) {
                    builder.enter(first - 1.0, count);
                }
            }
            int left = 0;
            for (int reason = 0; reason < REASONS.size(); reason++) {
                int count = reasons[reason * 1501 + exit];
                left += count;
                if (count > 0) {
                    builder.leave(exit, REASONS.get(reason), count);
                }
            }
            if (all > left) {
                builder.censor(exit, all - left);
            }
        }
        LifeTable table = builder.build();
        for (int round = 0; round < 2; round++) {
            long start = System.nanoTime();
            forEachContributor(waits -> {});
            long made = System.nanoTime() - start;
            for (List<String> wanted : List.of(List.<String>of(), REASONS)) {
                InfluenceSums sums = new InfluenceSums(InfluenceWeights.of(table, wanted, WaitSummary.HORIZON_DAYS));
                start = System.nanoTime();
                forEachContributor(sums::add);
                System.out.printf(
                        "%,d spells of %,d cases on %,d days, %d reasons: %.1f seconds, %,d bytes of sums%n",
                        SPELLS,
                        sums.contributors(),
                        table.size(),
                        wanted.size(),
                        (System.nanoTime() - start - made) / 1e9,
                        16L * table.size() * (3 + 3L * wanted.size()));
            }
        }
    }

    private static void forEachContributor(Consumer<ContributorWaits> consumer) {
        Random random = new Random(1);
        ContributorWaits waits = new ContributorWaits();
        int spells = 0;
        while (spells < SPELLS) {
            waits.clear();
            int most = random.nextInt(10) < 6 ? 1 : 1 + random.nextInt(3);
            for (int i = 0; i < most && spells < SPELLS; i++) {
                int first = random.nextInt(10) == 0 ? random.nextInt(200) : 0;
                int exit = first + (int) Math.min(1300, -150 * Math.log(1 - random.nextDouble()));
                waits.add(first, exit, random.nextInt(REASONS.size() + 1) - 1);
                spells++;
            }
            consumer.accept(waits);
        }
    }
}
