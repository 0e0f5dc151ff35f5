package uk.fpw.report.page;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.report.chart.Chart;
import uk.fpw.report.chart.StackedShare;
import uk.fpw.report.data.Row;
import uk.fpw.report.data.SmallCells;
import uk.fpw.report.text.English;

/**
 * How items of a queue left over time, as shares of what left in each month; of each quarter or year where the shares
 * of most months may not be shown. A period in which few left in one of the ways is not shown at all: its sum, which
 * another chart shows, less the other ways would be that count.
 */
final class ExitPeriods {

    /** Of the periods that are known, at least this share is shown: few of many would be the odd ones among them. */
    private static final double ENOUGH = 0.75;

    private static final String ROWS = """
            select
                *,
                month_start_on >= date_trunc('month', data_as_at) - interval 12 month
                and month_start_on < date_trunc('month', data_as_at)
                and is_available as is_in_sums
            from mart.queue_exit
            where queue = :queue and is_total
            order by month_start_on, exit_reason
            """;

    /** How long a period is; a year begins in April. */
    private enum Length {
        MONTH("month", 1),
        QUARTER("quarter", 3),
        YEAR("financial year", 12);

        private static final DateTimeFormatter FIRST = DateTimeFormatter.ofPattern("MMM", Locale.UK);

        private final String word;
        private final int months;

        Length(String word, int months) {
            this.word = word;
            this.months = months;
        }

        /** First month of the period that a month is in. */
        LocalDate start(LocalDate month) {
            int before = this == YEAR ? (month.getMonthValue() + 8) % 12 : (month.getMonthValue() - 1) % months;
            return month.minusMonths(before);
        }

        String name(LocalDate start) {
            return switch (this) {
                case MONTH -> English.shortMonth(start);
                case QUARTER -> FIRST.format(start) + "–" + English.shortMonth(start.plusMonths(2));
                case YEAR -> start.getYear() + "/" + String.format(Locale.ROOT, "%02d", (start.getYear() + 1) % 100);
            };
        }
    }

    /** A period, and why it is not shown. */
    private static final class Period {

        private final String name;
        private final List<ExitMonth> months;
        private @Nullable String hidden;

        Period(String name, List<ExitMonth> months) {
            this.name = name;
            this.months = months;
        }
    }

    private final QueueData data;
    private final SmallCells cells;
    private final Length length;
    private final List<ExitMonth> months;

    /** Names of the ways, those of served items first, then by how many left so. */
    private final List<String> ways;

    /** Ways that share a colour. */
    private final List<List<String>> parts;

    private final List<Period> periods;

    private ExitPeriods(QueueData data, Length length, List<ExitMonth> months, List<String> ways) {
        this.data = data;
        this.cells = data.site().cells();
        this.length = length;
        this.months = months;
        this.ways = ways;
        this.parts = parts(ways);
        this.periods = months.stream()
                .collect(Collectors.groupingBy(
                        month -> length.start(month.on()), LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(period -> new Period(length.name(period.getKey()), period.getValue()))
                .toList();
        periods.forEach(period -> period.hidden = reason(period));
        protectSums();
    }

    /** Of the shortest periods of which enough are shown; none else, or if all items left in one way. */
    static Optional<ExitPeriods> of(QueueData data) {
        Set<String> served = new HashSet<>();
        Set<String> names = new HashSet<>();
        Map<LocalDate, ExitMonth> months = new LinkedHashMap<>();
        for (Row row : data.rows(ROWS)) {
            String way = QueueExits.name(row);
            names.add(way);
            if (row.flag("is_served")) {
                served.add(way);
            }
            months.computeIfAbsent(row.date("month_start_on"), on -> new ExitMonth(row))
                    .add(way, row);
        }
        List<ExitMonth> all = List.copyOf(months.values());
        List<String> ways = names.stream()
                .sorted(Comparator.comparing((String way) -> !served.contains(way))
                        .thenComparing(way -> -ExitMonth.sum(all, way).count())
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        long used =
                ways.stream().filter(way -> ExitMonth.sum(all, way).count() > 0).count();
        return used < 2
                ? Optional.empty()
                : Arrays.stream(Length.values())
                        .map(length -> new ExitPeriods(data, length, all, ways))
                        .filter(ExitPeriods::isEnough)
                        .findFirst();
    }

    private static List<List<String>> parts(List<String> ways) {
        if (ways.size() <= StackedShare.PARTS) {
            return ways.stream().map(List::of).toList();
        }
        int alone = StackedShare.PARTS - 1;
        List<List<String>> parts = new ArrayList<>();
        ways.stream().limit(alone).map(List::of).forEach(parts::add);
        parts.add(ways.subList(alone, ways.size()));
        return parts;
    }

    /** Why a period is not shown; null if it is. */
    private @Nullable String reason(Period period) {
        for (ExitMonth month : period.months) {
            if (month.unavailable() != null) {
                return month.unavailable();
            }
        }
        if (!isComplete(period)) {
            return "the " + length.word + " is not complete";
        }
        return parts.stream()
                        .allMatch(part -> ExitMonth.sum(period.months, part).isShown(cells))
                ? null
                : cells.hidden() + " in one way: not shown";
    }

    private boolean isComplete(Period period) {
        return period.months.size() == length.months
                && period.months.stream().noneMatch(month -> month.isPartial() || month.unavailable() != null);
    }

    /**
     * The chart of twelve months together, less the periods in it that are shown, must not give away few: hides further
     * periods, those with the fewest first, until what is left of each way is nothing or enough.
     */
    private void protectSums() {
        for (String way : ways) {
            while (isGivenAway(way)) {
                shownInSums().stream()
                                .filter(period ->
                                        ExitMonth.sum(period.months, way).count() > 0)
                                .min(Comparator.comparingLong(period ->
                                        ExitMonth.sum(period.months, ways).count()))
                                .orElseThrow()
                                .hidden =
                        "not shown: with it, few of another " + length.word + " could be computed";
            }
        }
    }

    private List<Period> shownInSums() {
        return periods.stream()
                .filter(period ->
                        period.hidden == null && period.months.stream().allMatch(ExitMonth::isInSums))
                .toList();
    }

    private boolean isGivenAway(String way) {
        List<ExitMonth> rest =
                new ArrayList<>(months.stream().filter(ExitMonth::isInSums).toList());
        boolean isSumShown = ExitMonth.sum(rest, way).isShown(cells);
        shownInSums().forEach(period -> rest.removeAll(period.months));
        return isSumShown && !ExitMonth.sum(rest, way).isShown(cells);
    }

    private boolean isEnough() {
        long complete = periods.stream().filter(this::isComplete).count();
        long shown = periods.stream().filter(period -> period.hidden == null).count();
        return shown > 0 && shown >= ENOUGH * complete;
    }

    /** The chart. */
    Chart chart() {
        return StackedShare.of(
                "exit-periods",
                "How items left, by " + length.word,
                "share of the " + data.units() + " that left in the " + length.word,
                parts.stream()
                        .map(part -> part.size() == 1 ? part.get(0) : "other ways")
                        .toList(),
                periods.stream()
                        .map(period -> new StackedShare.Period(
                                period.name,
                                period.hidden == null
                                        ? parts.stream()
                                                .map(part -> ExitMonth.sum(period.months, part)
                                                        .count())
                                                .toList()
                                        : null,
                                period.hidden,
                                period.months.stream().anyMatch(ExitMonth::isProvisional)))
                        .toList());
    }

    /** How not to read it; none if every complete period is shown. */
    Optional<String> note() {
        return periods.stream().anyMatch(period -> period.hidden != null && isComplete(period))
                ? Optional.of("A " + length.word + " in which few left in one of the ways is not shown; those that are "
                        + "shown need not be like it.")
                : Optional.empty();
    }
}
