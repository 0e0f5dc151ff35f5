package uk.fpw.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import uk.fpw.metrics.change.SpellChanges;
import uk.fpw.warehouse.force.Feed;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.run.Baseline;
import uk.fpw.warehouse.run.MetricsResult.MassClosure;
import uk.fpw.warehouse.run.MetricsResult.QueueChange;
import uk.fpw.warehouse.run.MetricsResult.Settled;

class SpellChangesIT {

    private static final LocalDate DAY = LocalDate.of(2015, 11, 9);
    private static final TestWarehouse WAREHOUSE = TestWarehouse.instance();
    private static final Force FORCE = TestWarehouse.force("standards");
    private static final Feed FEED = FORCE.feed("case_events");

    @Test
    void candidateIsComparedWithTheCurrentReleaseUpToTheLastDayThatBothKnow() {
        long spells = released(StandardsIT.rows("""
                A01 | received | 2015-10-01 | high |
                A01 | closed   | 2015-10-08 | high |
                A02 | received | 2015-10-01 | high |
                A03 | received | 2015-10-02 | high |
                A04 | received | 2015-10-03 | high |
                A05 | received | 2015-11-05 | high |
                """));

        WAREHOUSE.load(FEED, StandardsIT.rows("""
                A01 | received | 2015-10-01 | high |
                A01 | closed   | 2015-10-09 | high | corrected
                A02 | received | 2015-10-01 | high |
                A02 | closed   | 2015-11-10 | high | news
                A04 | received | 2015-10-03 | high |
                A05 | received | 2015-11-05 | high |
                A04 | closed   | 2015-11-06 | high | recorded late
                A06 | received | 2015-11-10 | high | news
                """));
        WAREHOUSE.core(FORCE, DAY.plusDays(1));

        assertThat(new SpellChanges(WAREHOUSE.spark(), FORCE)
                        .since(new Baseline(
                                "2015-11-09.1",
                                spells,
                                Map.of("unresolved", DAY, "in_work", DAY, "no_longer_there", DAY))))
                .containsExactly(
                        new QueueChange(
                                "in_work", "2015-11-09", 0, 0, 0, 0, 0, 0, 0, settled(0, 0), null, 0, 0, 0, 0, null),
                        new QueueChange(
                                "unresolved",
                                "2015-11-09",
                                5,
                                1,
                                1,
                                1,
                                1,
                                4,
                                2,
                                settled(4, 2),
                                "closed",
                                2,
                                1 / 3.0,
                                3,
                                1 / 3.0,
                                null));
    }

    /** Forty closed and twenty withdrawn by the one column that the source has set on all of them: no reason alone is most of what was open. */
    @Test
    void closuresForSeveralReasonsAreTracedToTheColumnThatWasChanged() {
        String open = cases(0, 70, "received", "2015-10-01");
        Dataset<Row> before = StandardsIT.rows(
                open + cases(0, 40, "closed", "2016-05-01") + cases(40, 60, "withdrawn", "2016-05-01"));
        Dataset<Row> after = StandardsIT.rows(
                open + cases(0, 40, "closed", "2015-11-10") + cases(40, 60, "withdrawn", "2015-11-10"));
        WAREHOUSE.raw(FEED, before, DAY, 0);
        WAREHOUSE.raw(FEED, after.where("happened_on = '2015-11-10'"), DAY.plusDays(1), 1000);

        long spells = released(before);
        WAREHOUSE.load(FEED, after);
        WAREHOUSE.core(FORCE, DAY.plusDays(1));

        assertThat(new SpellChanges(WAREHOUSE.spark(), FORCE)
                        .since(new Baseline("2015-11-09.1", spells, Map.of("unresolved", DAY))))
                .containsExactly(new QueueChange(
                        "unresolved",
                        "2015-11-09",
                        70,
                        0,
                        0,
                        0,
                        0,
                        70,
                        70,
                        settled(70, 70),
                        "closed",
                        40,
                        0,
                        60,
                        0,
                        new MassClosure("2015-11-10", "closed", 40, "case_events.happened_on", "2015-11-10", 60)));
        WAREHOUSE.dropRaw(FEED);
    }

    /** These queues have no provisional days. */
    private static Settled settled(long before, long now) {
        return new Settled("2015-11-09", before, now);
    }

    /** Snapshot of the spells of a release that knows these rows. */
    private static long released(Dataset<Row> rows) {
        WAREHOUSE.load(FEED, rows);
        WAREHOUSE.core(FORCE, DAY);
        return WAREHOUSE.writeSpells();
    }

    /** Events of the cases from one number to another, as {@link StandardsIT} writes them. */
    private static String cases(int from, int to, String event, String on) {
        return IntStream.range(from, to)
                .mapToObj(number -> "C%02d | %s | %s | high |%n".formatted(number, event, on))
                .collect(Collectors.joining());
    }
}
