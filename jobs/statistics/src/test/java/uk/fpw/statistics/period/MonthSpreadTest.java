package uk.fpw.statistics.period;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.statistics.Draws;

class MonthSpreadTest {

    private static final int RUNS = Integer.getInteger("fpw.simulated.periods", 1000);
    private static final double LEVEL = Math.log10(0.05);
    private static final int DAYS = 21;

    private static final long[] COUNTS = {
        110, 95, 120, 101, 99, 130, 88, 105, 117, 92, 108, 125, 90, 115, 97, 121, 111, 94, 126, 84, 100, 118, 96, 109,
        131, 102, 99, 117, 108, 123, 91, 113, 98, 127, 104, 119
    };
    private static final int[] SERVED = {
        22, 20, 21, 20, 22, 21, 23, 21, 20, 23, 20, 21, 22, 20, 22, 19, 22, 21, 22, 22, 20, 23, 21, 21, 22, 20, 22, 20,
        20, 22, 23, 20, 22, 22, 21, 21
    };

    /** By numpy 2.4: weighted least squares on the dummies of years and months ({@code numpy.linalg.lstsq}). */
    @Test
    void factorIsThatOfTheTwoWayLayout() {
        MonthSpread three = MonthSpread.of(COUNTS, SERVED);
        assertThat(three.factor()).isCloseTo(2.472891458118723, within(1e-9));
        assertThat(three.degrees()).isEqualTo(22);

        MonthSpread parts = MonthSpread.of(Arrays.copyOfRange(COUNTS, 5, 36), Arrays.copyOfRange(SERVED, 5, 36));
        assertThat(parts.factor()).isCloseTo(2.5816866820620032, within(1e-9));
        assertThat(parts.degrees()).isEqualTo(17);
    }

    @Test
    void fewMonthsOrNothingCountedSayNothing() {
        assertThat(MonthSpread.of(Arrays.copyOf(COUNTS, 23), Arrays.copyOf(SERVED, 23)))
                .isEqualTo(MonthSpread.UNKNOWN);
        assertThat(MonthSpread.of(new long[36], SERVED)).isEqualTo(MonthSpread.UNKNOWN);
        assertThat(MonthSpread.of(new long[0], new int[0])).isEqualTo(MonthSpread.UNKNOWN);
    }

    /** A season and a step between years are no variation of months. */
    @Test
    void seasonAndLevelOfAYearAreTakenOut() {
        long[] counts = new long[36];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = 100L + 20L * (i / 12) + (i % 12 == 7 ? 40 : 0);
        }
        int[] served = new int[36];
        Arrays.fill(served, 20);

        assertThat(MonthSpread.of(counts, served).factor()).isCloseTo(0, within(1e-9));
    }

    /**
     * How often the last months of three years differ from the same of the year before, with and without the factor;
     * months are independent, or their rates have a standard deviation of 10 %. The table in {@code docs/methods.md} is
     * from here.
     */
    @ParameterizedTest
    @Tag("thorough")
    @CsvSource({"3, 1", "3, 3", "3, 8", "10, 1", "10, 3", "10, 8", "30, 1", "30, 3", "30, 8"})
    void monthsThatVaryAreNotTakenForADifference(double aDay, int months) {
        double steadyPlain = found(aDay, months, 0, 1, false);
        double steady = found(aDay, months, 0, 1, true);
        double variesPlain = found(aDay, months, 0.1, 1, false);
        double varies = found(aDay, months, 0.1, 1, true);
        double rise = found(aDay, months, 0, 1.2, true);
        double risePlain = found(aDay, months, 0, 1.2, false);
        double riseVaries = found(aDay, months, 0.1, 1.2, true);
        System.out.printf(
                Locale.ROOT,
                "%2.0f a day, %d months: steady %.3f -> %.3f; months vary by 10 %% %.3f -> %.3f; a rise of 20 "
                        + "%% found, "
                        + "steady %.2f -> %.2f, months vary %.2f%n",
                aDay,
                months,
                steadyPlain,
                steady,
                variesPlain,
                varies,
                risePlain,
                rise,
                riseVaries);
        double chance = 3 * Math.sqrt(0.06 * 0.94 / RUNS);
        assertThat(steady).isLessThan(0.055 + chance);
        assertThat(varies).isLessThan(0.075 + chance);
    }

    private static double found(double aDay, int months, double deviation, double rise, boolean isScaled) {
        SplittableRandom random = new SplittableRandom(20151203);
        int[] served = new int[36];
        Arrays.fill(served, DAYS);
        int found = 0;
        for (int run = 0; run < RUNS; run++) {
            long[] counts = new long[36];
            for (int i = 0; i < counts.length; i++) {
                double rate = 1 + deviation * Math.sqrt(12) * (random.nextDouble() - 0.5);
                counts[i] = Draws.poisson(random, aDay * DAYS * rate * (i >= 24 ? rise : 1));
            }
            int later = (int) Arrays.stream(counts, 36 - months, 36).sum();
            int earlier = (int) Arrays.stream(counts, 24 - months, 24).sum();
            double factor =
                    isScaled ? Math.max(1, MonthSpread.of(counts, served).factor()) : 1;
            CountedRates rates = new CountedRates(later, months * DAYS, earlier, months * DAYS);
            double p = Math.max(
                    requireNonNull(rates.exact()).log10P(),
                    requireNonNull(rates.scaled(factor)).log10P());
            found += p < LEVEL ? 1 : 0;
        }
        return (double) found / RUNS;
    }
}
