package uk.fpw.ingest.compare;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.extract.CursorReading;
import uk.fpw.ingest.extract.FullExtract;
import uk.fpw.ingest.extract.LoadContext;
import uk.fpw.ingest.row.RowParser;
import uk.fpw.ingest.source.RangeTally;
import uk.fpw.ingest.source.SourceRanges;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.store.ledger.feed.SourceContinuity;
import uk.fpw.warehouse.store.ledger.feed.SourceContinuity.Range;
import uk.fpw.warehouse.store.load.LastReconcile;
import uk.fpw.warehouse.store.load.current.CurrentRows;
import uk.fpw.warehouse.store.load.key.RowPlaces;

/**
 * Checks whether a source of changes still has the current rows below those that the load has read, by comparing number
 * of rows, lowest and highest cursor in ranges of the cursor. If a range differs, all others are compared as well,
 * since a row missing from one may be in another. The rows of all differing ranges are then read, added to the extract
 * and compared by key. Two changes that cancel out within a range are not found.
 */
@SuppressWarnings({"rawtypes", "unchecked"})
public final class RangeComparison implements AutoCloseable {

    private static final int SHOWN = 3;

    private final LoadContext load;
    private final FullExtract before;
    private final CurrentRows all;
    private FullExtract extract;
    private KnownRows known;
    private @Nullable List<Range> ranges;
    private @Nullable String compared;
    private @Nullable String note;

    private RangeComparison(LoadContext load, FullExtract extract) {
        this.load = load;
        this.before = extract;
        this.extract = extract;
        this.all = extract.prepared().current().rows();
        this.known = KnownRows.read(load, extract, all, new RowPlaces(), Set.of());
    }

    /** Compares ranges and reads those that differ. The session with the source is no longer needed afterwards. */
    public static RangeComparison of(LoadContext load, FullExtract extract) {
        RangeComparison comparison = new RangeComparison(load, extract);
        try {
            SourceRanges source = load.source().ranges();
            if (source != null && extract.cursor() != null) {
                comparison.compare(source, extract.cursor());
            }
            return comparison;
        } catch (RuntimeException failed) {
            comparison.close();
            throw failed;
        }
    }

    private void compare(SourceRanges source, CursorReading cursor) {
        String column = cursor.column();
        List<Range> stored = load.ledger().sourceContinuity().ranges(load.feed().name(), column);
        RowPlaces read = known.placesIn(extract.rows());
        CurrentRanges current = CurrentRanges.of(all, column, source, read::contains, starts(source, stored));
        List<Comparable> from = current.from();
        BitSet every = new BitSet();
        every.set(0, from.size() + 1);
        List<Range> last = last(source, stored, from);
        BitSet chosen = cursor.comparesEveryRange()
                ? every
                : RangeChoice.choose(
                        last.stream().map(Range::comparedOn).collect(Collectors.toCollection(ArrayList::new)),
                        current.tallies().stream().map(RangeTally::count).toList(),
                        cursor.comparedRows(),
                        load.businessDate());
        RowParser parser = new RowParser(
                load.feed(), load.pseudonymiser(), load.feed().columns().size());
        List<RangeTally> found = source.tally(from, chosen, parser::isDeletedBy);
        BitSet differing = found == null ? new BitSet() : differing(chosen, found, current, last);
        if (found != null && (!differing.isEmpty() || current.tail() > 0)) {
            BitSet others = (BitSet) every.clone();
            others.andNot(chosen);
            List<RangeTally> rest = source.tally(from, others, parser::isDeletedBy);
            found = rest == null ? null : merged(found, rest, others);
            chosen = every;
            differing = found == null ? new BitSet() : differing(every, found, current, last);
        }
        if (found == null) {
            note = "the ranges of " + column + " could not be compared with "
                    + load.source().what()
                    + ", since the database did not respond within timeout_seconds of the connection: an index on "
                    + "the column helps, or a lower cursor.compared_rows in "
                    + load.source().definition();
            return;
        }
        ranges = after(chosen, differing, found, current, last);
        if (!differing.isEmpty() || current.tail() > 0) {
            compareRows(source, cursor, current, differing);
        }
        cursor.checkCounter(more(differing, found, current.tallies()) > extract.keptOut() - before.keptOut());
    }

    /** Number of rows in the source that are not known, including those that are kept out. */
    private static long more(BitSet ranges, List<RangeTally> found, List<RangeTally> known) {
        return ranges.stream()
                .mapToLong(range -> found.get(range).count() - known.get(range).count())
                .filter(more -> more > 0)
                .sum();
    }

    /**
     * Reads the rows of the differing ranges. If rows are missing at the end of the cursor, a restored source may have
     * reused their numbers; in that case the newest ranges are read too, back to one that has lost no rows. Rows with a
     * refused version do not count as missing, because their position in the source differs from that in current.
     */
    private void compareRows(SourceRanges source, CursorReading cursor, CurrentRanges current, BitSet differing) {
        Set<String> setAside =
                load.ledger().sourceContinuity().refusedKeys(load.feed().name());
        BitSet wanted = (BitSet) differing.clone();
        BitSet read = new BitSet();
        int count = current.from().size() + 1;
        int newest = count;
        boolean areRowsGone = current.tail() > 0;
        do {
            int lower = areRowsGone ? Math.max(0, newest - (count - newest + 1)) : newest;
            wanted.set(lower, newest);
            BitSet more = (BitSet) wanted.clone();
            more.andNot(read);
            if (!more.isEmpty()) {
                extract = extract.with(load, source.open(current.from(), more));
                read.or(more);
            }
            if (!source.isOneState()) {
                setAside.addAll(keysFrom(cursor.highest()));
            }
            known.close();
            known = KnownRows.read(load, extract, all, current.places(wanted), setAside);
            areRowsGone = lower < newest && current.hasOthers(lower, newest, known.placesIn(extract.rows()));
            newest = lower;
        } while (areRowsGone && newest > 0);
        compared = Stream.of(
                        wanted.isEmpty()
                                ? null
                                : wanted.cardinality() + " of " + count + " ranges of " + cursor.column() + " ("
                                        + shown(current.from(), wanted) + ")",
                        current.tail() == 0
                                ? null
                                : "everything from " + cursor.column() + " " + source.start() + " on")
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" and "));
    }

    /**
     * Keys of rows that may have changed after the load had read their previous position, if each statement sees
     * another state of the database.
     */
    private Set<String> keysFrom(@Nullable String highest) {
        Set<String> keys = new HashSet<>();
        if (highest == null) {
            return keys;
        }
        try (SourceRows rows = load.source().openFrom(highest)) {
            RowParser parser = new RowParser(load.feed(), load.pseudonymiser(), rows);
            for (SourceRow row = rows.next(); row != null; row = rows.next()) {
                String key = parser.key(row);
                if (key != null) {
                    keys.add(key);
                }
            }
        }
        return keys;
    }

    private static String shown(List<Comparable> from, BitSet differing) {
        String names = differing.stream()
                .limit(SHOWN)
                .mapToObj(range -> range == 0 ? "the first" : "from " + from.get(range - 1))
                .collect(Collectors.joining(", "));
        int more = differing.cardinality() - SHOWN;
        return more > 0 ? names + " and " + more + " more" : names;
    }

    private static List<Comparable> starts(SourceRanges source, List<Range> stored) {
        return stored.stream()
                .map(Range::from)
                .flatMap(Stream::ofNullable)
                .map(source::parse)
                .flatMap(Stream::ofNullable)
                .toList();
    }

    /**
     * What earlier loads recorded of each range. A new range takes the oldest comparison of the ranges whose rows it
     * contains.
     */
    private static List<Range> last(SourceRanges source, List<Range> stored, List<Comparable> from) {
        List<Range> last = new ArrayList<>();
        List<Comparable> starts = starts(source, stored);
        for (int range = 0; range <= from.size() && starts.size() == stored.size() - 1; range++) {
            Comparable start = range == 0 ? null : from.get(range - 1);
            Comparable end = range == from.size() ? null : from.get(range);
            int first = start == null ? 0 : RangeTally.rangeOf(starts, start);
            LocalDate oldest = stored.get(first).comparedOn();
            for (int other = first + 1; other < stored.size(); other++) {
                if (end != null && starts.get(other - 1).compareTo(end) >= 0) {
                    break;
                }
                LocalDate on = stored.get(other).comparedOn();
                oldest = oldest == null || on == null ? null : on.isBefore(oldest) ? on : oldest;
            }
            String name = start == null ? null : start.toString();
            boolean isSame = Objects.equals(name, stored.get(first).from());
            last.add(new Range(
                    name,
                    oldest,
                    isSame ? stored.get(first).known() : null,
                    isSame ? stored.get(first).source() : null));
        }
        for (int range = last.size(); range <= from.size(); range++) {
            last.add(new Range(range == 0 ? null : from.get(range - 1).toString(), null, null, null));
        }
        return last;
    }

    private static List<RangeTally> merged(List<RangeTally> chosen, List<RangeTally> rest, BitSet others) {
        List<RangeTally> merged = new ArrayList<>(chosen);
        others.stream().forEach(range -> merged.set(range, rest.get(range)));
        return merged;
    }

    private static BitSet differing(BitSet chosen, List<RangeTally> found, CurrentRanges current, List<Range> last) {
        BitSet differing = new BitSet();
        chosen.stream()
                .filter(range -> !isAsBefore(
                        current.tallies().get(range).tally(), found.get(range).tally(), last.get(range)))
                .forEach(differing::set);
        return differing;
    }

    /** Whether current and source are equal, or differ in the same way as when their rows were compared by key. */
    private static boolean isAsBefore(SourceContinuity.Tally current, SourceContinuity.Tally source, Range last) {
        SourceContinuity.Tally known = last.known();
        SourceContinuity.Tally then = last.source();
        if (known == null || then == null || current.equals(source)) {
            return current.equals(source);
        }
        return source.count() - current.count() == then.count() - known.count()
                && isAsBefore(current.lowest(), source.lowest(), known.lowest(), then.lowest())
                && isAsBefore(current.highest(), source.highest(), known.highest(), then.highest());
    }

    private static boolean isAsBefore(
            @Nullable String current, @Nullable String source, @Nullable String known, @Nullable String then) {
        return Objects.equals(current, source) || (Objects.equals(current, known) && Objects.equals(source, then));
    }

    private List<Range> after(
            BitSet chosen, BitSet differing, List<RangeTally> found, CurrentRanges current, List<Range> last) {
        List<Range> after = new ArrayList<>();
        for (int range = 0; range < last.size(); range++) {
            Range then = last.get(range);
            SourceContinuity.Tally now = current.tallies().get(range).tally();
            SourceContinuity.Tally source = found.get(range).tally();
            if (!chosen.get(range)) {
                after.add(then);
            } else if (differing.get(range)) {
                after.add(new Range(then.from(), load.businessDate(), now, source));
            } else {
                boolean isEqual = now.equals(source);
                after.add(new Range(
                        then.from(),
                        load.businessDate(),
                        isEqual ? null : then.known(),
                        isEqual ? null : then.source()));
            }
        }
        return after;
    }

    /** The extract, including rows of differing ranges. */
    public FullExtract extract() {
        return extract;
    }

    /** The current rows relevant to it. */
    KnownRows known() {
        return known;
    }

    /** Note for the operator; null if there is none. */
    @Nullable
    String note(LastReconcile.Found missed) {
        return compared == null || missed.added() + missed.changed() + missed.deleted() == 0
                ? note
                : load.source().what() + " differed from what was loaded of it; compared by key: " + compared
                        + "; not shown by the cursor: " + Plural.of(missed.added(), "row") + " added, "
                        + missed.changed() + " changed, " + missed.deleted() + " deleted";
    }

    /** Records in {@code ops} what was compared, after the load is complete. */
    public void record() {
        SourceContinuity continuity = load.ledger().sourceContinuity();
        String feed = load.feed().name();
        CursorReading cursor = before.cursor();
        if (cursor == null) {
            return;
        }
        if (cursor.identity() != null) {
            continuity.note(feed, load.businessDate(), cursor.identity());
        }
        if (ranges != null) {
            continuity.note(feed, cursor.column(), ranges);
        } else if (before.prepared().plan().comparesAll()) {
            continuity.comparedAll(feed, load.businessDate());
        }
    }

    @Override
    public void close() {
        known.close();
    }
}
