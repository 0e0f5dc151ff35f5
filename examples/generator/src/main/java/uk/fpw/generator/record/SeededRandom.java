package uk.fpw.generator.record;

import java.time.LocalTime;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random numbers that are the same for the same seed everywhere: {@link StrictMath}, and a stream per purpose, so that
 * one part does not affect another.
 */
public final class SeededRandom {

    private final SplittableRandom random;

    /** Creates the stream for a purpose, which no other purpose affects. */
    public SeededRandom(long seed, int replica, String purpose) {
        long mixed = seed * 0x9E3779B97F4A7C15L + replica;
        for (int i = 0; i < purpose.length(); i++) {
            mixed = mixed * 31 + purpose.charAt(i);
        }
        this.random = new SplittableRandom(mixed);
    }

    /** True with a probability. */
    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** From {@code low} to {@code high}, both inclusive. */
    public int between(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    /** One of some values with equal probability. */
    public <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** A number with a Poisson distribution. */
    public int poisson(double mean) {
        double limit = StrictMath.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }

    double normal() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
    }

    /** Skewed as waits are: half are longer than the median, none longer than {@code max}. */
    public int skewed(double median, double spread, int max) {
        return (int) Math.min(max, Math.floor(median * StrictMath.exp(spread * normal())));
    }

    /** A minute of an office day from {@code fromHour} to just before {@code toHour}. */
    public LocalTime timeOfDay(int fromHour, int toHour) {
        return LocalTime.of(fromHour, 0).plusSeconds(random.nextInt((toHour - fromHour) * 3600));
    }
}
