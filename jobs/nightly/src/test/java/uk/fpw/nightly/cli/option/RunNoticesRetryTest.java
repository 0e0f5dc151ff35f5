package uk.fpw.nightly.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.store.ledger.RunLedger;

class RunNoticesRetryTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);
    private static final LocalDate BEFORE = DAY.minusDays(1);

    @Test
    void onlyTheFirstAttemptThatFindsAFileMissingIsTold() {
        assertThat(isRetry(run(DAY, 4), run(DAY, 4))).isTrue();
        assertThat(isRetry(run(DAY, 4), ingest(), run(DAY, 4), run(BEFORE, 0))).isTrue();

        assertThat(isRetry(run(DAY, 4))).isFalse();
        assertThat(isRetry(run(DAY, 4), run(BEFORE, 4))).isFalse();
        // something else failed in between
        assertThat(isRetry(run(DAY, 4), run(DAY, 3), run(DAY, 4))).isFalse();
        // what failed now was not recorded
        assertThat(isRetry(run(BEFORE, 4), run(BEFORE, 4))).isFalse();
        assertThat(isRetry(run(DAY, null), run(DAY, 4))).isFalse();
        assertThat(isRetry()).isFalse();
    }

    private static boolean isRetry(RunLedger.Run... latest) {
        return RunNotices.isRetry(List.of(latest), DAY);
    }

    private static RunLedger.Run run(LocalDate date, @Nullable Integer exitCode) {
        return run(date, exitCode, ReleaseId.of(date, 1));
    }

    private static RunLedger.Run ingest() {
        return run(DAY, 4, null);
    }

    private static RunLedger.Run run(LocalDate date, @Nullable Integer exitCode, @Nullable ReleaseId release) {
        Instant ended = exitCode == null ? null : Instant.EPOCH;
        return new RunLedger.Run(
                RunId.of(date, Instant.EPOCH, 0), date, Instant.EPOCH, ended, "failed", exitCode, release, null);
    }
}
