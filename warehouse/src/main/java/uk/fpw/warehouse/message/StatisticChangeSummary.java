package uk.fpw.warehouse.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many published quantiles and shares a candidate states otherwise than the release that it would replace, for a
 * cause other than the passing of time.
 *
 * @param notCompared why they were not compared, in one sentence; null if they were
 * @param isFailed whether an error is the reason
 * @param changedCount how many are listed
 * @param unexplainedCount how many of these have a part without a cause
 */
public record StatisticChangeSummary(
        @Nullable String notCompared, boolean isFailed, long changedCount, long unexplainedCount) {

    /** Two releases whose quantiles and shares were not compared. */
    public static StatisticChangeSummary notCompared(String why) {
        return new StatisticChangeSummary(why, false, 0, 0);
    }

    /**
     * An error kept them from being compared.
     *
     * @param kind kind of the error, without a value of a row
     * @param remedy what to do about it
     */
    public static StatisticChangeSummary failed(String kind, String remedy) {
        return new StatisticChangeSummary("the audit could not compute them (" + kind + "); " + remedy, true, 0, 0);
    }

    /** What went wrong, each in one sentence; none if all went well. */
    public List<String> warnings() {
        return isFailed
                ? List.of("what changed quantiles and shares of the past is not listed: " + notCompared)
                : List.of();
    }
}
