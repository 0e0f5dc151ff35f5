package uk.fpw.metrics.figures;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.figures.MonthChart.Month;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.statistics.MonthSeason;

/** Whether the months of the year differ in a chart, and each month's value of a year before. */
final class ChartSeason {

    /** Of charts that are not asked. */
    static final ChartSeason NONE = new ChartSeason(null, Map.of());

    private static final int YEAR = 12;

    private final @Nullable MonthSeason season;

    /** Charted values by number of the month. */
    private final Map<Integer, Double> values;

    private ChartSeason(@Nullable MonthSeason season, Map<Integer, Double> values) {
        this.season = season;
        this.values = values;
    }

    /**
     * The season of a chart, from its charted months up to the latest one, as far back as none is missing. Recorded
     * changes do not end them: the test has a level for each year.
     *
     * @param months all months in order, without gaps between their numbers
     * @param withoutLimits why there would be no limits from some months; null if there would be. There is no test
     * either
     */
    static ChartSeason of(List<Month> months, Function<List<Month>, @Nullable String> withoutLimits) {
        int end = months.size();
        while (end > 0 && months.get(end - 1).value() == null) {
            end--;
        }
        int start = end;
        while (start > 0 && months.get(start - 1).value() != null) {
            start--;
        }
        List<Month> run = months.subList(start, end);
        Map<Integer, Double> values = new HashMap<>();
        months.forEach(month -> {
            if (month.value() != null) {
                values.put(month.number(), month.value());
            }
        });
        boolean isTested = run.size() >= MonthSeason.FEWEST_MONTHS && withoutLimits.apply(run) == null;
        return new ChartSeason(
                isTested
                        ? MonthSeason.of(run.stream()
                                .mapToDouble(month -> Objects.requireNonNull(month.value()))
                                .toArray())
                        : null,
                values);
    }

    /** Size of an evident season, see {@link MonthSeason#size}; otherwise 0. */
    double size() {
        return season == null || !season.isEvident() ? 0 : season.size();
    }

    /** Sets the columns about seasons for a month. */
    TableRows.Row fill(TableRows.Row row, Month month) {
        return row.set("same_month_last_year", month.value() == null ? null : values.get(month.number() - YEAR))
                .set("season_month_count", season == null ? null : season.months())
                .set("season_f", season == null ? null : season.f())
                .set("season_f_beyond_trend", season == null ? null : season.fBeyondTrend())
                .set("season_log10_p", season == null ? null : season.log10P())
                .set("season_size", season == null ? null : season.size())
                .set("is_season_evident", season == null ? null : season.isEvident());
    }
}
