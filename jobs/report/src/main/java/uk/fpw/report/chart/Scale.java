package uk.fpw.report.chart;

/**
 * Places of values along an axis.
 *
 * @param from value at {@code start}
 * @param to value at {@code end}; another than {@code from}
 */
record Scale(double from, double to, double start, double end) {

    /** Where a value lies. */
    double at(double value) {
        return start + (value - from) / (to - from) * (end - start);
    }
}
