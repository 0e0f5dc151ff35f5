package uk.fpw.ingest.compare;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.RangeTally;
import uk.fpw.ingest.source.SourceRanges;
import uk.fpw.warehouse.store.load.current.CurrentRows;
import uk.fpw.warehouse.store.load.key.RowPlaces;

/**
 * The current rows of a feed that a load of changes has not read, by ranges of the cursor. For dates and times, ranges
 * are months that have rows; for whole numbers, up to 200 ranges of about the same size, which are kept until one has
 * grown to three times the size.
 */
@SuppressWarnings({"rawtypes", "unchecked"})
final class CurrentRanges {

    private static final int MAX_RANGES = 200;

    /** SQL Server cannot distinguish more, whatever dates a source has. */
    private static final int MAX_MONTHS = 500;

    private static final int MAX_TIMES = 3;
    private static final long SAMPLE = 50_000;

    private final CurrentRows rows;
    private final String column;
    private final SourceRanges source;
    private final LongPredicate isRead;
    private final TreeMap<Comparable, RangeTally> tallies = new TreeMap<>();
    private final RangeTally first = new RangeTally();
    private long tail;

    private CurrentRanges(CurrentRows rows, String column, SourceRanges source, LongPredicate isRead) {
        this.rows = rows;
        this.column = column;
        this.source = source;
        this.isRead = isRead;
    }

    /**
     * Counts the rows, reading only the cursor column of the table.
     *
     * @param isRead whether the load has read the row at a location
     * @param before lower bounds of the ranges of whole numbers in the previous load, without the first range
     */
    static CurrentRanges of(
            CurrentRows rows, String column, SourceRanges source, LongPredicate isRead, List<Comparable> before) {
        CurrentRanges ranges = new CurrentRanges(rows, column, source, isRead);
        if (source.start() instanceof Long) {
            ranges.count(before);
            if (ranges.areUneven()) {
                ranges.count(ranges.evenly());
            }
        } else {
            ranges.countMonths();
        }
        return ranges;
    }

    /** Visits a row that the load has not read. */
    private interface Visitor {
        void visit(long place, @Nullable Comparable value);
    }

    private void forEach(Visitor visitor) {
        rows.forEachValue(column, (place, stored) -> {
            if (!isRead.test(place)) {
                visitor.visit(place, source.stored(stored));
            }
        });
    }

    /** Whether the load would have read a row with that value, which means that the source no longer has it. */
    private boolean isTail(@Nullable Comparable value) {
        return value == null || value.compareTo(source.start()) >= 0;
    }

    private void count(List<Comparable> from) {
        tallies.clear();
        first.clear();
        tail = 0;
        from.stream()
                .filter(value -> value.compareTo(source.start()) < 0)
                .forEach(value -> tallies.put(value, new RangeTally()));
        forEach((place, value) -> {
            if (value == null || isTail(value)) {
                tail++;
            } else {
                Map.Entry<Comparable, RangeTally> range = tallies.floorEntry(value);
                (range == null ? first : range.getValue()).add(value);
            }
        });
    }

    private boolean areUneven() {
        long total = tallies().stream().mapToLong(RangeTally::count).sum();
        long most = tallies().stream().mapToLong(RangeTally::count).max().orElse(0);
        return most > MAX_TIMES * (total / MAX_RANGES + 1) || tallies.size() >= MAX_RANGES * MAX_TIMES;
    }

    /** Ranges of about equal size, estimated from a sample. */
    private List<Comparable> evenly() {
        long every = rows.count() / SAMPLE + 1;
        LongStream.Builder sample = LongStream.builder();
        long[] seen = new long[1];
        forEach((place, value) -> {
            if (value != null && !isTail(value) && seen[0]++ % every == 0) {
                sample.add((Long) value);
            }
        });
        long[] sorted = sample.build().sorted().toArray();
        List<Comparable> from = new ArrayList<>();
        for (int range = 1; range < MAX_RANGES && sorted.length > 0; range++) {
            long value = sorted[(int) ((long) range * sorted.length / MAX_RANGES)];
            if (value > (from.isEmpty() ? sorted[0] : (Long) from.get(from.size() - 1))) {
                from.add(value);
            }
        }
        return from;
    }

    private void countMonths() {
        forEach((place, value) -> {
            if (value == null || isTail(value)) {
                tail++;
            } else {
                tallies.computeIfAbsent(Objects.requireNonNull(source.monthOf(value)), month -> new RangeTally())
                        .add(value);
            }
        });
        while (!tallies.isEmpty() && (tallies.size() > MAX_MONTHS || first.count() == 0)) {
            first.add(tallies.pollFirstEntry().getValue());
        }
    }

    /** Lower bounds of the ranges, without the first range. */
    List<Comparable> from() {
        return List.copyOf(tallies.keySet());
    }

    /** Summary of the rows in each range. */
    List<RangeTally> tallies() {
        List<RangeTally> all = new ArrayList<>(List.of(first));
        all.addAll(tallies.values());
        return Collections.unmodifiableList(all);
    }

    /** Number of rows that the load would have read if the source still had them unchanged. */
    long tail() {
        return tail;
    }

    /**
     * Whether ranges contain rows other than the given ones.
     *
     * @param end end of the ranges, exclusive
     */
    boolean hasOthers(int first, int end, RowPlaces found) {
        List<Comparable> from = from();
        boolean[] others = new boolean[1];
        forEach((place, value) -> {
            if (value != null && !isTail(value) && !found.contains(place)) {
                int range = RangeTally.rangeOf(from, value);
                others[0] |= range >= first && range < end;
            }
        });
        return others[0];
    }

    /** Locations of rows in some ranges and in the {@link #tail}. */
    RowPlaces places(BitSet wanted) {
        List<Comparable> from = from();
        RowPlaces places = new RowPlaces();
        forEach((place, value) -> {
            if (value == null || isTail(value) || wanted.get(RangeTally.rangeOf(from, value))) {
                places.add(place);
            }
        });
        return places;
    }
}
