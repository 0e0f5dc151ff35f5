package uk.fpw.ingest.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.store.ledger.ChangeHistory;
import uk.fpw.warehouse.store.load.RowChanges;

@Tag("time-zone")
class UnusualCountsTest {

    private static final LocalDate DAY = LocalDate.of(2024, 5, 20);

    @Test
    void farMoreThanUsualIsSaid() {
        assertThat(note(300, DAY, 20, 100)).isNull();
        assertThat(note(301, DAY, 20, 100))
                .isEqualTo("unusually many new or changed rows: 301; in 28 days before a load had 20 to 100");
        // Two nights were missed.
        assertThat(note(900, DAY.plusDays(2), 20, 100)).isNull();
        assertThat(note(99, DAY, 0, 1)).isNull();
    }

    @Test
    void farFewerThanUsualIsSaid() {
        assertThat(note(5, DAY, 20, 100)).isNull();
        assertThat(note(4, DAY, 20, 100))
                .isEqualTo("unusually few new or changed rows: 4; in 28 days before a load had 20 to 100");
        assertThat(note(0, DAY, 19, 100)).isNull();
    }

    @Test
    void nothingIsUsualBeforeSevenLoads() {
        ChangeHistory first = new ChangeHistory(List.of(load(DAY.minusDays(1), 10_000, 0)));
        assertThat(UnusualCounts.note(0, first, DAY)).isNull();
        assertThat(UnusualCounts.note(10_000, history(6, 20, 100), DAY)).isNull();
    }

    private static @Nullable String note(long loaded, LocalDate date, long least, long max) {
        return UnusualCounts.note(loaded, history(7, least, max), date);
    }

    /** A number of loads up to the previous day, of which the last two have the minimum and the maximum. */
    private static ChangeHistory history(int loads, long least, long max) {
        return new ChangeHistory(IntStream.range(0, loads)
                .mapToObj(n -> load(DAY.minusDays(loads - n), n == loads - 1 ? max : least, 1000))
                .toList());
    }

    private static ChangeHistory.Past load(LocalDate date, long loaded, long before) {
        return new ChangeHistory.Past(date, loaded, 0, new RowChanges(before, 0, Map.of(), Set.of()));
    }
}
