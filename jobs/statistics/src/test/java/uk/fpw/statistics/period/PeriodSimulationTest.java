package uk.fpw.statistics.period;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.statistics.Draws;

/**
 * How often two periods in which nothing differs are called different, and how often a difference is found, where items
 * come by case and leave by day. The numbers in {@code docs/methods.md} come from here:
 * {@code -Dfpw.simulated.periods=10000} runs more. Prints its results.
 *
 * <p>A period has whole weeks of five days of service. Cases are independent, or leave in batches: one day in five has
 * a batch of 1 to so many cases. The oracle knows by how much the variance exceeds that of independent items.
 *
 * <p>What no test of two periods knows is a rate that itself goes up and down around one level: {@link
 * #aRateThatWandersIsTakenForADifference}.
 */
@Tag("thorough")
class PeriodSimulationTest {

    private static final int RUNS = Integer.getInteger("fpw.simulated.periods", 1000);

    private static final double LEVEL = Math.log10(0.05);
    private static final int WEEK = 7;
    private static final int SERVICE_DAYS = 5;
    private static final double BATCH_DAYS = 0.2;
    private static final int MONTH = 4 * WEEK;

    /** How the cases of a day come about. */
    private record Flow(double casesADay, int mostDevices, int mostCasesOfABatch) {

        private double meanDevices() {
            return (1 + mostDevices) / 2.0;
        }

        private double squareOfDevices() {
            return (mostDevices + 1) * (2 * mostDevices + 1) / 6.0;
        }

        /** Variance of the items of a day over their mean. */
        private double dispersion() {
            double variance = squareOfDevices() - meanDevices() * meanDevices();
            if (mostCasesOfABatch == 0) {
                return squareOfDevices() / meanDevices();
            }
            double cases = (1 + mostCasesOfABatch) / 2.0;
            double squareOfCases = (mostCasesOfABatch + 1) * (2 * mostCasesOfABatch + 1) / 6.0;
            double mean = BATCH_DAYS * cases * meanDevices();
            double square = BATCH_DAYS * (squareOfCases * meanDevices() * meanDevices() + cases * variance);
            return (square - mean * mean) / mean;
        }

        private int cases(SplittableRandom random, double rate) {
            if (mostCasesOfABatch == 0) {
                return Draws.poisson(random, casesADay * rate);
            }
            return random.nextDouble() < BATCH_DAYS * rate ? 1 + random.nextInt(mostCasesOfABatch) : 0;
        }
    }

    /** What was counted in a period. */
    private record Counted(int cases, int items, int days, OverDispersion dispersion) {}

    private static Counted count(SplittableRandom random, Flow flow, int weeks, double rate) {
        return count(random, flow, weeks, day -> rate);
    }

    private static Counted count(SplittableRandom random, Flow flow, int weeks, IntToDoubleFunction rate) {
        long[] byDay = new long[weeks * WEEK];
        int cases = 0;
        int items = 0;
        long squares = 0;
        for (int day = 0; day < byDay.length; day++) {
            int ofDay = day % WEEK < SERVICE_DAYS ? flow.cases(random, rate.applyAsDouble(day)) : 0;
            for (int i = 0; i < ofDay; i++) {
                int devices = 1 + random.nextInt(flow.mostDevices());
                byDay[day] += devices;
                items += devices;
                squares += (long) devices * devices;
            }
            cases += ofDay;
        }
        return new Counted(cases, items, weeks * SERVICE_DAYS, OverDispersion.of(items, squares, squares, byDay));
    }

    private record Found(double plain, double exact, double scaled, double wider, double oracle) {}

    private static Found simulate(Flow flow, int weeks, double rate) {
        SplittableRandom random = new SplittableRandom(20151118);
        Map<String, Integer> found = new HashMap<>();
        for (int run = 0; run < RUNS; run++) {
            Counted earlier = count(random, flow, weeks, 1);
            Counted later = count(random, flow, weeks, rate);
            CountedRates items = new CountedRates(later.items, later.days, earlier.items, earlier.days);
            CountedRates cases = new CountedRates(later.cases, later.days, earlier.cases, earlier.days);
            if (later.items + earlier.items == 0) {
                continue;
            }
            double factor = later.dispersion.with(earlier.dispersion).factor();
            double exact = requireNonNull(cases.exact()).log10P();
            double scaled = requireNonNull(items.scaled(factor)).log10P();
            add(found, "plain", requireNonNull(items.exact()).log10P());
            add(found, "exact", exact);
            add(found, "scaled", scaled);
            add(found, "wider", Math.max(exact, scaled));
            add(
                    found,
                    "oracle",
                    requireNonNull(items.scaled(Math.max(1, flow.dispersion()))).log10P());
        }
        return new Found(
                share(found, "plain"),
                share(found, "exact"),
                share(found, "scaled"),
                share(found, "wider"),
                share(found, "oracle"));
    }

    private static void add(Map<String, Integer> found, String test, double log10P) {
        found.merge(test, log10P < LEVEL ? 1 : 0, Integer::sum);
    }

    private static double share(Map<String, Integer> found, String test) {
        return found.getOrDefault(test, 0) / (double) RUNS;
    }

    @ParameterizedTest
    @CsvSource({
        "3, 1, 0, 4",
        "3, 3, 0, 4",
        "3, 10, 0, 4",
        "10, 10, 0, 4",
        "3, 10, 0, 13",
        "3, 10, 0, 52",
        "0, 1, 10, 4",
        "0, 3, 10, 4",
        "0, 10, 10, 4",
        "0, 10, 10, 13",
        "0, 10, 10, 52",
        "0, 10, 40, 13"
    })
    void nothingDiffers(double casesADay, int mostDevices, int mostCases, int weeks) {
        Flow flow = new Flow(casesADay, mostDevices, mostCases);
        Found none = simulate(flow, weeks, 1);
        Found third = simulate(flow, weeks, 1.3);
        System.out.printf(
                Locale.ROOT,
                "%4.0f cases a day, 1-%d devices, batches to %d, %d weeks: plain %.3f, exact on cases %.3f, "
                        + "scaled %.3f, wider %.3f, oracle %.3f; 30 %% more found: wider %.2f, oracle %.2f%n",
                casesADay,
                mostDevices,
                mostCases,
                weeks,
                none.plain,
                none.exact,
                none.scaled,
                none.wider,
                none.oracle,
                third.wider,
                third.oracle);
        double chance = 3 * Math.sqrt(0.05 * 0.95 / RUNS);
        assertThat(none.wider).isLessThanOrEqualTo(0.055 + chance);
        if (mostCases == 0) {
            assertThat(none.exact).isLessThanOrEqualTo(0.055 + chance);
        }
    }

    /** One level, and months of four weeks whose rates have a standard deviation of 10 % around it. */
    @ParameterizedTest
    @CsvSource({"3, 4", "3, 13", "3, 40", "10, 4", "10, 13", "10, 40", "30, 4", "30, 13", "30, 40"})
    void aRateThatWandersIsTakenForADifference(double casesADay, int weeks) {
        Flow flow = new Flow(casesADay, 1, 0);
        SplittableRandom random = new SplittableRandom(20151118);
        int different = 0;
        int verdicts = 0;
        for (int run = 0; run < RUNS; run++) {
            Counted earlier = count(random, flow, weeks, wandering(random, weeks));
            Counted later = count(random, flow, weeks, wandering(random, weeks));
            double exact = requireNonNull(
                            new CountedRates(later.cases, later.days, earlier.cases, earlier.days).exact())
                    .log10P();
            double scaled = requireNonNull(new CountedRates(later.items, later.days, earlier.items, earlier.days)
                            .scaled(later.dispersion.with(earlier.dispersion).factor()))
                    .log10P();
            different += Math.max(exact, scaled) < LEVEL ? 1 : 0;
            verdicts += Math.max(exact, scaled) < LEVEL - Math.log10(36) ? 1 : 0;
        }
        System.out.printf(
                Locale.ROOT,
                "%4.0f cases a day, months vary by 10 %%, %d weeks: p below 0.05 %.3f, as one of 36 %.3f%n",
                casesADay,
                weeks,
                different / (double) RUNS,
                verdicts / (double) RUNS);
        assertThat(different / (double) RUNS).isGreaterThan(0.05);
    }

    private static IntToDoubleFunction wandering(SplittableRandom random, int weeks) {
        double[] months = new double[weeks * WEEK / MONTH + 1];
        for (int month = 0; month < months.length; month++) {
            // uniform, with this standard deviation
            months[month] = 1 + 0.1 * Math.sqrt(12) * (random.nextDouble() - 0.5);
        }
        return day -> months[day / MONTH];
    }
}
