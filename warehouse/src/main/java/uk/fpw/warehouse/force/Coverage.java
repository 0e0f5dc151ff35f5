package uk.fpw.warehouse.force;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.text.NameList;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.force.feed.Delivery;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.queue.ComparedWindow;
import uk.fpw.warehouse.force.queue.Queue;

/**
 * How far each feed has been loaded: the latest business date of a complete load, up to the date of the run. There is
 * never a gap before that date, since a later load includes what a missed one would have loaded. Also how long counts
 * take to settle because of late records, and from which day items of a feed are all there.
 *
 * @param businessDate date of the run
 * @param completeTo by feed, without feeds that were never loaded
 * @param settledAfterDays by queue, how many days its counts took to settle; without queues for which that is unknown
 * @param retainedFrom by feed, the day before which items that were closed may have been removed; without feeds of
 *     which none was
 * @param frozen by queue, which rows are copied because items of their periods have been removed; without queues of
 *     which none are
 */
public record Coverage(
        LocalDate businessDate,
        Map<String, LocalDate> completeTo,
        Map<String, Integer> settledAfterDays,
        Map<String, LocalDate> retainedFrom,
        Map<String, FrozenQueue> frozen) {

    /** Earlier than any day of a figure: a feed that was never loaded counts as known up to this day. */
    private static final LocalDate NEVER = LocalDate.of(1, 1, 1);

    private static final int MOST_NAMED = 3;

    /** Sorts the feeds. Rejects dates after that of the run. */
    public Coverage {
        completeTo = Map.copyOf(completeTo);
        settledAfterDays = Map.copyOf(settledAfterDays);
        retainedFrom = Map.copyOf(retainedFrom);
        frozen = Map.copyOf(frozen);
        for (Map.Entry<String, LocalDate> feed : completeTo.entrySet()) {
            if (feed.getValue().isAfter(businessDate)) {
                throw new IllegalArgumentException("feed " + feed.getKey() + " is complete to " + feed.getValue()
                        + ", which is after the business date " + businessDate);
            }
        }
    }

    /** Coverage when it is unknown how long counts take to settle. */
    public Coverage(LocalDate businessDate, Map<String, LocalDate> completeTo) {
        this(businessDate, completeTo, Map.of());
    }

    /** Coverage of feeds from which nothing was removed. */
    public Coverage(LocalDate businessDate, Map<String, LocalDate> completeTo, Map<String, Integer> settledAfterDays) {
        this(businessDate, completeTo, settledAfterDays, Map.of());
    }

    /** Coverage of which no rows are copied, or none yet. */
    public Coverage(
            LocalDate businessDate,
            Map<String, LocalDate> completeTo,
            Map<String, Integer> settledAfterDays,
            Map<String, LocalDate> retainedFrom) {
        this(businessDate, completeTo, settledAfterDays, retainedFrom, Map.of());
    }

    /** The same with rows that are copied, by queue. */
    public Coverage with(Map<String, FrozenQueue> frozenQueues) {
        return new Coverage(businessDate, completeTo, settledAfterDays, retainedFrom, frozenQueues);
    }

    /** Coverage with all feeds of the force complete up to the business date. */
    public static Coverage whole(Force force, LocalDate businessDate) {
        return new Coverage(
                businessDate, force.feeds().stream().collect(Collectors.toMap(Feed::name, feed -> businessDate)));
    }

    /** The last day up to which all of these feeds are known; at most the business date. */
    public LocalDate asAt(Collection<String> feeds) {
        return feeds.stream()
                .map(feed -> completeTo.getOrDefault(feed, NEVER))
                .min(LocalDate::compareTo)
                .orElse(businessDate);
    }

    /**
     * The day from which the items of all these feeds are there: items that were closed before it may have been
     * removed. Null if none was.
     */
    public @Nullable LocalDate retainedFrom(Collection<String> feeds) {
        return feeds.stream()
                .map(retainedFrom::get)
                .filter(Objects::nonNull)
                .max(LocalDate::compareTo)
                .orElse(null);
    }

    /**
     * Why these feeds are not known up to the business date: the missing feeds, their delivery schedules and since when
     * they are missing. Null if they are known. Names only the three feeds that have been missing longest, so that the
     * text fits into a column.
     */
    public @Nullable String reason(Force force, Collection<String> feeds) {
        Map<LocalDate, TreeSet<String>> byDate = new TreeMap<>();
        for (String feed : feeds) {
            LocalDate known = completeTo.getOrDefault(feed, NEVER);
            if (known.isBefore(businessDate)) {
                Delivery delivery = force.feed(feed).delivery();
                byDate.computeIfAbsent(known, date -> new TreeSet<>())
                        .add(delivery == null ? feed : feed + " (" + delivery.describe() + ")");
            }
        }
        if (byDate.isEmpty()) {
            return null;
        }
        List<String> parts = new ArrayList<>();
        int named = 0;
        int notNamed = 0;
        for (Map.Entry<LocalDate, TreeSet<String>> entry : byDate.entrySet()) {
            if (named >= MOST_NAMED) {
                notNamed += entry.getValue().size();
                continue;
            }
            parts.add(Plural.word(entry.getValue().size(), "feed") + " "
                    + NameList.first(MOST_NAMED - named, entry.getValue())
                    + (entry.getKey().equals(NEVER)
                            ? " never loaded"
                            : " last loaded completely for " + entry.getKey()));
            named += entry.getValue().size();
        }
        if (notNamed > 0) {
            parts.add(Plural.of(notNamed, "more feed") + " last loaded completely for later dates");
        }
        return String.join("; ", parts);
    }

    /**
     * Last day of the last month of a queue of which no day is provisional any more. Periods up to this day are
     * compared until the next month has settled.
     *
     * @param feeds the feeds behind the queue
     */
    public LocalDate settledTo(Queue queue, Collection<String> feeds) {
        return asAt(feeds)
                .minusDays(provisionalDays(queue))
                .plusDays(1)
                .withDayOfMonth(1)
                .minusDays(1);
    }

    /** The periods of a queue that are compared; none if its feeds were never loaded. */
    public List<ComparedWindow> comparedWindows(Queue queue, Collection<String> feeds) {
        return asAt(feeds).equals(NEVER) ? List.of() : ComparedWindow.endingOn(settledTo(queue, feeds));
    }

    /**
     * Number of most recent days whose figures are provisional: as declared by the queue, or as many as its counts have
     * taken to settle if that is more.
     */
    public int provisionalDays(Queue queue) {
        return Math.max(queue.provisionalDays(), settledAfterDays.getOrDefault(queue.name(), 0));
    }
}
