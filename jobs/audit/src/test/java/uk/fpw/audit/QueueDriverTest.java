package uk.fpw.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.model.Model;
import uk.fpw.model.Models;

/** The tests of {@code mart.queue_driver} find a number that is wrong, in a queue of two months and a slice of two. */
class QueueDriverTest {

    private static final Model MODEL = Models.find("mart.queue_driver").orElseThrow();

    private final AuditSession session = AuditSession.open("Europe/London");

    @BeforeEach
    void createTables() {
        session.execute("""
                create table queue_monthly as
                from (values
                    ('all', 'all', '2015-01-01', 10, 2, 5, 1, 4, 3), ('all', 'all', '2015-02-01', 11, 4, 6, 0, 5, 3),
                    ('kind', 'a', '2015-01-01', 7, 2, 3, 1, 3, 3), ('kind', 'a', '2015-02-01', 8, 4, 3, 0, 2, 2),
                    ('kind', 'b', '2015-01-01', 3, 0, 2, 0, 1, 0), ('kind', 'b', '2015-02-01', 3, 0, 3, 0, 3, 1))
                    as months (slice, slice_value, start_on, waiting_count, past_standard_count, received_count,
                        reentered_count, left_count, served_count)
                """);
        session.execute("alter table queue_monthly add column queue varchar default 'q'");
        session.execute("alter table queue_monthly add column month_start_on date");
        session.execute("update queue_monthly set month_start_on = cast(start_on as date)");
        session.execute("""
                create table queue_reentry as
                select
                    queue, slice, slice_value, month_start_on, 'further work' as reentry_reason,
                    reentered_count
                from queue_monthly
                """);
        session.execute("""
                create table queue_exit as
                select
                    queue, slice, slice_value, month_start_on, unnest(['examined', 'withdrawn']) as exit_reason,
                    unnest([served_count, left_count - served_count]) as left_count
                from queue_monthly
                """);
        session.execute("""
                create table wait_standard as
                select queue, slice, slice_value, month_start_on, 'soon' as standard, 1 as met_count, 2 as due_count
                from queue_monthly
                where slice = 'all'
                """);
        session.execute("""
                create table queue_driver as
                select
                    'q' as queue, slice, slice_value, slice = 'all' as is_total, 'month' as period_kind,
                    'month before' as compared_with, date '2015-01-01' as earlier_start_on,
                    date '2015-01-31' as earlier_end_on, date '2015-02-01' as period_start_on,
                    date '2015-02-28' as period_end_on, measure, part, part_name, earlier_count, period_count,
                    change_count, earlier_of_count, period_of_count,
                    period_count / period_of_count - earlier_count / earlier_of_count as change_share,
                    cast(mix_part as double) as mix_part, cast(rate_part as double) as rate_part,
                    cast(null as varchar) as reason
                from (values
                    ('all', 'all', 'waiting', 'all', 'all', 10, 11, 1, null, null, null, null),
                    ('all', 'all', 'waiting', 'received', 'all', null, null, 6, null, null, null, null),
                    ('all', 'all', 'waiting', 're-entered', 'further work', null, null, 0, null, null, null, null),
                    ('all', 'all', 'waiting', 'left', 'examined', null, null, -3, null, null, null, null),
                    ('all', 'all', 'waiting', 'left', 'withdrawn', null, null, -2, null, null, null, null),
                    ('all', 'all', 'left', 'all', 'all', 4, 5, 1, null, null, null, null),
                    ('all', 'all', 'left', 'left', 'examined', 3, 3, 0, null, null, null, null),
                    ('all', 'all', 'left', 'left', 'withdrawn', 1, 2, 1, null, null, null, null),
                    ('all', 'all', 'received', 'all', 'all', 5, 6, 1, null, null, null, null),
                    ('kind', 'a', 'received', 'all', 'all', 3, 3, 0, null, null, null, null),
                    ('kind', 'b', 'received', 'all', 'all', 2, 3, 1, null, null, null, null),
                    ('all', 'all', 'share past standard', 'all', 'all', 2, 4, null, 10, 11, null, null),
                    ('kind', 'a', 'share past standard', 'all', 'all', 2, 4, null, 7, 8, 513 / 169400, 471 / 3080),
                    ('kind', 'b', 'share past standard', 'all', 'all', 0, 0, null, 3, 3, 93 / 12100, 0),
                    ('all', 'all', 'share met', 'standard', 'soon', 1, 1, null, 2, 2, null, null))
                    as rows (slice, slice_value, measure, part, part_name, earlier_count, period_count, change_count,
                        earlier_of_count, period_of_count, mix_part, rate_part)
                """);
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void whatIsRightPasses() {
        assertThat(failed()).isEmpty();
    }

    @Test
    void aPartOfAStockThatIsWrongIsFound() {
        session.execute("update queue_driver set change_count = change_count - 1 where part_name = 'withdrawn'"
                + " and measure = 'waiting'");
        assertThat(failed()).containsExactly("DRIVERS_ADD_UP", "DRIVERS_ARE_COUNTED");
    }

    @Test
    void aCountOfASliceThatIsWrongIsFound() {
        session.execute("update queue_driver set period_count = 4, change_count = 1 where slice_value = 'a'"
                + " and measure = 'received'");
        assertThat(failed()).containsExactly("SLICES_ADD_UP", "DRIVERS_ARE_COUNTED");
    }

    @Test
    void aPartOfAShareThatIsWrongIsFound() {
        session.execute("update queue_driver set rate_part = rate_part + 0.001 where slice_value = 'a'");
        assertThat(failed()).containsExactly("SLICES_ADD_UP");
    }

    @Test
    void aChangeWithoutNumberOrReasonIsFound() {
        session.execute("update queue_driver set change_count = null where measure = 'received' and is_total");
        assertThat(failed()).containsExactly("CHANGE_OR_REASON");
    }

    private List<String> failed() {
        return MODEL.tests().stream()
                .filter(test -> session.number("select count(*) from ("
                                + (test.query().isEmpty()
                                        ? "from queue_driver where not coalesce(" + test.expression() + ", false)"
                                        : test.query())
                                + ")")
                        > 0)
                .map(Model.Test::code)
                .toList();
    }
}
