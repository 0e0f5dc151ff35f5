package uk.fpw.nightly.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.DeliveryState;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.ReleasedFeed;
import uk.fpw.layout.RunId;
import uk.fpw.nightly.TestForce;
import uk.fpw.nightly.run.change.QuotedFigures;
import uk.fpw.publish.ReleaseSummary;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.message.FigureChangeSummary;
import uk.fpw.warehouse.message.StatisticChangeSummary;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.testing.SchemaDefaults;

@Tag("time-zone")
class RunResultTest {

    private static final LocalDate DATE = LocalDate.of(2016, 1, 12);
    private static final ReleaseId RELEASE = ReleaseId.of("2016-01-12.1");

    @Test
    void changedFigureWithoutACauseEndsTheRunWithAWarningCode() {
        assertThat(exitCode(List.of(), changes(1))).isEqualTo(ExitCode.LATER_STEP_FAILED);
        assertThat(exitCode(List.of(missing()), changes(1))).isEqualTo(ExitCode.LATER_STEP_FAILED);
    }

    @Test
    void changedStatisticsWithoutACauseOrNotComputedEndTheRunWithAWarningCode() {
        assertThat(exitCode(List.of(), changes(0).with(new StatisticChangeSummary(null, false, 5, 1))))
                .isEqualTo(ExitCode.LATER_STEP_FAILED);
        assertThat(exitCode(List.of(), changes(0).with(StatisticChangeSummary.failed("IO Error", "report it"))))
                .isEqualTo(ExitCode.LATER_STEP_FAILED);
        assertThat(exitCode(List.of(), changes(0).with(new StatisticChangeSummary(null, false, 5, 0))))
                .isEqualTo(ExitCode.DONE);
        assertThat(exitCode(List.of(), changes(0).with(StatisticChangeSummary.notCompared("it has lost core.spell"))))
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void errorInTheComparisonEndsTheRunWithAWarningCodeAndAnEarlierReleaseWithoutDefinitionsDoesNot() {
        ReleaseId replaced = ReleaseId.of("2016-01-11.1");
        assertThat(exitCode(
                        List.of(), FigureChangeSummary.notCompared(replaced, "an error occurred", List.of("an error"))))
                .isEqualTo(ExitCode.LATER_STEP_FAILED);
        assertThat(exitCode(List.of(), FigureChangeSummary.notCompared(replaced, "it is older", List.of())))
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void whateverFailsAfterTheReleaseEndsTheRunWithAWarningCode() {
        List<String> failures = List.of("old run folders could not be deleted: a disk is full");
        RunResult released = run(List.of(), null, failures);
        assertThat(released.exitCode()).isEqualTo(ExitCode.LATER_STEP_FAILED);
        assertThat(released.problems()).isEqualTo(failures.get(0));
        assertThat(run(List.of(missing()), changes(0), failures).exitCode()).isEqualTo(ExitCode.LATER_STEP_FAILED);
    }

    @Test
    void changedFiguresWithCausesAreNone() {
        assertThat(exitCode(List.of(), changes(0))).isEqualTo(ExitCode.DONE);
        assertThat(exitCode(List.of(), null)).isEqualTo(ExitCode.DONE);
        assertThat(exitCode(List.of(missing()), changes(0))).isEqualTo(ExitCode.RELEASED_INCOMPLETE);
    }

    @Test
    void feedThatFailedIsToldAlsoIfItIsNotYetMissingFromTheRelease() {
        RunResult run = run(List.of(), null, Map.of("exits", "it is 3 days old"), Map.of(), List.of());
        assertThat(run.exitCode()).isEqualTo(ExitCode.RELEASED_INCOMPLETE);
        assertThat(run.problems()).isEqualTo("not loaded: exits: it is 3 days old");
        RunResult missing = run(List.of(missing()), null, Map.of("exits", "it is 3 days old"), Map.of(), List.of());
        assertThat(missing.problems()).isEqualTo("released without exits, complete to 2016-01-11: it is 3 days old");
    }

    @Test
    void moreHeldRowsThanTheNightBeforeOrThanTheLimitEndTheRunWithTheCodeOfAnIncompleteRelease() {
        RunResult more = run(held(299), Map.of("devices", 298L));
        assertThat(more.exitCode()).isEqualTo(ExitCode.RELEASED_INCOMPLETE);
        assertThat(more.problems())
                .isEqualTo("held: devices: 299 rows that its delivery did not have still count, since keys of refused "
                        + "rows could not be read; 298 the night before");
        assertThat(run(held(1), Map.of()).problems())
                .isEqualTo("held: devices: 1 row that its delivery did not have still counts, since keys of refused "
                        + "rows could not be read; none the night before");
        assertThat(run(held(299), Map.of("devices", 299L)).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run(held(0), Map.of("devices", 299L)).exitCode()).isEqualTo(ExitCode.DONE);

        // calls: at most 2
        assertThat(run(List.of(held("calls", 2)), Map.of("calls", 2L)).exitCode())
                .isEqualTo(ExitCode.DONE);
        assertThat(run(List.of(held("calls", 3)), Map.of("calls", 3L)).problems())
                .isEqualTo("held: calls: 3 rows that its delivery did not have still count, since keys of refused rows "
                        + "could not be read; more than limits.max_held_rows: 2");
    }

    private static List<ReleasedFeed> held(long count) {
        return List.of(held("devices", count));
    }

    private static ReleasedFeed held(String feed, long count) {
        return new ReleasedFeed(feed, DATE, DATE, DeliveryState.CURRENT, count);
    }

    private static Feed feed(String name, @Nullable Long maxHeldRows) {
        return new Feed(
                name,
                "system",
                "Test feed.",
                new Feed.Input("drop", new Origin.DatabaseRows(name, null, null, null), Feed.Extract.FULL),
                new Feed.Rows(List.of(), List.of("id"), Set.of(), "id", null),
                SchemaDefaults.feedLimits(maxHeldRows == null ? Map.of() : Map.of("max_held_rows", maxHeldRows)));
    }

    private static FigureChangeSummary changes(long unexplained) {
        return FigureChangeSummary.compared(
                ReleaseId.of("2016-01-11.1"), new FigureChangeSummary.Counts(100, 5, unexplained, 0), null);
    }

    private static ReleasedFeed missing() {
        return new ReleasedFeed("exits", DATE.minusDays(1), DATE, DeliveryState.NOT_DELIVERED, 0);
    }

    private static ExitCode exitCode(List<ReleasedFeed> feeds, @Nullable FigureChangeSummary changes) {
        return run(feeds, changes, List.of()).exitCode();
    }

    private static RunResult run(List<ReleasedFeed> feeds, Map<String, Long> heldBefore) {
        return run(feeds, null, Map.of(), heldBefore, List.of());
    }

    private static RunResult run(
            List<ReleasedFeed> feeds, @Nullable FigureChangeSummary changes, List<String> laterFailures) {
        return run(feeds, changes, Map.of(), Map.of(), laterFailures);
    }

    private static RunResult run(
            List<ReleasedFeed> feeds,
            @Nullable FigureChangeSummary changes,
            Map<String, String> failedFeeds,
            Map<String, Long> heldBefore,
            List<String> laterFailures) {
        Release release = new Release(
                RELEASE,
                RunId.of("2016-01-12-20160113T020000-0001"),
                DATE,
                Instant.EPOCH,
                "0.1.0",
                "digest",
                null,
                "digest",
                null,
                List.of(),
                feeds);
        return new RunResult(
                TestForce.in(Path.of("/warehouse"), feed("calls", 2L), feed("devices", null)),
                new RunRequest(RunRequest.Task.NIGHTLY, DATE, null, true, false, false),
                RELEASE,
                Path.of("/log"),
                new RunResult.Loading(List.of(), failedFeeds, List.of(), List.of()),
                null,
                new RunResult.Releasing(
                        new ReleaseSummary(release, List.of(), List.of(), changes, null, List.of()),
                        null,
                        null,
                        List.of(),
                        QuotedFigures.NONE,
                        null,
                        heldBefore),
                List.of(),
                laterFailures);
    }
}
