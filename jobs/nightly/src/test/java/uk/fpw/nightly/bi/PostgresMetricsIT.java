package uk.fpw.nightly.bi;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.model.CertifiedMetric.Distinct;
import uk.fpw.model.CertifiedMetric.Figure;
import uk.fpw.model.CertifiedMetric.Last;
import uk.fpw.model.CertifiedMetric.OnlyRow;
import uk.fpw.model.CertifiedMetric.Ratio;
import uk.fpw.model.CertifiedMetric.Sum;
import uk.fpw.warehouse.testing.TestDatabase;

/** What certified figures are at several grains, as PostgreSQL computes them. */
@Tag("thorough")
@Tag("engines")
class PostgresMetricsIT {

    private static final Figure SUM = new Sum("came", List.of("queue"));
    private static final Figure LAST = new Last("waiting", "month", List.of("queue"), List.of("queue", "kind"));
    private static final Figure ROW = new OnlyRow("waiting");
    private static final Figure SHARE = new Ratio(List.of("done"), List.of("came"), List.of("queue"));

    @SuppressWarnings("NullAway.Init")
    private static TestDatabase database;

    @BeforeAll
    static void rows() throws SQLException {
        database = TestDatabase.postgres();
        database.execute("""
                create table flow (queue text, kind text, month date, came bigint, done bigint, waiting bigint);
                insert into flow values
                ('seized', 'phone', '2015-01-01', 10, 5, 20),
                ('seized', 'phone', '2015-02-01', 30, 5, 40),
                ('seized', 'tablet', '2015-01-01', 1, 0, 2),
                ('seized', 'tablet', '2015-02-01', 3, 0, 4),
                ('sent', 'phone', '2015-01-01', 0, 0, 7),
                ('sent', 'phone', '2015-02-01', null, null, null);
                create table asked (recommendation text, figure text, is_overdue boolean);
                insert into asked values ('a', '1', true), ('a', '2', true), ('b', '1', false), ('c', '1', null)
                """);
    }

    private static List<String> by(String columns, Figure figure) throws SQLException {
        return database.query("select " + columns + ", " + figure.in(PostgresMetrics.INSTANCE) + " from flow group by "
                + columns + " order by " + columns);
    }

    private static List<String> of(String where, Figure figure) throws SQLException {
        return database.query("select " + figure.in(PostgresMetrics.INSTANCE) + " from flow where " + where);
    }

    @Test
    void sumIsOfOneQueueWithoutAGap() throws SQLException {
        assertThat(by("queue", SUM)).containsExactly("seized | 44", "sent | null");
        assertThat(by("month", SUM)).containsExactly("2015-01-01 | null", "2015-02-01 | null");
        assertThat(of("queue = 'seized' and kind = 'phone'", SUM)).containsExactly("40");
        assertThat(of("queue = 'no'", SUM)).containsExactly("null");
    }

    @Test
    void latestValueIsOfOneSeriesOrAddedWithinAMonth() throws SQLException {
        assertThat(by("queue, kind", LAST))
                .containsExactly("seized | phone | 40", "seized | tablet | 4", "sent | phone | null");
        assertThat(by("queue, month", LAST))
                .containsExactly(
                        "seized | 2015-01-01 | 22",
                        "seized | 2015-02-01 | 44",
                        "sent | 2015-01-01 | 7",
                        "sent | 2015-02-01 | null");
        assertThat(by("queue", LAST)).containsExactly("seized | null", "sent | null");
        assertThat(by("month", LAST)).containsExactly("2015-01-01 | null", "2015-02-01 | null");
    }

    @Test
    void rowIsShownAloneOnly() throws SQLException {
        assertThat(of("queue = 'sent' and month = '2015-01-01'", ROW)).containsExactly("7");
        assertThat(of("queue = 'sent'", ROW)).containsExactly("null");
    }

    @Test
    void shareIsASumBySumAndNullOfNothing() throws SQLException {
        assertThat(database.query(
                        "select round(" + SHARE.in(PostgresMetrics.INSTANCE) + ", 4) from flow where queue = 'seized'"))
                .containsExactly("0.2273");
        assertThat(of("queue = 'sent' and month = '2015-01-01'", SHARE)).containsExactly("null");
    }

    @Test
    void recommendationWithTwoFiguresCountsOnce() throws SQLException {
        assertThat(database.query("select " + new Distinct("recommendation", "").in(PostgresMetrics.INSTANCE) + ", "
                        + new Distinct("recommendation", "is_overdue").in(PostgresMetrics.INSTANCE) + " from asked"))
                .containsExactly("3 | 1");
    }
}
