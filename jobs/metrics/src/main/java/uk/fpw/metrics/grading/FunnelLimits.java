package uk.fpw.metrics.grading;

/**
 * Limits for the share of a unit of a given size, if it differed from all units together only by chance: the normal
 * approximation {@code p0 +- z sqrt(p0 (1 - p0) / n)} (Spiegelhalter, Statist. Med. 2005), between 0 and 1.
 *
 * @param low95 one unit in forty is below it by chance
 * @param low998 one unit in a thousand is below it by chance
 */
record FunnelLimits(double low95, double high95, double low998, double high998) {

    /** Quantiles of the normal distribution: 1.96 and 3.09. */
    private static final double Z_95 = 1.959963984540054;

    private static final double Z_998 = 3.090232306167813;

    /**
     * Limits for a size.
     *
     * @param share share of all units together
     * @param size of the unit, at least 1
     */
    static FunnelLimits of(double share, long size) {
        double error = Math.sqrt(share * (1 - share) / size);
        return new FunnelLimits(
                Math.max(0, share - Z_95 * error),
                Math.min(1, share + Z_95 * error),
                Math.max(0, share - Z_998 * error),
                Math.min(1, share + Z_998 * error));
    }

    /** Which limits a share is within or beyond. */
    String position(double share) {
        if (share < low998 || share > high998) {
            return share < low998 ? "below 99.8 % limit" : "above 99.8 % limit";
        }
        if (share < low95 || share > high95) {
            return share < low95 ? "below 95 % limit" : "above 95 % limit";
        }
        return "within limits";
    }
}
