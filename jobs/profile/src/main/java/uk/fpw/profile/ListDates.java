package uk.fpw.profile;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.force.feed.Feed;

/** What the dates of a source say of each other, found by a reading of its own. Keeps counts and outermost dates. */
final class ListDates {

    /** Of the rows with both dates, so many may have them in the other order. */
    private static final double EXCEPTIONS = 0.05;

    /** The first year that a queue takes for credible unless it says otherwise. */
    private static final int FIRST_CREDIBLE_YEAR = 1990;

    /** One column; dates that stand for none are not counted. */
    static final class Column {
        private final List<Feed.DatePattern> patterns;
        long count;
        long weekendCount;
        long earlyCount;
        long lastCount;

        @Nullable
        LocalDate first;

        @Nullable
        LocalDate last;

        private Column(InferredType type) {
            this.patterns = type.patterns().stream().map(Feed.DatePattern::of).toList();
        }

        private void add(LocalDate date, LocalDate today) {
            count++;
            weekendCount += date.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0 ? 1 : 0;
            earlyCount += date.getYear() < FIRST_CREDIBLE_YEAR ? 1 : 0;
            first = first == null || date.isBefore(first) ? date : first;
            if (!date.isAfter(today) && (last == null || date.isAfter(last))) {
                last = date;
                lastCount = 0;
            }
            lastCount += date.equals(last) ? 1 : 0;
        }

        /** The date of a text, of which a time has its own zone's; null if there is none. */
        private @Nullable LocalDate date(@Nullable String text) {
            if (text == null) {
                return null;
            }
            if (patterns.isEmpty()) {
                return date(text, null);
            }
            return patterns.stream()
                    .map(pattern -> date(text, pattern))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }

        private static @Nullable LocalDate date(String text, Feed.@Nullable DatePattern pattern) {
            try {
                LocalDate date = pattern == null
                        ? LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text)
                        : LocalDate.from(pattern.formatter().parse(text));
                return SentinelDates.isNeverReal(date) ? null : date;
            } catch (DateTimeException noDate) {
                return null;
            }
        }
    }

    /** How often two dates are in one row, and how often the first of them is the later one. */
    private static final class Pair {
        private long count;
        private long reversed;
    }

    private record Order(int earlier, int later) {}

    private final Map<Integer, Column> columns = new LinkedHashMap<>();
    private final Map<Order, Pair> pairs = new HashMap<>();

    private ListDates(SourceProfile profile, List<Integer> dated) {
        dated.forEach(column ->
                columns.put(column, new Column(profile.columns().get(column).type())));
        dated.forEach(earlier -> dated.forEach(later -> pairs.put(new Order(earlier, later), new Pair())));
    }

    /**
     * Reads the source again.
     *
     * @param dated positions of columns that are dates or times
     * @param today later dates are no column's {@code last}
     */
    static ListDates of(ProfiledSource source, SourceProfile profile, List<Integer> dated, LocalDate today) {
        ListDates found = new ListDates(profile, dated);
        try (SourceRows rows = source.reading().get()) {
            for (SourceRow row = rows.next(); row != null; row = rows.next()) {
                if (row.isComplete()) {
                    found.add(row, today);
                }
            }
        }
        return found;
    }

    private void add(SourceRow row, LocalDate today) {
        Map<Integer, LocalDate> dates = new HashMap<>();
        columns.forEach((index, column) -> {
            LocalDate date = column.date(row.text(index));
            if (date != null) {
                column.add(date, today);
                dates.put(index, date);
            }
        });
        dates.forEach((earlier, from) -> dates.forEach((later, to) -> {
            Pair pair = Objects.requireNonNull(pairs.get(new Order(earlier, later)));
            pair.count++;
            pair.reversed += from.isAfter(to) ? 1 : 0;
        }));
    }

    /** Positions of the columns, in the order of the source. */
    List<Integer> columns() {
        return List.copyOf(columns.keySet());
    }

    Column of(int column) {
        return Objects.requireNonNull(columns.get(column));
    }

    /** Rows with both dates. */
    long both(int one, int other) {
        return pair(one, other).count;
    }

    /** Rows in which the date that should be earlier is the later one. */
    long reversed(int earlier, int later) {
        return pair(earlier, later).reversed;
    }

    /** Whether there are rows with both, and in nearly all of them the first is not later. */
    boolean areInOrder(int earlier, int later) {
        Pair pair = pair(earlier, later);
        return pair.count > 0 && pair.reversed <= EXCEPTIONS * pair.count;
    }

    private Pair pair(int earlier, int later) {
        return Objects.requireNonNull(pairs.get(new Order(earlier, later)));
    }
}
