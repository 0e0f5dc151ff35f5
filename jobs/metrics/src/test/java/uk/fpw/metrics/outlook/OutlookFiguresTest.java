package uk.fpw.metrics.outlook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.ReleaseId;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.table.TextRows;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;

/** A queue into which six come a week, of whom two leave unserved and about three are served. */
@Tag("time-zone")
class OutlookFiguresTest {

    private static final Force FORCE =
            ForceFolder.read(Path.of("src", "test", "resources", "background").toAbsolutePath());

    private static final LocalDate FIRST_MONDAY = LocalDate.of(2014, 1, 6);

    /** Served week by week, again and again: three on average. */
    private static final int[] SERVED = {3, 5, 2, 4, 1, 3, 3, 6, 2, 1, 4, 2, 3};

    private static List<OutlookWeek> weeks(int count, long pastStandard) {
        List<OutlookWeek> weeks = new ArrayList<>();
        long waiting = 100;
        for (int week = 0; week < count; week++) {
            long served = SERVED[week % SERVED.length];
            waiting += 6 - 2 - served;
            weeks.add(new OutlookWeek(
                    (int) FIRST_MONDAY.plusWeeks(week).toEpochDay(), 6, 2 + served, served, waiting, pastStandard));
        }
        return weeks;
    }

    private static List<String> rows(List<OutlookWeek> weeks, List<LocalDate> rebases, String columns, int horizon) {
        TextRows rows = new TextRows();
        new OutlookFigures(
                        new ReleaseKey("background", ReleaseId.of("2015-06-10.1"), (int)
                                LocalDate.of(2015, 6, 10).toEpochDay()),
                        values -> rows.accept(OutlookPass.TABLE, values))
                .write(FORCE.queue("in_examination"), weeks, rebases, LocalDate.of(2015, 6, 10));
        return rows.of(OutlookPass.TABLE, columns, Map.of("horizon_weeks", horizon));
    }

    @Test
    void projectionIsOfTheLastHalfYear() {
        assertThat(rows(
                        weeks(52, -1),
                        List.of(),
                        "from_on, horizon_on, waiting_count, weekly_net_change, closing_if_flows_unchanged, "
                                + "closing_low, closing_high, closing_reason, past_standard_count, "
                                + "served_per_week_needed",
                        4))
                .containsExactly(
                        "2015-01-04|2015-02-01|152|1.0|156.0|149.618753187452|162.381246812549|null|null|null");
    }

    @Test
    void clearingWhatIsLateTakesWhatComesAndAPartOfIt() {
        // 6 come and 2 leave unserved: 4 a week, and 26 late ones in 13 weeks
        assertThat(rows(
                        weeks(52, 26),
                        List.of(),
                        "past_standard_count, inflow_per_week, left_unserved_per_week, served_per_week, "
                                + "served_per_week_needed, best_served_per_week, best_from_on, best_to_on",
                        13))
                .containsExactly("26|6.0|2.0|3.0|6.0|3.0|2014-10-06|2015-01-04");
        assertThat(rows(weeks(52, 26), List.of(), "served_per_week_needed, closing_reason", 52))
                .containsExactly("4.5|further ahead than 13 weeks");
    }

    @Test
    void historyThatIsTooShortHasAReason() {
        String columns = "weekly_net_change, closing_if_flows_unchanged, closing_reason, backtest_count, "
                + "best_served_per_week, served_per_week_needed";
        assertThat(rows(weeks(12, 26), List.of(), columns, 4))
                .containsExactly("null|null|12 whole settled weeks, fewer than 26|0|null|null");
        assertThat(rows(weeks(52, 26), List.of(FIRST_MONDAY.plusWeeks(40).plusDays(3)), columns, 4))
                .containsExactly("null|null|12 whole settled weeks since a recorded change, fewer than 26|15|3.0|null");
    }

    @Test
    void backtestSaysHowOftenProjectionsHeld() {
        assertThat(rows(
                        weeks(78, -1),
                        List.of(),
                        "backtest_count, backtest_covered_count, independent_count, independent_covered_count, "
                                + "covered_share, is_backtest_passed",
                        13))
                .containsExactly("40|40|4|4|1.0|null");
    }
}
