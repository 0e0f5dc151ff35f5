package uk.fpw.warehouse.force.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("time-zone")
class CalendarPeriodTest {

    @ParameterizedTest
    @CsvSource({
        "2015-03-31, 2014/15, 2014-04-01, 2015-03-31, 2015 Q1, 2015-01-01, 2015-03-31",
        "2015-04-01, 2015/16, 2015-04-01, 2016-03-31, 2015 Q2, 2015-04-01, 2015-06-30",
        "2015-12-31, 2015/16, 2015-04-01, 2016-03-31, 2015 Q4, 2015-10-01, 2015-12-31",
        "1999-12-31, 1999/00, 1999-04-01, 2000-03-31, 1999 Q4, 1999-10-01, 1999-12-31"
    })
    void daysBelongToAFinancialYearAndAQuarter(
            LocalDate day,
            String year,
            LocalDate yearStart,
            LocalDate yearEnd,
            String quarter,
            LocalDate quarterStart,
            LocalDate quarterEnd) {
        CalendarPeriod ofYear = CalendarPeriod.of(PeriodKind.FINANCIAL_YEAR, day);
        CalendarPeriod ofQuarter = CalendarPeriod.of(PeriodKind.QUARTER, day);

        assertThat(ofYear.title()).isEqualTo(year);
        assertThat(ofYear.startOn()).isEqualTo(yearStart);
        assertThat(ofYear.endOn()).isEqualTo(yearEnd);
        assertThat(ofQuarter.title()).isEqualTo(quarter);
        assertThat(ofQuarter.startOn()).isEqualTo(quarterStart);
        assertThat(ofQuarter.endOn()).isEqualTo(quarterEnd);
        assertThat(CalendarPeriod.parse(year)).isEqualTo(ofYear);
        assertThat(CalendarPeriod.parse(quarter)).isEqualTo(ofQuarter);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2014", "2014/16", "2014-15", "2014/2015", "2015 Q5", "2015 Q0", "2015Q1", "15/16", ""})
    void otherTextsAreNoPeriod(String text) {
        assertThat(CalendarPeriod.parse(text)).isNull();
    }

    @Test
    void orderIsThatOfTime() {
        CalendarPeriod before = Objects.requireNonNull(CalendarPeriod.parse("2014 Q4"));
        CalendarPeriod after = Objects.requireNonNull(CalendarPeriod.parse("2015 Q1"));

        assertThat(before).isLessThan(after);
        assertThat(after.number() - before.number()).isOne();
    }
}
