package uk.fpw.warehouse.force;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.text.NameList;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.force.feed.Delivery;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.queue.Queue;

/**
 * How far each feed is loaded: the latest business date of a complete load, up to the date of the run. A later load
 * includes what a missed one would have loaded, so there is never a gap before that date. And how long it takes until
 * what was loaded has become complete by late records.
 *
 * @param businessDate date of the run
 * @param completeTo by feed; a feed that was never loaded is not in it
 * @param settledAfterDays by queue, how many days its counts took to settle; a queue of which it is not known is not in
 *     it
 */
public record Coverage(
        LocalDate businessDate, Map<String, LocalDate> completeTo, Map<String, Integer> settledAfterDays) {

    /** Before any day of a figure: data of a feed that was never loaded is known up to this day. */
    private static final LocalDate NEVER = LocalDate.of(1, 1, 1);

    private static final int MOST_NAMED = 3;

    /** Sorts the feeds. Rejects a date after that of the run. */
    public Coverage {
        completeTo = Map.copyOf(completeTo);
        settledAfterDays = Map.copyOf(settledAfterDays);
        for (Map.Entry<String, LocalDate> feed : completeTo.entrySet()) {
            if (feed.getValue().isAfter(businessDate)) {
                throw new IllegalArgumentException("feed " + feed.getKey() + " is complete to " + feed.getValue()
                        + ", which is after the business date " + businessDate);
            }
        }
    }

    /** Where nothing is known of how long counts take to settle. */
    public Coverage(LocalDate businessDate, Map<String, LocalDate> completeTo) {
        this(businessDate, completeTo, Map.of());
    }

    /** Every feed of the force complete up to the business date. */
    public static Coverage whole(Force force, LocalDate businessDate) {
        return new Coverage(
                businessDate, force.feeds().stream().collect(Collectors.toMap(Feed::name, feed -> businessDate)));
    }

    /**
     * Last day up to which all of these feeds are known; at most the business
     * date.
     */
    public LocalDate asAt(Collection<String> feeds) {
        return feeds.stream()
                .map(feed -> completeTo.getOrDefault(feed, NEVER))
                .min(LocalDate::compareTo)
                .orElse(businessDate);
    }

    /**
     * Why these feeds are not known up to the business date, with the missing feeds, their delivery schedule
     * and since when they are missing; null if they are known. The three that are missing longest are named, so that
     * the text fits into a column however many there are.
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
     * The most recent days whose figures are provisional: as many as the queue declares, or as many as its counts have
     * taken to settle if these are more.
     */
    public int provisionalDays(Queue queue) {
        return Math.max(queue.provisionalDays(), settledAfterDays.getOrDefault(queue.name(), 0));
    }
}
