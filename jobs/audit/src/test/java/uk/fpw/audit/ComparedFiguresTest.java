package uk.fpw.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which figures of two releases are compared where a feed was late. */
class ComparedFiguresTest {

    /**
     * The release of 2 February knew its queue to 29 January only: it stated nothing of January, although January was
     * over on its business date. When the feed has caught up there is a figure: that is coverage ({@code is_known} is
     * false), and not what somebody recorded late. Of December, which both knew to its end, nothing has changed but one
     * count.
     */
    @Test
    void monthThatALateFeedLeftOpenHasNoFigureOfThatRelease() {
        try (AuditSession session = AuditSession.open("Europe/London")) {
            session.execute("create schema replaced");
            figures(session, "replaced", """
                    ('2015-12-01', true, 'received_count', 7),
                    ('2015-12-01', true, 'left_count', 5),
                    ('2016-01-01', false, 'received_count', null)
                    """);
            figures(session, "main", """
                    ('2015-12-01', true, 'received_count', 8),
                    ('2015-12-01', true, 'left_count', 5),
                    ('2016-01-01', true, 'received_count', 9),
                    ('2016-02-01', false, 'received_count', null)
                    """);
            session.execute("create table compared_figures as select 'seized' as queue, date '2016-01-29' as known_to, "
                    + "date '2016-01-29' as replaced_known_to, date '2016-02-02' as new_known_to");

            ComparedFigures.find(session, "2016-02-02");

            assertThat(rows(session))
                    .containsExactly(
                            "2015-12-01 left_count 5 -> 5, is_known true",
                            "2015-12-01 received_count 7 -> 8, is_known true",
                            "2016-01-01 received_count none -> 9, is_known false");
        }
    }

    private static void figures(AuditSession session, String schema, String rows) {
        session.execute("create table " + schema + ".figure as select 'seized' as queue, 'all' as slice, "
                + "'all' as slice_value, 'all' as exit_reason, 'month' as period_kind, "
                + "cast(month as date) as period_start_on, "
                + "last_day(cast(month as date)) as period_end_on, is_available, measure, "
                + "cast(figure as bigint) as figure from (values " + rows
                + ") as stated (month, is_available, measure, figure)");
        session.execute("create table " + schema + ".counted_queue as select 'seized' as queue, ['all'] as slices, "
                + "false as has_standards, false as has_stages");
    }

    private static List<String> rows(AuditSession session) {
        return session
                .rows("select concat(period_start_on, ' ', measure, ' ', coalesce(cast(replaced_value as varchar), "
                        + "'none'), ' -> ', coalesce(cast(new_value as varchar), 'none'), ', is_known ', is_known) "
                        + "from compared_figure order by 1")
                .stream()
                .map(row -> new QueryRow(row).text(0))
                .toList();
    }
}
