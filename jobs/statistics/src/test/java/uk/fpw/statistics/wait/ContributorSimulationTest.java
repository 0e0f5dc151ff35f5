package uk.fpw.statistics.wait;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How often the interval of a curve, of a quantile and of a restricted mean holds what is true, and how often two
 * groups that wait alike are called different, where the items of a contributor are not independent. The numbers in
 * {@code docs/methods.md} come from here: {@code -Dfpw.simulated.curves=10000} runs more. Prints its results.
 *
 * <p>A case has 1 to 10 devices, all received on one day, up to 150 days before observation starts (late entry) or
 * in the 250 days after; observation ends after 300 days. A device waits an exponential number of whole days, on
 * average 50: with probability one half as long as the others of its case, which leave on the same day for the
 * same reason, else a wait of its own. So the share of all devices that wait for more than t days is
 * exp(-(t + 1) / 50), and 0.6 of all leave because they are examined.
 */
@Tag("thorough")
class ContributorSimulationTest {

    private static final int RUNS = Integer.getInteger("fpw.simulated.curves", 1000);

    /** Another one makes other cases: {@code -Dfpw.simulated.seed}. */
    private static final long SEED = Long.getLong("fpw.simulated.seed", 20151231L);

    private static final double MEAN = 50;
    private static final double SHARED = 0.5;
    private static final double EXAMINED = 0.6;
    private static final int OBSERVED_DAYS = 300;
    private static final List<String> REASONS = List.of("examined", "returned");

    /** Days on which about 0.8, 0.5, 0.25 and 0.1 are still waiting. */
    private static final int[] DAYS = {10, 34, 68, 114};

    private static final int HORIZON = 114;

    /** How devices are divided into two groups, whatever they wait for. */
    enum Groups {
        BY_CASE,
        BY_DEVICE,
        /** By case, and the second group has four times as many cases. */
        UNEQUAL,
        /** By case, of one device each. */
        ONE_DEVICE
    }

    /** How many devices a case has. */
    enum Size {
        ONE(1),
        UP_TO_THREE(3),
        UP_TO_TEN(10);

        private final int most;

        Size(int most) {
            this.most = most;
        }
    }

    /** A device as it was observed. */
    private record Device(int firstDay, int exitDay, int reason) {}

    private static int wait(SplittableRandom random) {
        return (int) Math.floor(-MEAN * Math.log(1 - random.nextDouble()));
    }

    private static double stillWaiting(int day) {
        return Math.exp(-(day + 1) / MEAN);
    }

    private static int reason(SplittableRandom random) {
        return random.nextDouble() < EXAMINED ? 0 : 1;
    }

    /** The observed devices of a case, some of which may have left before observation started; at least one. */
    private static List<Device> observedCase(SplittableRandom random, Size size) {
        while (true) {
            int received = random.nextInt(-150, 250);
            int first = Math.max(0, -received);
            int last = OBSERVED_DAYS - received;
            int together = wait(random);
            int sharedReason = reason(random);
            List<Device> devices = new ArrayList<>();
            for (int device = random.nextInt(1, size.most + 1); device > 0; device--) {
                boolean isShared = random.nextDouble() < SHARED;
                int wait = isShared ? together : wait(random);
                int reason = isShared ? sharedReason : reason(random);
                if (wait >= first) {
                    devices.add(new Device(
                            first, Math.min(wait, last), wait <= last ? reason : ContributorWaits.STILL_WAITING));
                }
            }
            if (!devices.isEmpty()) {
                return devices;
            }
        }
    }

    private static void add(LifeTable.Builder table, Device device) {
        table.enter(device.firstDay - 1.0, 1);
        if (device.reason == ContributorWaits.STILL_WAITING) {
            table.censor(device.exitDay, 1);
        } else {
            table.leave(device.exitDay, REASONS.get(device.reason), 1);
        }
    }

    /** Counts how often something holds. */
    private static final class Share {

        private final String name;
        private int holds;
        private int of;

        Share(String name) {
            this.name = name;
        }

        void count(BooleanSupplier isTrue) {
            of++;
            holds += isTrue.getAsBoolean() ? 1 : 0;
        }

        double value() {
            return (double) holds / of;
        }

        /** Three and a half standard errors of 0.05 of so many runs. */
        double error() {
            return 3.5 * Math.sqrt(0.05 * 0.95 / of);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s %.2f %%", name, 100 * value());
        }
    }

    private static boolean holds(@Nullable Double low, double value, @Nullable Double high) {
        return low != null && low <= value && (high == null || value <= high);
    }

    @ParameterizedTest
    @CsvSource({
        "30, UP_TO_TEN",
        "50, UP_TO_TEN",
        "75, UP_TO_TEN",
        "100, UP_TO_TEN",
        "150, UP_TO_TEN",
        "200, UP_TO_TEN",
        "300, UP_TO_TEN",
        "30, UP_TO_THREE",
        "50, UP_TO_THREE",
        "100, UP_TO_THREE",
        "30, ONE",
        "50, ONE",
        "100, ONE"
    })
    void intervalsHoldTheTruth(int cases, Size size) {
        SplittableRandom random = new SplittableRandom(SEED + cases);
        List<Share> curves =
                Arrays.stream(DAYS).mapToObj(day -> new Share("S(" + day + ")")).toList();
        List<Share> plain = Arrays.stream(DAYS)
                .mapToObj(day -> new Share("plain S(" + day + ")"))
                .toList();
        List<Share> shares =
                Arrays.stream(DAYS).mapToObj(day -> new Share("F(" + day + ")")).toList();
        List<Share> quantiles =
                WaitSummary.SHARES.stream().map(share -> new Share("q" + share)).toList();
        Share plainMedian = new Share("plain q0.5");
        Share mean = new Share("mean");
        for (int run = 0; run < RUNS; run++) {
            List<ContributorWaits> all = new ArrayList<>();
            LifeTable.Builder builder = new LifeTable.Builder();
            for (int one = 0; one < cases; one++) {
                ContributorWaits waits = new ContributorWaits();
                for (Device device : observedCase(random, size)) {
                    add(builder, device);
                    waits.add(device.firstDay, device.exitDay, device.reason);
                }
                all.add(waits);
            }
            LifeTable table = builder.build();
            InfluenceSums sums = new InfluenceSums(InfluenceWeights.of(table, REASONS, HORIZON));
            all.forEach(sums::add);
            SurvivalCurve robust = SurvivalCurve.of(table, sums);
            SurvivalCurve greenwood = SurvivalCurve.of(table);
            CumulativeIncidence incidence = CumulativeIncidence.of(table, REASONS, sums);
            for (int i = 0; i < DAYS.length; i++) {
                int day = DAYS[i];
                SurvivalCurve.Point point = robust.at(day);
                SurvivalCurve.Point plainPoint = greenwood.at(day);
                CumulativeIncidence.Point part = incidence.at("examined", day);
                double still = stillWaiting(day);
                if (robust.isReadableAt(day)) {
                    curves.get(i).count(() -> holds(point.low(), still, point.high()));
                    plain.get(i).count(() -> holds(plainPoint.low(), still, plainPoint.high()));
                    shares.get(i).count(() -> holds(part.low(), EXAMINED * (1 - still), part.high()));
                }
            }
            for (int q = 0; q < WaitSummary.SHARES.size(); q++) {
                double share = WaitSummary.SHARES.get(q);
                int truth = IntStream.iterate(0, day -> day + 1)
                        .filter(day -> stillWaiting(day) <= 1 - share)
                        .findFirst()
                        .orElseThrow();
                SurvivalCurve.Quantile quantile = robust.quantile(share);
                quantiles.get(q).count(() -> holds(quantile.low(), truth, quantile.high()));
                if (share == 0.5) {
                    SurvivalCurve.Quantile plainQuantile = greenwood.quantile(share);
                    plainMedian.count(() -> holds(plainQuantile.low(), truth, plainQuantile.high()));
                }
            }
            SurvivalCurve.RestrictedMean restricted = robust.restrictedMean(HORIZON);
            Double area = restricted.mean();
            Double error = restricted.standardError();
            if (area != null && error != null) {
                double truth = IntStream.range(0, HORIZON)
                        .mapToDouble(ContributorSimulationTest::stillWaiting)
                        .sum();
                mean.count(() -> Math.abs(area - truth) <= SurvivalCurve.Z * error);
            }
        }
        System.out.println(cases + " cases " + size + ", " + RUNS + " runs: " + curves + " " + shares + " " + quantiles
                + " " + mean + " " + plain + " " + plainMedian);
    }

    @ParameterizedTest
    @EnumSource
    void groupsThatWaitAlikeAreRarelyCalledDifferent(Groups groups) {
        Size size = groups == Groups.ONE_DEVICE ? Size.ONE : Size.UP_TO_TEN;
        for (int cases : List.of(30, 50, 75, 100, 150)) {
            SplittableRandom random = new SplittableRandom(SEED + cases);
            Share robust = new Share("robust");
            Share plain = new Share("plain");
            for (int run = 0; run < RUNS; run++) {
                boolean isUnequal = groups == Groups.UNEQUAL;
                LifeTable.Builder[] tables = {new LifeTable.Builder(), new LifeTable.Builder()};
                List<ComparedWaits> all = new ArrayList<>();
                int number = groups == Groups.BY_DEVICE ? cases : isUnequal ? 5 * cases : 2 * cases;
                for (int one = 0; one < number; one++) {
                    ComparedWaits waits = new ComparedWaits();
                    for (Device device : observedCase(random, size)) {
                        int group = groups == Groups.BY_DEVICE ? random.nextInt(2) : one < cases ? 0 : 1;
                        add(tables[group], device);
                        boolean isLeft = device.reason != ContributorWaits.STILL_WAITING;
                        waits.addItem().addPart(group, 0, device.firstDay, device.exitDay, isLeft);
                    }
                    all.add(waits);
                }
                List<LifeTable> both = List.of(tables[0].build(), tables[1].build());
                LogRankSums sums = new LogRankSums(LogRankWeights.of(List.of(both)));
                all.forEach(sums::add);
                double hypergeometric = LogRank.compare(both).p();
                robust.count(() -> sums.log10P() < Math.log10(0.05));
                plain.count(() -> hypergeometric < 0.05);
            }
            System.out.println(groups + ", " + cases + " cases in the first group, " + RUNS + " runs, p < 0.05: "
                    + robust + ", " + plain);
            Share published = size == Size.ONE ? plain : robust;
            if (cases >= LogRankSums.FEWEST_CONTRIBUTORS || size == Size.ONE) {
                assertThat(published.value()).isBetween(0.04 - published.error(), 0.06 + published.error());
            }
        }
    }
}
