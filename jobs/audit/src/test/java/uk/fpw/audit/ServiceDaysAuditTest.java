package uk.fpw.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.model.Model;
import uk.fpw.model.Models;

/** Days of service are counted once more, in SQL, on the days of {@code mart.dim_date}. */
class ServiceDaysAuditTest {

    private final AuditSession session = AuditSession.open("Europe/London");

    /** December 2015 to February 2016, of which the bank holidays are known for 2015. */
    @BeforeEach
    void define() {
        session.execute("""
                create table dim_date as
                select
                    day::date as day, isodow(day) > 5 as is_weekend, date_trunc('month', day)::date as month_start_on,
                    if(year(day) = 2015, day in ('2015-12-25', '2015-12-28'), null) as is_bank_holiday
                from range(date '2015-12-01', date '2016-03-01', interval 1 day) as days (day)""");
        session.execute("""
                create table service_calendar as
                select
                    unnest(['desk', 'always']) as service, unnest([true, false]) as is_except_bank_holidays,
                    [1, 2, 3, 4, 5, 6] as weekdays,
                    [date '2015-12-24', date '2015-12-26', date '2015-12-29', date '2015-12-30', date '2015-12-31']
                        as closed_days,
                    [date '2015-12-20'] as open_days""");
    }

    @AfterEach
    void close() {
        session.close();
    }

    /** December has 27 days from Monday to Saturday: see the test of how they are counted. February 2016 has 25. */
    @ParameterizedTest
    @CsvSource({
        "desk, 2015-12-01, 21, true, false, 0",
        "desk, 2015-12-01, 20, true, false, 1",
        "desk, 2015-12-01, 20, true, true, 0",
        "desk, 2015-12-01, 20, false, false, 0",
        "desk, 2015-12-01, null, true, false, 1",
        "always, 2015-12-01, 23, true, false, 0",
        "desk, 2016-02-01, null, true, false, 0",
        "desk, 2016-02-01, 25, true, false, 1",
        "always, 2016-02-01, 25, true, false, 0",
        "unknown, 2016-02-01, 25, true, false, 1",
        "every_day, 2016-02-01, 1, true, false, 0"
    })
    void otherNumbersOfDaysAreFound(
            String service, String month, String days, boolean isAvailable, boolean isPartial, long failures) {
        session.execute("create table queue_signal as select 'calls' as queue, 'all' as slice, 'all' as slice_value, "
                + "'received' as measure, date '" + month + "' as month_start_on, '" + service + "' as service, "
                + days + "::int as service_day_count, " + isAvailable + " as is_available, " + isPartial
                + " as is_partial");

        assertThat(failures("mart.queue_signal", "SERVICE_DAYS_ARE_THOSE_OF_THE_CALENDAR"))
                .isEqualTo(failures);
    }

    /**
     * December has 23 days from Monday to Friday, two of them bank holidays; the whole of 2014 is not in the calendar.
     */
    @ParameterizedTest
    @CsvSource({
        "desk (Mon Sat), 21, 8, 0",
        "desk (Mon Sat), 21, 9, 1",
        "desk (Mon Sat), 20, 9, 2",
        "always (Mon Sat), 23, 8, 0",
        "working_days, 21, 6, 0",
        "working_days, 23, 6, 1",
        "every_day, 31, 10, 0",
        "every_day, 30, 10, 1",
        "desk (Mon Sat), null, null, 0"
    })
    void otherNumbersOfDaysOfAPeriodAreFound(String service, String days, String earlier, long failures) {
        session.execute("create table dim_queue as select 'calls' as queue, '" + service + "' as service");
        session.execute("create table period_comparison as select 'calls' as queue, "
                + "unnest([date '2015-12-01', date '2014-12-01']) as period_start_on, "
                + "unnest([date '2015-12-31', date '2014-12-31']) as period_end_on, " + days
                + "::int as service_day_count, date '2015-12-05' as earlier_start_on, date '2015-12-14' as "
                + "earlier_end_on, " + earlier + "::int as earlier_service_day_count");

        assertThat(failures("mart.period_comparison", "SERVICE_DAYS_ARE_THOSE_OF_THE_SERVICE"))
                .isEqualTo(failures);
    }

    private long failures(String table, String code) {
        Model.Test test = Models.find(table).orElseThrow().tests().stream()
                .filter(one -> one.code().equals(code))
                .findFirst()
                .orElseThrow();
        return session.number(AuditQuery.named("model_test").with("test", test.query()));
    }
}
