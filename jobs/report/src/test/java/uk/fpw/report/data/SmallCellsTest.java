package uk.fpw.report.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How counts of few cases or people are shown. */
class SmallCellsTest {

    private static final SmallCells FIVE = new SmallCells(5);

    // A count may be of more items than people: 12 devices of 2 people are not shown.
    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "null, null, not available",
                "0,    0,    0",
                "1,    1,    fewer than 5",
                "4,    4,    fewer than 5",
                "5,    5,    5",
                "12,   2,    fewer than 5",
                "1234, 800,  '1,234'",
                "3,    null, fewer than 5",
                "7,    null, 7"
            })
    void countIsShownFromTheThresholdOn(Long count, Long contributors, String text) {
        assertThat(FIVE.text(count, contributors)).isEqualTo(text);
        assertThat(FIVE.shown(count, contributors))
                .isEqualTo(text.matches("[0-9,]+") ? Long.valueOf(text.replace(",", "")) : null);
    }
}
