package uk.fpw.warehouse.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Summary of published quantiles and shares in which a candidate differs from the release that it would replace, for
 * other causes than the passing of time.
 *
 * @param notCompared why they were not compared, in one sentence; null if they were
 * @param isFailed whether an error prevented the comparison
 * @param changedCount number of listed changes
 * @param unexplainedCount how many of these have a part without a known cause
 */
public record StatisticChangeSummary(
        @Nullable String notCompared, boolean isFailed, long changedCount, long unexplainedCount) {

    /** Two releases whose quantiles and shares were not compared. */
    public static StatisticChangeSummary notCompared(String why) {
        return new StatisticChangeSummary(why, false, 0, 0);
    }

    /**
     * A comparison that failed because of an error.
     *
     * @param kind kind of error, without values of rows
     * @param remedy what to do about it
     */
    public static StatisticChangeSummary failed(String kind, String remedy) {
        return new StatisticChangeSummary("the audit could not compute them (" + kind + "); " + remedy, true, 0, 0);
    }

    /** Problems, each in one sentence; empty if there were none. */
    public List<String> warnings() {
        return isFailed
                ? List.of("the causes of changed quantiles and shares of the past are not listed: " + notCompared)
                : List.of();
    }
}
