package uk.fpw.warehouse.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How many published quantiles and shares a candidate states otherwise than the release that it would replace, for a
 * cause other than the passing of time.
 *
 * @param notCompared why they were not compared, in one sentence; null if they were
 * @param isFailed whether an error is the reason
 * @param changedCount how many are listed
 * @param unexplainedCount how many of these have a part without a cause
 * @param lost why the rows about earlier releases are not carried over, in one sentence; null if they are, or there
 *     were none
 */
public record StatisticChangeSummary(
        @Nullable String notCompared,
        boolean isFailed,
        long changedCount,
        long unexplainedCount,
        @Nullable String lost) {

    /** As it is read from a run file. */
    @JsonCreator
    public StatisticChangeSummary {}

    /** Where no row about an earlier release is lost. */
    public StatisticChangeSummary(
            @Nullable String notCompared, boolean isFailed, long changedCount, long unexplainedCount) {
        this(notCompared, isFailed, changedCount, unexplainedCount, null);
    }

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

    /** The same where the rows about earlier releases are not carried over; null if they are. */
    public StatisticChangeSummary withLost(@Nullable String why) {
        return new StatisticChangeSummary(notCompared, isFailed, changedCount, unexplainedCount, why);
    }

    /** What went wrong, each in one sentence; none if all went well. */
    public List<String> warnings() {
        return Stream.of(
                        isFailed ? "what changed quantiles and shares of the past is not listed: " + notCompared : null,
                        lost)
                .flatMap(Stream::ofNullable)
                .toList();
    }
}
