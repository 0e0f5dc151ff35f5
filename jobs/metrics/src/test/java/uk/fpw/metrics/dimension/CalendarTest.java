package uk.fpw.metrics.dimension;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.metrics.table.TextRows;
import uk.fpw.model.Models;

@Tag("time-zone")
class CalendarTest {

    /** All of 2015, and the first of 2016. */
    private static final Calendar CALENDAR = new Calendar(Stream.of(
                    "2015-01-01",
                    "2015-04-03",
                    "2015-04-06",
                    "2015-05-04",
                    "2015-05-25",
                    "2015-08-31",
                    "2015-12-25",
                    "2015-12-28",
                    "2016-01-01")
            .map(LocalDate::parse)
            .toList());

    private static String day(String day, String columns) {
        TextRows rows = new TextRows();
        TableRows.Row row = new TableRows(
                        Models.find("mart.dim_date").orElseThrow(), values -> rows.accept("mart.dim_date", values))
                .row();
        CALENDAR.fill(row, LocalDate.parse(day)).set("release_id", "r").end();
        return rows.of("mart.dim_date", columns).get(0);
    }

    @Test
    void dayBelongsToItsPeriods() {
        String columns = "day, calendar_year, quarter_start_on, month_start_on, week_start_on, iso_year, iso_week, "
                + "financial_year";
        assertThat(day("2015-08-31", columns))
                .isEqualTo("2015-08-31|2015|2015-07-01|2015-08-01|2015-08-31|2015|36|2015/16");
        // the last days of December may belong to week 1 of the next year, and the first ones of January to week 53
        assertThat(day("2014-12-29", columns))
                .isEqualTo("2014-12-29|2014|2014-10-01|2014-12-01|2014-12-29|2015|1|2014/15");
        assertThat(day("2016-01-03", columns))
                .isEqualTo("2016-01-03|2016|2016-01-01|2016-01-01|2015-12-28|2015|53|2015/16");
    }

    @Test
    void financialYearsBeginInApril() {
        assertThat(day("2015-03-31", "financial_year")).isEqualTo("2014/15");
        assertThat(day("2015-04-01", "financial_year")).isEqualTo("2015/16");
        assertThat(day("2000-02-29", "financial_year")).isEqualTo("1999/00");
    }

    @Test
    void weekendIsSaturdayAndSunday() {
        assertThat(List.of("2015-10-23", "2015-10-24", "2015-10-25", "2015-10-26"))
                .extracting(day -> day(day, "day_of_week, is_weekend"))
                .containsExactly("5|false", "6|true", "7|true", "1|false");
    }

    @Test
    void bankHolidaysAreNotKnownOfAYearWithFewerThanEight() {
        assertThat(List.of("2015-12-25", "2015-12-26", "2016-01-01"))
                .extracting(day -> day(day, "is_bank_holiday"))
                .containsExactly("true", "false", "null");
    }

    @Test
    void daysBeginOnTheBusinessDateIfNothingIsKnownBeforeIt() {
        LocalDate businessDate = LocalDate.of(2016, 3, 30);
        assertThat(CALENDAR.days(null, businessDate)).containsExactly(businessDate, LocalDate.of(2016, 3, 31));
        assertThat(CALENDAR.days(LocalDate.of(2016, 3, 31), businessDate)).hasSize(2);
        assertThat(CALENDAR.days(LocalDate.of(2016, 3, 29), businessDate)).hasSize(3);
        assertThat(CALENDAR.days(null, LocalDate.of(2016, 4, 1))).hasSize(365);
    }
}
