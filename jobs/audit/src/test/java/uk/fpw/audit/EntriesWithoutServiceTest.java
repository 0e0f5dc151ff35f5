package uk.fpw.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;

/** The first of each month of 2015, of which 1 February, March, August and November were at weekends. */
class EntriesWithoutServiceTest {

    private final AuditSession session = AuditSession.open("Europe/London");

    @BeforeEach
    void define() {
        session.execute("""
                create table dim_date as
                select
                    (date '2015-01-01' + to_months(i::int))::date as day,
                    isodow(date '2015-01-01' + to_months(i::int)) > 5 as is_weekend, i = 0 as is_bank_holiday
                from range(12) as month (i)""");
        session.execute("create table service_calendar as select 'desk' as service, true as is_except_bank_holidays, "
                + "[1, 2, 3, 4, 5, 6] as weekdays, []::date[] as closed_days, [date '2015-01-01'] as open_days");
    }

    @AfterEach
    void close() {
        session.close();
    }

    /** Entries of each ordinary day, and of each day at a weekend or of a bank holiday. */
    private List<QualityResult> results(String service, int ordinary, int others) {
        session.execute("create table dim_queue as select 'calls' as queue, '" + service
                + "' as service, date '2015-12-31' as data_as_at");
        session.execute("create table queue_daily as select 'calls' as queue, day, true as is_total, "
                + "true as is_available, if(is_weekend or is_bank_holiday, " + others + ", " + ordinary
                + ") as received_count, 0 as reentered_count, if(is_weekend, 1, 2) as left_count from dim_date");
        return EntriesWithoutService.run(session);
    }

    private static QualityResult result(long count, String message) {
        return new QualityResult("queues/calls", "ENTRIES_WITHOUT_SERVICE", "warning", count, message);
    }

    @Test
    void moreThanATenthIsAFindingWithItsShareAndItsRemedy() {
        // 5 x 20 of 5 x 20 + 7 x 100
        assertThat(results("working_days", 100, 20))
                .containsExactly(result(
                        100,
                        // of the exits 4 x 1 + 2 of 4 x 1 + 8 x 2
                        "12 % of the entries of 2015-01-01 to 2015-12-01 (100 of 800) and 30 % of the exits are on "
                                + "weekends and bank holidays, but its flows are charted per working day, so that the "
                                + "limits of what came in are too wide; if it is served on these days too, declare "
                                + "'service: every_day' in queues/calls.yml"));
    }

    /**
     * On 1 February, March and November, which are Sundays: 3 x 100 of 3 x 100 + 8 x 100, and the opened bank holiday.
     */
    @Test
    void calendarThatIsClosedOnManyEntriesIsNamed() {
        assertThat(results("desk (Mon Sat)", 100, 100))
                .containsExactly(result(
                        300,
                        "25 % of the entries of 2015-01-01 to 2015-12-01 (300 of 1,200) and 15 % of the exits are on "
                                + "days on which the calendar 'desk' is closed, by which its flows are charted, so "
                                + "that the limits of what came in are too wide; if it is served on these days too, "
                                + "correct calendars/desk.yml, or declare 'service: every_day' in queues/calls.yml"));
    }

    @Test
    void aTenthIsNone() {
        // 5 x 14 of 700
        assertThat(results("working_days", 90, 14))
                .containsExactly(result(0, "few entries fall on days on which the queue is not served"));
    }

    @Test
    void fewEntriesAreNone() {
        // 5 x 4 of 55
        assertThat(results("working_days", 5, 4))
                .containsExactly(result(0, "few entries fall on days on which the queue is not served"));
    }

    @Test
    void queueServedEveryDayIsNotAsked() {
        assertThat(results("every_day", 100, 100)).isEmpty();
    }
}
