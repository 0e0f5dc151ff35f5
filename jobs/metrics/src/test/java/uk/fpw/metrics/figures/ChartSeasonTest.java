package uk.fpw.metrics.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.statistics.FalseSignals;
import uk.fpw.statistics.MonthSeason;
import uk.fpw.statistics.SeasonSignals;

/** The columns about seasons; the test itself is compared with R in {@code MonthSeasonTest}. */
class ChartSeasonTest {

    /** January 2013. */
    private static final int FIRST = 43 * 12;

    /** Three years in which July is twice January, with a little noise. */
    private static final double[] SUMMERS = IntStream.range(0, 36)
            .mapToDouble(month -> 10 + 5 * Math.sin(Math.PI * (month - 3) / 6) + 0.1 * (month * 7 % 5))
            .toArray();

    private static Model columns() {
        Model model = Models.find("mart.queue_signal").orElseThrow();
        List<Model.Column> columns = model.columns().stream()
                .dropWhile(column -> !column.name().equals("same_month_last_year"))
                .takeWhile(column -> !column.name().equals("is_partial"))
                .toList();
        return new Model(
                model.table(),
                model.owner(),
                model.description(),
                model.access(),
                "",
                "",
                List.of(),
                columns,
                List.of(),
                "",
                model.countedBy(),
                false);
    }

    /** A chart of months that count a number of items; NaN is a gap. */
    private static List<Map<String, @Nullable Object>> rows(long items, boolean hasSeasons, double... values) {
        MonthChart.Builder months = new MonthChart.Builder("came in", "came in");
        if (hasSeasons) {
            months.withSeasons();
        }
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                months.add(FIRST + i, "a gap");
            } else {
                months.add(FIRST + i, values[i], items, items);
            }
        }
        MonthChart chart = months.draw(List.of());
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        TableRows table = new TableRows(columns(), row -> {
            Map<String, @Nullable Object> byName = new HashMap<>();
            for (Model.Column column : columns().columns()) {
                byName.put(column.name(), row[byName.size()]);
            }
            rows.add(byName);
        });
        chart.months().forEach(month -> chart.fillSeason(chart.fill(table.row(), month), month)
                .end());
        return rows;
    }

    private static double number(Map<String, @Nullable Object> row, String column) {
        return (Double) Objects.requireNonNull(row.get(column), column);
    }

    @Test
    void evidentSeasonIsInEveryRowAndRaisesTheShareOfFalseSignals() {
        MonthSeason season = Objects.requireNonNull(MonthSeason.of(SUMMERS));
        for (Map<String, @Nullable Object> row : rows(100, true, SUMMERS)) {
            assertThat(row).containsEntry("is_season_evident", true).containsEntry("season_month_count", 36);
            assertThat(number(row, "season_f")).isEqualTo(season.f());
            assertThat(number(row, "season_f_beyond_trend")).isEqualTo(season.fBeyondTrend());
            assertThat(number(row, "season_log10_p")).isEqualTo(season.log10P()).isLessThan(-2);
            assertThat(number(row, "season_size")).isEqualTo(season.size());
            assertThat(number(row, "false_signal_share"))
                    .isEqualTo(SeasonSignals.share(36, season.size()))
                    .isGreaterThan(0.9);
        }
    }

    @Test
    void chartThatIsNotAskedHasTheShareOfIndependentPoints() {
        assertThat(number(rows(100, false, SUMMERS).get(0), "false_signal_share"))
                .isEqualTo(FalseSignals.share(36));
    }

    @Test
    void noSeasonIsToldWithoutMakingOthersOfTheShare() {
        double[] turns =
                IntStream.range(0, 30).mapToDouble(month -> 10 + month * 7 % 5).toArray();
        Map<String, @Nullable Object> row = rows(100, true, turns).get(0);

        assertThat(row).containsEntry("is_season_evident", false).containsEntry("season_month_count", 30);
        assertThat(number(row, "season_log10_p")).isBetween(-2.0, 0.0);
        assertThat(number(row, "false_signal_share")).isCloseTo(FalseSignals.share(30), within(0.0));
    }

    @Test
    void monthsBehindAGapAreNotTestedAndThoseNotChartedYetNeither() {
        double[] values = Arrays.copyOf(SUMMERS, 38);
        values[5] = Double.NaN;
        values[36] = Double.NaN;
        values[37] = Double.NaN;

        assertThat(rows(100, true, values).get(0)).containsEntry("season_month_count", 30);
        values[13] = Double.NaN;
        assertThat(rows(100, true, values).get(0))
                .containsEntry("season_month_count", null)
                .containsEntry("season_log10_p", null)
                .containsEntry("season_size", null)
                .containsEntry("is_season_evident", null);
    }

    @Test
    void fewItemsHaveNoTest() {
        assertThat(rows(4, true, SUMMERS).get(0))
                .containsEntry("is_season_evident", null)
                .containsEntry("false_signal_share", null);
    }

    @Test
    void valueOfTheYearBeforeIsThatOfTheSameMonth() {
        double[] values = Arrays.copyOf(SUMMERS, 26);
        values[3] = Double.NaN;
        values[20] = Double.NaN;
        List<Map<String, @Nullable Object>> rows = rows(100, true, values);

        assertThat(number(rows.get(12), "same_month_last_year")).isEqualTo(SUMMERS[0]);
        assertThat(number(rows.get(25), "same_month_last_year")).isEqualTo(SUMMERS[13]);
        assertThat(rows.get(11)).containsEntry("same_month_last_year", null);
        assertThat(rows.get(15)).as("a gap a year before").containsEntry("same_month_last_year", null);
        assertThat(rows.get(20)).as("a gap").containsEntry("same_month_last_year", null);
    }
}
