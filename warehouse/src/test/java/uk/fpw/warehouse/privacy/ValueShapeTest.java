package uk.fpw.warehouse.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("time-zone")
class ValueShapeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "31/02/2024 | dd/dd/dddd",
                "2024-02-31T10:00 | dddd-dd-dd[1 letter]dd:dd",
                "12 March 2024 | dd [5 letters] dddd",
                "Y | 1 letter",
                "Janet Elizabeth Doe-Smith | [5 letters] [9 letters] [3 letters]-[5 letters]",
                "Österreichische | 15 letters",
                "AB123456C | [2 letters]dddddd[1 letter]",
                "07700900123 | ddddddddddd",
                "4929123456789012 | 16 digits",
                "No 4929123456789012 | [2 letters] [16 digits]",
                "jane@example.org | [4 letters]@[7 letters].[3 letters]",
                "£1,000 | [1 other]d,ddd",
                "٣ | d"
            })
    void valuesAreShownByTheirShape(String value, String shape) {
        assertThat(ValueShape.of(value)).isEqualTo(shape);
    }

    @Test
    void longValuesAreCounted() {
        assertThat(ValueShape.of("Jane Doe, 12 High Street; ".repeat(5)))
                .isEqualTo("130 characters: 10 digits, 85 letters, 35 others");
        assertThat(ValueShape.of("x".repeat(5000))).isEqualTo("5000 letters");
    }

    @Test
    void controlCharactersAndEmptyTextsHaveAShape() {
        assertThat(ValueShape.of("Jane\nDoe")).isEqualTo("[4 letters][1 other][3 letters]");
        assertThat(ValueShape.of("\uD83D\uDE00")).isEqualTo("[1 other]");
        assertThat(ValueShape.of("")).isEqualTo("empty");
    }
}
