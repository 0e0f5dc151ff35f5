package uk.fpw.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.model.FigureDefinition;

/** Staff of four months, added up by the definition of {@code mart.capacity_monthly} and by hand. */
class CapacityDefinitionTest {

    @Test
    void staffIsNotKnownWhereARowThatMayCountHasNoNumber() {
        try (AuditSession session = AuditSession.open("Europe/London")) {
            session.execute("""
                    create table queue_monthly as
                    select
                        'q' as queue, 'all' as slice, 'all' as slice_value, cast(start_on as date) as month_start_on,
                        0 as received_count, 0 as reentered_count, 0 as left_count, 0 as served_count,
                        0 as waiting_count
                    from generate_series(date '2015-01-01', date '2015-04-01', interval 1 month) as months (start_on)
                    """);
            session.execute("""
                    create table capacity_definition as
                    from (values ('lab', 'unit', 'q', 'none', 'Lab'), ('van', 'unit', 'q', 'none', 'Van'),
                        ('nobody', 'unit', 'q', 'none', null))
                        as units (capacity, capacity_kind, queue, slice, staffing_unit)
                    """);
            session.execute("""
                    create table staffing as
                    select unit, cast(day as date) as month_start_on, cast(staff as double) as staff_in_post
                    from (values
                        ('Lab', '2015-01-01', 2.5), ('Lab', '2015-01-01', 1.25),
                        ('Lab', '2015-02-01', 2), ('Lab', '2015-02-01', null),
                        ('Lab', '2015-03-01', 2), (null, '2015-03-01', null),
                        ('Lab', '2015-04-01', 0),
                        ('Van', '2015-01-01', 1), ('Van', '2015-02-01', 1), ('Van', null, null))
                        as rows (unit, day, staff)
                    """);

            assertThat(staff(session))
                    .containsExactly(
                            "lab 2015-01-01 3.75",
                            // one row without a number
                            "lab 2015-02-01 null",
                            // one that may be of any unit
                            "lab 2015-03-01 null",
                            "lab 2015-04-01 0.0",
                            "nobody 2015-01-01 null",
                            "nobody 2015-02-01 null",
                            "nobody 2015-03-01 null",
                            "nobody 2015-04-01 null",
                            // one that may be of any month
                            "van 2015-01-01 null",
                            "van 2015-02-01 null",
                            "van 2015-03-01 null",
                            "van 2015-04-01 null");
        }
    }

    private static List<String> staff(AuditSession session) {
        String sql = FigureDefinition.all().stream()
                .filter(definition -> definition.name().equals("capacity_monthly"))
                .findFirst()
                .orElseThrow()
                .sql();
        return session
                .rows("select capacity || ' ' || month_start_on || ' ' || coalesce(staff_in_post::text, 'null') from ("
                        + sql + ") order by capacity, month_start_on")
                .stream()
                .map(row -> String.valueOf(row.get(0)))
                .toList();
    }
}
