package uk.fpw.publish;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.publish.ReleaseLimits.Verdict;
import uk.fpw.warehouse.message.MetricsResult.MassClosure;
import uk.fpw.warehouse.store.limit.AcceptableLimit;

/** Mass exits from a queue. */
@Tag("time-zone")
class ClosureLimitsTest extends ReleaseLimitsTesting {

    @Test
    void closureOfABacklogIsSaidAndOfEverythingStops() {
        assertThat(judge(closed(90, 60, 0.05), used(2, null)))
                .containsExactly(new Verdict(
                        "waiting",
                        null,
                        "CLOSURES",
                        false,
                        60,
                        "60 of 90 items that were open in release 2016-01-11.1 have left as 'withdrawn',"
                                + " 66.7 %; normal is up to 5.0 %"));
        assertThat(judge(closed(60, 49, 0.05), used(2, null)))
                .extracting(Verdict::stops)
                .containsExactly(false);
        assertThat(judge(closed(62, 50, 0.05), used(2, null)))
                .extracting(Verdict::stops)
                .containsExactly(true);
        // a queue that is emptied every day
        assertThat(judge(closed(62, 60, 0.93), used(2, null))).isEmpty();
    }

    @Test
    void closuresOfSeveralLoadedDatesAreSaidOnly() {
        assertThat(judge(
                        closed(90, 85, 85, 0.05, new MassClosure("2016-01-12", "withdrawn", 70, null, null, 0)),
                        used(2, null)))
                .containsExactly(new Verdict(
                        "waiting",
                        null,
                        "CLOSURES",
                        false,
                        85,
                        "85 of 90 items that were open in release 2016-01-11.1 have left as 'withdrawn',"
                                + " 94.4 %; normal is up to 5.0 %"));
    }

    @Test
    void closuresOfWhichNobodyCouldFindOutWhyStopAsIfAllAtOnce() {
        assertThat(judge(closed(90, 40, 80, 0.05, MassClosure.unexplained()), used(2, null)))
                .containsExactly(new Verdict(
                        "waiting",
                        AcceptableLimit.CLOSURES,
                        "CLOSURES",
                        true,
                        80,
                        "80 of 90 items that were open in release 2016-01-11.1 have left for"
                                + " any reason, 88.9 %; normal is up to 5.0 %; it could not be determined whether "
                                + "a single load is the cause"
                                + " (see the log of the run); the limit is 80.0 % and at least 50"));
        assertThat(judge(closed(90, 60, 60, 0.05, MassClosure.unexplained()), used(2, null)))
                .noneMatch(Verdict::stops);
    }

    @Test
    void closuresForSeveralReasonsStopIfOneColumnIsBehindThem() {
        assertThat(judge(
                        closed(
                                90,
                                40,
                                80,
                                0.05,
                                new MassClosure("2016-01-12", "withdrawn", 40, "requests.status", "2016-01-12", 72)),
                        used(2, null)))
                .containsExactly(new Verdict(
                        "waiting",
                        AcceptableLimit.CLOSURES,
                        "CLOSURES",
                        true,
                        72,
                        "72 of 90 items that were open in release 2016-01-11.1 have left through a changed value of"
                                + " requests.status, 80.0 %; normal is up to 5.0 %, by the loads of 2016-01-12; the"
                                + " limit is 80.0 % and at least 50"));
        // rows of a log, which have no previous version
        assertThat(judge(
                        closed(90, 40, 80, 0.05, new MassClosure("2016-01-12", "withdrawn", 40, null, null, 0)),
                        used(2, null)))
                .containsExactly(new Verdict(
                        "waiting",
                        null,
                        "CLOSURES",
                        false,
                        80,
                        "80 of 90 items that were open in release 2016-01-11.1 have left for several"
                                + " reasons, 88.9 %; normal is up to 5.0 %"));
    }
}
