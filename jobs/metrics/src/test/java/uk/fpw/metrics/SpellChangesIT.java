package uk.fpw.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.run.Baseline;
import uk.fpw.warehouse.run.MetricsResult;
import uk.fpw.warehouse.run.MetricsResult.QueueChange;

class SpellChangesIT {

    private static final LocalDate DAY = LocalDate.of(2015, 11, 9);

    @Test
    void candidateIsComparedWithTheCurrentReleaseUpToTheLastDayThatBothKnow() {
        MetricsResult current = StandardsIT.night("""
                A01 | received | 2015-10-01 | high |
                A01 | closed   | 2015-10-08 | high |
                A02 | received | 2015-10-01 | high |
                A03 | received | 2015-10-02 | high |
                A04 | received | 2015-10-03 | high |
                A05 | received | 2015-11-05 | high |
                """, DAY, null);
        assertThat(current.changes()).isEmpty();
        assertThat(current.comparedWith()).isNull();
        long spells = current.tables().stream()
                .filter(table -> table.table().equals("core.spell"))
                .findFirst()
                .orElseThrow()
                .snapshotId();

        MetricsResult candidate = StandardsIT.night(
                """
                A01 | received | 2015-10-01 | high |
                A01 | closed   | 2015-10-09 | high | corrected
                A02 | received | 2015-10-01 | high |
                A02 | closed   | 2015-11-10 | high | news
                A04 | received | 2015-10-03 | high |
                A05 | received | 2015-11-05 | high |
                A04 | closed   | 2015-11-06 | high | recorded late
                A06 | received | 2015-11-10 | high | news
                """,
                DAY.plusDays(1),
                new Baseline(
                        "2015-11-09.1", spells, Map.of("unresolved", DAY, "in_work", DAY, "no_longer_there", DAY)));
        assertThat(candidate.comparedWith()).isEqualTo("2015-11-09.1");
        assertThat(candidate.changes())
                .containsExactly(
                        new QueueChange("in_work", "2015-11-09", 0, 0, 0, 0, 0, null, 0, 0),
                        new QueueChange("unresolved", "2015-11-09", 5, 1, 2, 4, 2, "closed", 2, 1 / 3.0));
    }
}
