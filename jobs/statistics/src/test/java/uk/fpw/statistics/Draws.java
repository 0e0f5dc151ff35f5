package uk.fpw.statistics;

import java.util.random.RandomGenerator;

/** Random numbers of simulations. */
public final class Draws {

    private Draws() {}

    /** A Poisson number (Knuth's product of uniform numbers); for means up to some hundred. */
    public static int poisson(RandomGenerator random, double mean) {
        int count = 0;
        double product = random.nextDouble();
        for (double limit = Math.exp(-mean); product > limit; product *= random.nextDouble()) {
            count++;
        }
        return count;
    }
}
