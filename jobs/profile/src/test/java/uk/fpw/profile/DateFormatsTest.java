package uk.fpw.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("time-zone")
class DateFormatsTest extends ProfilerTesting {

    @ParameterizedTest
    @CsvSource({
        "2016-01-12, DATE, yyyy-MM-dd",
        "2016/1/2, DATE, yyyy/M/d",
        "12/01/2016, DATE, d/M/yyyy",
        "12.01.16, DATE, d.M.yy",
        "12-Mar-2016, DATE, d-MMM-yyyy",
        "1 september 2016, DATE, d MMMM yyyy",
        "2016-01-12T14:30, LOCAL_TIME, yyyy-MM-dd'T'H:mm",
        "2016-01-12 14:30:05.123, LOCAL_TIME, yyyy-MM-dd H:mm:ss.SSS",
        "01/12/2016 02:30:00 PM, LOCAL_TIME, d/M/yyyy h:mm:ss a",
        "2016-01-12T14:30:00Z, INSTANT, yyyy-MM-dd'T'H:mm:ssXXX",
        "2016-01-12 14:30:00+01:00, INSTANT, yyyy-MM-dd H:mm:ssXXX"
    })
    void formOfADateIsReported(String text, String type, String pattern) {
        DateFormats.Form form = Objects.requireNonNull(DateFormats.of(text));
        assertThat(form.type() + " " + form.pattern()).isEqualTo(type + " " + pattern);
        assertThat(form.fits()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12",
                "20160112",
                "12/13",
                "101001240735",
                "12-ABC-2016",
                "12/01-2016",
                "01/12/2016 2 PM",
                "C-101"
            })
    void otherTextHasNone(String text) {
        assertThat(DateFormats.of(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "12/01/2016, true, true",
        "13/01/2016, true, false",
        "01/13/2016, false, true",
        "31/04/2016, false, false",
        "29/02/2015, false, false"
    })
    void dayAndMonthAreTriedBothWays(String text, boolean dayFirst, boolean monthFirst) {
        DateFormats.Form form = Objects.requireNonNull(DateFormats.of(text));
        assertThat(form.fits()).isEqualTo(dayFirst);
        assertThat(form.fitsSwapped()).isEqualTo(monthFirst);
    }

    @Test
    void paddedPatternHasTwoLetters() {
        assertThat(DateFormats.written("d/M/yyyy h:mm:ss a", true)).isEqualTo("dd/MM/yyyy hh:mm:ss a");
        assertThat(DateFormats.written("d-MMM-yy", true)).isEqualTo("dd-MMM-yy");
        assertThat(DateFormats.written("d/M/yyyy", false)).isEqualTo("d/M/yyyy");
    }

    /** 1 January 1970 and 2000 are dates like others unless they are frequent. */
    @Test
    void datesThatMayStandForNoneAreDecisions() {
        StringBuilder rows = new StringBuilder("id,seen,closed,short,born\n");
        for (int row = 1; row <= 200; row++) {
            rows.append(row)
                    .append(row % 50 == 0 ? ",01/01/1900" : row == 7 ? ",31/12/9999" : ",17/11/2026")
                    .append(row % 40 == 0 ? ",2000-01-01" : row < 3 ? ",1970-01-01" : ",2026-11-17")
                    .append(row == 9 ? ",1-Jan-99" : ",17-Nov-26")
                    .append(row == 9 ? ",1900-01-01T00:00" : ",1980-11-17T00:00")
                    .append('\n');
        }
        String means = ", which may mean no date: if so, add it to null_markers of a text file, or make it null in "
                + "the staging query";
        SourceProfile profile = profile("dates.csv", rows.toString());
        assertThat(profile.columns().stream().map(column -> column.type().notes()))
                .containsExactly(
                        List.of(),
                        List.of(
                                "day first, as 196 of 200 show",
                                "years 1900 to 9999",
                                "DECIDE: 4 times \"01/01/1900\"" + means,
                                "DECIDE: 1 time \"31/12/9999\"" + means),
                        List.of("years 1970 to 2026", "DECIDE: 5 times \"2000-01-01\"" + means),
                        List.of(
                                "years 2026 to 2099",
                                "DECIDE: years of two digits are read as 2000 to 2099: if some are of the last "
                                        + "century, such as dates of birth, ask the source for four digits",
                                "DECIDE: 1 time \"1-Jan-99\"" + means),
                        List.of("years 1900 to 1980", "DECIDE: 1 time \"1900-01-01T00:00\"" + means));
        assertThat(new FeedDraft(profile, null, "drop").yaml())
                .contains("{name: seen, type: date, pattern: \"dd/MM/yyyy\", privacy: not_personal}    # day first, as "
                        + "196 of 200 show; years 1900 to 9999; DECIDE: 4 times \"01/01/1900\"" + means);
    }

    /** In a list of a century 1 January 1900 is a day like others, unless it is frequent. */
    @Test
    void datesForNoneAreOutsideTheOtherDates() {
        StringBuilder rows = new StringBuilder("id,closed\n");
        for (int year = 1867; year < 2017; year++) {
            rows.append(year).append(year == 1900 ? ",01/01/1900\n" : ",17/11/" + year + "\n");
        }
        assertThat(profile("list.csv", rows.toString()).columns().get(1).type().decisions())
                .isEmpty();
        rows.append("1,01/01/1900\n2,01/01/1900\n3,31/12/9999\n");
        assertThat(profile("list.csv", rows.toString()).columns().get(1).type().decisions())
                .extracting(decision -> decision.replaceAll(",.*", ""))
                .containsExactly("DECIDE: 3 times \"01/01/1900\"", "DECIDE: 1 time \"31/12/9999\"");
    }
}
