package uk.fpw.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("time-zone")
class CsvTest {

    @Test
    void textThatASpreadsheetWouldTakeForAFormulaGetsAnApostrophe() {
        assertThat(Csv.line(List.of("=1+1", "+44", "-", "@home", "\t=1", "a=b")))
                .isEqualTo("'=1+1,'+44,'-,'@home,'\t=1,a=b\r\n");
        assertThat(Csv.line(List.of("\r=1", "=\"a\",b"))).isEqualTo("\"'\r=1\",\"'=\"\"a\"\",b\"\r\n");
    }

    @Test
    void numbersAreNumbersNullIsEmptyAndAnEmptyTextIsQuoted() {
        assertThat(Csv.line(
                        Arrays.asList(-5L, 0.25, null, true, LocalDate.of(2016, 1, 12), "", new BigDecimal("-1E+3"))))
                .isEqualTo("-5,0.25,,true,2016-01-12,\"\",-1000\r\n");
        assertThat(Csv.line(Arrays.asList(null, "a"))).isEqualTo(",a\r\n");
        assertThat(Csv.line(List.of("", "a"))).isEqualTo("\"\",a\r\n");
    }

    @Test
    void textIsQuotedWhereTheFormatNeedsItAndNowhereElse() {
        assertThat(Csv.line(List.of("a,b", "say \"so\"", "two\nlines", " padded", "padded ")))
                .isEqualTo("\"a,b\",\"say \"\"so\"\"\",\"two\nlines\",\" padded\",\"padded \"\r\n");
        assertThat(Csv.line(List.of("Émile", "#1", "!", "a b", "'"))).isEqualTo("Émile,#1,!,a b,'\r\n");
    }
}
