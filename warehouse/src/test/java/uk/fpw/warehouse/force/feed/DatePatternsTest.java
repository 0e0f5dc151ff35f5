package uk.fpw.warehouse.force.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("time-zone")
class DatePatternsTest {

    @Test
    void dayThatDoesNotExistIsRefusedRatherThanMoved() {
        var formatter = DatePatterns.formatter("dd/MM/yyyy");

        assertThat(LocalDate.parse("29/02/2016", formatter)).isEqualTo(LocalDate.of(2016, 2, 29));
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> LocalDate.parse("30/02/2016", formatter));
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> LocalDate.parse("29/02/2015", formatter));
    }

    @Test
    void halvesOfTheDayAndMonthNamesAreReadInAnyCase() {
        assertThat(LocalDateTime.parse("01/09/2015 12:05:00 am", DatePatterns.formatter("MM/dd/yyyy hh:mm:ss a")))
                .isEqualTo(LocalDateTime.of(2015, 1, 9, 0, 5));
        assertThat(LocalDate.parse("09-SEP-15", DatePatterns.formatter("dd-MMM-yy")))
                .isEqualTo(LocalDate.of(2015, 9, 9));
    }

    @Test
    void yearLettersInsideALiteralStay() {
        assertThat(LocalDate.parse("year 2015-01-02", DatePatterns.formatter("'year' yyyy-MM-dd")))
                .isEqualTo(LocalDate.of(2015, 1, 2));
    }

    @Test
    void instantsKeepTheirOffset() {
        assertThat(OffsetDateTime.parse("02/01/2015 10:00 +01:00", DatePatterns.formatter("dd/MM/yyyy HH:mm XXX"))
                        .toInstant())
                .isEqualTo(OffsetDateTime.parse("2015-01-02T09:00Z").toInstant());
    }

    @ParameterizedTest
    @CsvSource({
        "DATE, dd/MM/yyyy",
        "DATE, d.M.yy",
        "DATE, uuuuMMdd",
        "DATE, dd/MM/yyyy HH:mm",
        "DATE, uuuu-DDD",
        "LOCAL_TIME, dd/MM/yyyy HH:mm",
        "LOCAL_TIME, dd/MM/yyyy HH",
        "LOCAL_TIME, MM/dd/yyyy hh:mm:ss a",
        "LOCAL_TIME, yyyy-MM-dd'T'HH:mm:ss[.SSS]",
        "INSTANT, yyyy-MM-dd'T'HH:mm:ssXXX",
        "INSTANT, yyyy-MM-dd HH:mm:ss Z",
    })
    void patternThatTellsEverythingIsAccepted(Feed.Type type, String pattern) {
        assertThat(DatePatterns.problem(pattern, type)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "DATE, MM/yyyy",
        "DATE, YYYY-MM-dd",
        "DATE, dd/mm/yyyy",
        "LOCAL_TIME, dd/MM/yyyy",
        "LOCAL_TIME, dd/MM/yyyy hh:mm",
        "INSTANT, dd/MM/yyyy HH:mm",
    })
    void patternWithoutAPartIsRefused(Feed.Type type, String pattern) {
        assertThat(DatePatterns.problem(pattern, type)).startsWith("'" + pattern + "' does not contain year");
    }

    @Test
    void lettersThatWereProbablyMistakenAreNamed() {
        assertThat(DatePatterns.problem("dd/MM/yyyy HH:MM", Feed.Type.LOCAL_TIME))
                .isEqualTo("'dd/MM/yyyy HH:MM' contains the month (M) twice; minutes are m");
        assertThat(DatePatterns.problem("DD/MM/yyyy", Feed.Type.DATE))
                .isEqualTo("'DD/MM/yyyy' contains the day of the year (D) together with the month; the day of the "
                        + "month is d");
    }
}
