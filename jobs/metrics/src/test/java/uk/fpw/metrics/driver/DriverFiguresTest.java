package uk.fpw.metrics.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.ReleaseId;
import uk.fpw.metrics.driver.SeriesMonths.Count;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.series.Period;
import uk.fpw.metrics.table.TextRows;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;

/** A queue whose figures begin in April 2014, settled to April 2015 and known to May. */
@Tag("time-zone")
class DriverFiguresTest {

    private static final Force FORCE =
            ForceFolder.read(Path.of("src", "test", "resources", "background").toAbsolutePath());

    private static final String ALL = SeriesMonths.ALL;

    private static final int APRIL_2014 = month(2014, 4);
    private static final int MARCH = month(2015, 3);
    private static final int APRIL = month(2015, 4);
    private static final int MAY = month(2015, 5);

    private static int month(int year, int month) {
        return Period.MONTH.of((int) LocalDate.of(year, month, 1).toEpochDay());
    }

    private static SeriesMonths series(String slice, String value) {
        return new SeriesMonths(
                new SeriesMonths.Key("in_examination", slice, value, slice.equals(ALL)), APRIL - PeriodPair.REACH, MAY);
    }

    /** Ten wait at first; in each month five come, one comes back, and three are examined; in May one is withdrawn. */
    private static SeriesMonths total() {
        SeriesMonths total = series(ALL, ALL);
        int waiting = 10;
        for (int month = APRIL_2014; month <= MAY; month++) {
            int withdrawn = month == MAY ? 1 : 0;
            waiting += 5 + 1 - 3 - withdrawn;
            total.add(Count.WAITING, ALL, month, waiting);
            total.add(Count.RECEIVED, ALL, month, 5);
            total.add(Count.RE_ENTERED, ALL, month, 1);
            total.add(Count.RE_ENTERED_BY_REASON, "further work", month, 1);
            total.add(Count.LEFT, ALL, month, 3 + withdrawn);
            total.add(Count.LEFT_BY_EXIT, "examined", month, 3);
            total.add(Count.LEFT_BY_EXIT, "withdrawn", month, withdrawn);
            total.add(Count.SERVED, ALL, month, 3);
        }
        return total;
    }

    private static TextRows rows(SeriesMonths... series) {
        TextRows rows = new TextRows();
        new DriverFigures(
                        new ReleaseKey("background", ReleaseId.of("2015-06-10.1"), (int)
                                LocalDate.of(2015, 6, 10).toEpochDay()),
                        values -> rows.accept(DriverPass.TABLE, values))
                .write(FORCE.queue("in_examination"), List.of(series), APRIL, MAY, (int)
                        LocalDate.of(2015, 6, 10).toEpochDay());
        return rows;
    }

    /** No rows about earlier months are copied, and a sum over some of the months of a period is not its count. */
    @Test
    void pairOfSlicesOfWhichOnlySomeMonthsAreKnownHasNoRowsOfLongerPeriods() {
        SeriesMonths late = series("kind x area", "phone x east");
        late.add(Count.WAITING, ALL, APRIL, 2);
        late.add(Count.RECEIVED, ALL, APRIL, 1);
        late.add(Count.WAITING, ALL, MAY, 3);
        late.add(Count.RECEIVED, ALL, MAY, 1);

        assertThat(rows(total(), late)
                        .of(
                                DriverPass.TABLE,
                                "period_kind, compared_with, period_start_on, earlier_count, period_count",
                                Map.of("measure", "received", "slice", "kind x area", "part", ALL)))
                .containsExactly(
                        "month|the month before|2015-04-01|null|1",
                        "year to date|last year|2015-04-01|null|1",
                        "year to date|the year before last|2015-04-01|null|1",
                        "month|last year|2015-04-01|null|1",
                        "month|the year before last|2015-04-01|null|1",
                        "month|the month before|2015-05-01|1|1",
                        "month|last year|2015-05-01|null|1");
    }

    @Test
    void stockChangesByWhatCameAndLeftForEachReason() {
        assertThat(rows(total())
                        .of(
                                DriverPass.TABLE,
                                "compared_with, part, part_name, earlier_count, period_count, change_count, reason",
                                Map.of("measure", "waiting", "period_end_on", LocalDate.of(2015, 5, 31))))
                .containsExactly(
                        "the month before|all|all|49|51|2|null",
                        "the month before|received|all|null|null|5|null",
                        "the month before|re-entered|further work|null|null|1|null",
                        "the month before|left|examined|null|null|-3|null",
                        "the month before|left|withdrawn|null|null|-1|null",
                        "last year|all|all|16|51|35|null",
                        "last year|received|all|null|null|60|null",
                        "last year|re-entered|further work|null|null|12|null",
                        "last year|left|examined|null|null|-36|null",
                        "last year|left|withdrawn|null|null|-1|null");
    }

    @Test
    void flowsChangeByTheirReasons() {
        assertThat(rows(total())
                        .of(
                                DriverPass.TABLE,
                                "part, part_name, earlier_count, period_count, change_count",
                                Map.of(
                                        "measure",
                                        "left",
                                        "compared_with",
                                        "the month before",
                                        "period_end_on",
                                        LocalDate.of(2015, 5, 31))))
                .containsExactly("all|all|3|4|1", "left|examined|3|3|0", "left|withdrawn|0|1|1");
    }

    @Test
    void everyPairHasItsPeriods() {
        assertThat(rows(total())
                        .of(
                                DriverPass.TABLE,
                                "period_kind, compared_with, earlier_start_on, earlier_end_on, period_start_on, "
                                        + "period_end_on, is_provisional, earlier_count, reason",
                                Map.of("measure", "received", "part", ALL)))
                .containsExactly(
                        "month|the month before|2015-03-01|2015-03-31|2015-04-01|2015-04-30|false|5|null",
                        "year to date|last year|2014-04-01|2014-04-30|2015-04-01|2015-04-30|false|5|null",
                        "year to date|the year before last|2013-04-01|2013-04-30|2015-04-01|2015-04-30|false|null|"
                                + "the earlier period is not known as a whole",
                        "quarter|last year|2014-01-01|2014-03-31|2015-01-01|2015-03-31|false|null|"
                                + "the earlier period is not known as a whole",
                        "quarter|the year before last|2013-01-01|2013-03-31|2015-01-01|2015-03-31|false|null|"
                                + "the earlier period is not known as a whole",
                        "month|last year|2014-04-01|2014-04-30|2015-04-01|2015-04-30|false|5|null",
                        "month|the year before last|2013-04-01|2013-04-30|2015-04-01|2015-04-30|false|null|"
                                + "the earlier period is not known as a whole",
                        "month|the month before|2015-04-01|2015-04-30|2015-05-01|2015-05-31|true|5|null",
                        "month|last year|2014-05-01|2014-05-31|2015-05-01|2015-05-31|true|5|null");
    }

    @Test
    void shareIsSplitOverTheValuesOfASliceIfTheyAddUpToTheTotal() {
        SeriesMonths total = withShare(series(ALL, ALL), 70, 200, 68, 260);
        SeriesMonths phones = withShare(series("device_type", "phone"), 10, 100, 33, 205);
        SeriesMonths others = withShare(series("device_type", "other"), 60, 100, 35, 55);
        // a slice by which there are no standards
        SeriesMonths north = withShare(series("area", "north"), 0, 10, 2, 4);
        assertThat(rows(total, north, others, phones)
                        .of(
                                DriverPass.TABLE,
                                "slice_value, earlier_count, earlier_of_count, period_count, period_of_count, "
                                        + "change_share, mix_part, rate_part, reason",
                                Map.of(
                                        "measure",
                                        "share met",
                                        "compared_with",
                                        "the month before",
                                        "period_end_on",
                                        LocalDate.of(2015, 4, 30))))
                .containsExactly(
                        "all|70|200|68|260|-0.088461538462|null|null|null",
                        // does not add up to the total
                        "north|0|10|2|4|0.5|null|null|null",
                        // fractions computed by another program
                        "other|60|100|35|55|0.036363636364|-0.0901190156|0.012937062937|null",
                        "phone|10|100|33|205|0.060975609756|-0.050561949776|0.039282363977|null");
    }

    /** The rows of March are copied: drones, which came up in April, have none. */
    @Test
    void valueThatCameUpLaterHadNothingBefore() {
        SeriesMonths total = received(series(ALL, ALL), 5, 9);
        SeriesMonths phones = received(series("device_type", "phone"), 5, 6);
        SeriesMonths drones = series("device_type", "drone");
        drones.add(Count.WAITING, ALL, APRIL, 3);
        drones.add(Count.RECEIVED, ALL, APRIL, 3);
        assertThat(rows(total, drones, phones)
                        .of(
                                DriverPass.TABLE,
                                "slice_value, earlier_count, period_count, change_count, reason",
                                Map.of(
                                        "measure",
                                        "received",
                                        "compared_with",
                                        "the month before",
                                        "period_end_on",
                                        LocalDate.of(2015, 4, 30))))
                .containsExactly("all|5|9|4|null", "drone|0|3|3|null", "phone|5|6|1|null");
    }

    private static SeriesMonths received(SeriesMonths series, long inMarch, long inApril) {
        series.add(Count.WAITING, ALL, MARCH, inMarch);
        series.add(Count.RECEIVED, ALL, MARCH, inMarch);
        series.add(Count.WAITING, ALL, APRIL, inMarch + inApril);
        series.add(Count.RECEIVED, ALL, APRIL, inApril);
        return series;
    }

    private static SeriesMonths withShare(SeriesMonths series, long met, long due, long metThen, long dueThen) {
        for (int month = MARCH; month <= MAY; month++) {
            series.add(Count.WAITING, ALL, month, 1);
        }
        series.add(Count.MET_BY_STANDARD, "within 28 days", MARCH, met);
        series.add(Count.DUE_BY_STANDARD, "within 28 days", MARCH, due);
        series.add(Count.MET_BY_STANDARD, "within 28 days", APRIL, metThen);
        series.add(Count.DUE_BY_STANDARD, "within 28 days", APRIL, dueThen);
        return series;
    }
}
