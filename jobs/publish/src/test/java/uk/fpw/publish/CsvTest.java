package uk.fpw.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {

    @Test
    void textThatASpreadsheetWouldTakeForAFormulaGetsAnApostrophe() {
        assertThat(Csv.line(List.of("=1+1", "+44", "-", "@home", "a=b", ""))).isEqualTo("'=1+1,'+44,'-,'@home,a=b,");
    }

    @Test
    void numbersAreNumbersAndNullIsEmpty() {
        assertThat(Csv.line(Arrays.asList(-5L, 0.25, null, true, LocalDate.of(2016, 1, 12))))
                .isEqualTo("-5,0.25,,true,2016-01-12");
    }

    @Test
    void commasQuotesAndLineBreaksAreQuoted() {
        assertThat(Csv.line(List.of("a,b", "say \"so\"", "two\nlines")))
                .isEqualTo("\"a,b\",\"say \"\"so\"\"\",\"two\nlines\"");
    }
}
