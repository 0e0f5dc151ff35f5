package uk.fpw.nightly.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.store.ledger.RunLedger;

class RunHistoryTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);

    private static RunLedger.Run run(int daysAgo, String status) {
        Instant began = Instant.parse("2026-11-24T02:00:00Z").minusSeconds(86_400L * daysAgo);
        return new RunLedger.Run(
                RunId.of(DAY.minusDays(daysAgo), began, daysAgo),
                DAY.minusDays(daysAgo),
                began,
                null,
                status,
                0,
                null,
                null);
    }

    @Test
    void fourteenNightsAreShownThenFiveFailuresBeforeThem() {
        List<RunLedger.Run> runs = new ArrayList<>();
        for (int day = 0; day < 40; day++) {
            runs.add(run(day, day % 3 == 0 ? "failed" : "released"));
        }

        assertThat(RunHistory.shown(runs).stream()
                        .map(run -> DAY.toEpochDay() - run.businessDate().toEpochDay()))
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 15L, 18L, 21L, 24L, 27L);
    }

    @Test
    void nightThatIsRepeatedEveryFewMinutesHasNoMoreThanFortyFiveLines() {
        List<RunLedger.Run> runs = new ArrayList<>();
        for (int attempt = 0; attempt < 60; attempt++) {
            runs.add(run(0, "failed"));
        }
        assertThat(RunHistory.shown(runs)).hasSize(45);
    }
}
