package uk.fpw.report.chart;

/**
 * Maps values to positions along an axis.
 *
 * @param from value at {@code start}
 * @param to value at {@code end}; must differ from {@code from}
 */
record Scale(double from, double to, double start, double end) {

    /** The position of a value. */
    double at(double value) {
        return start + (value - from) / (to - from) * (end - start);
    }
}
