package uk.fpw.warehouse.store.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("time-zone")
class HeldKeysTest {

    private static final LocalDate DAY = LocalDate.of(2024, 5, 2);

    @Test
    void whatTheSummaryRemembersIsReadBack() {
        HeldKeys held = HeldKeys.of(Map.of("A", DAY, "B|1", DAY.plusDays(1)));
        assertThat(held.text()).isEqualTo("2024-05-02:VZrq0IJk1Xk;2024-05-03:O-qw36VMQ90");
        HeldKeys read = HeldKeys.parse(held.text());
        assertThat(read).isEqualTo(held).hasSameHashCodeAs(held);
        assertThat(read.since("A")).isEqualTo("2024-05-02");
        assertThat(read.since("B|1")).isEqualTo("2024-05-03");
        assertThat(read.since("C")).isNull();
        assertThat(read.size()).isEqualTo(2);
    }

    @Test
    void noKeyHasNoText() {
        assertThat(HeldKeys.none().text()).isNull();
        assertThat(HeldKeys.parse(null)).isEqualTo(HeldKeys.none());
    }
}
