package uk.fpw.ingest.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("time-zone")
class NumberFormatTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', commentCharacter = '~', textBlock = """
            General                             | NUMBER
            0                                   | NUMBER
            #,##0                               | NUMBER
            0.00E+00                            | NUMBER
            0_);(0)                             | NUMBER
            @                                   | NUMBER
            "£"#,##0.00                         | NUMBER
            [$£-809]#,##0.00                    | NUMBER
            [$$-409]\\ #,##0                    | NUMBER
            _-"£"* #,##0.00_-;-"£"* #,##0.00_-  | NUMBER
            #,##0\\ "€"                         | NUMBER
            \\(0\\)                             | NUMBER
            [Red]0                              | NUMBER
            00000                               | PADDED
            00000;-00000                        | PADDED
            000-000                             | DECORATED
            000\\-00\\-0000                     | DECORATED
            00\\-00\\-00                        | DECORATED
            000\\ 000\\ 0000                    | DECORATED
            #\\ ###                             | DECORATED
            000 000                             | DECORATED
            00000_)                             | DECORATED
            [<=9999999]###\\-####;\\(###\\)\\ 0  | DECORATED
            "DFU-"0000                          | DECORATED
            "DFU-"General                       | DECORATED
            0"/16"                              | DECORATED
            #"£"0                               | DECORATED
            0%                                  | DECORATED
            0.0\\%                              | DECORATED
            0"%"                                | DECORATED
            dd/mm/yyyy\\ hh:mm                  | DATE
            [$-809]dddd\\ d\\ mmmm              | DATE
            [h]:mm                              | TIME
            """)
    void formatShowsANumberAs(String code, NumberFormat format) {
        assertThat(NumberFormat.of(164, code)).isEqualTo(format);
    }

    @Test
    void formatLongerThanExcelTakesIsNotLookedAt() {
        assertThat(NumberFormat.of(164, "#".repeat(1_000))).isEqualTo(NumberFormat.NUMBER);
        assertThat(NumberFormat.of(164, "#".repeat(1_001))).isEqualTo(NumberFormat.DECORATED);
    }
}
