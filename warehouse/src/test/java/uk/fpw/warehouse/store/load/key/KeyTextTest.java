package uk.fpw.warehouse.store.load.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("time-zone")
class KeyTextTest {

    @Test
    void onePartIsItsText() {
        assertThat(KeyText.of(List.of("a|b\\c"))).isEqualTo("a|b\\c");
        assertThat(KeyText.of(List.of(7L))).isEqualTo("7");
    }

    @Test
    void severalPartsNeverRunIntoEachOther() {
        assertThat(KeyText.of(List.of("a|b", "c"))).isEqualTo("a\\|b|c");
        assertThat(KeyText.of(List.of("a", "b|c"))).isEqualTo("a|b\\|c");
        assertThat(KeyText.of(List.of("a\\", "b"))).isEqualTo("a\\\\|b");
    }

    @Test
    void numbersDatesAndInstantsHaveOneForm() {
        assertThat(KeyText.part(new BigDecimal("10.500000000"))).isEqualTo("10.5");
        assertThat(KeyText.part(new BigDecimal("100.000000000"))).isEqualTo("100");
        assertThat(KeyText.part(new BigDecimal("0.000000000"))).isEqualTo("0");
        assertThat(KeyText.part(LocalDate.of(2024, 5, 1))).isEqualTo("2024-05-01");
        assertThat(KeyText.part(Instant.parse("2024-05-01T09:00:00Z"))).isEqualTo("2024-05-01T09:00:00Z");
    }
}
