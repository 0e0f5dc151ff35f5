package uk.fpw.warehouse.force;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.feed.Delivery;
import uk.fpw.warehouse.force.feed.Feed;

/**
 * How far each feed is known: the latest business date, up to the night's, of a complete load. A later load takes in
 * what a missed one would have brought, so that there is never a gap before that date.
 *
 * @param businessDate date of the night
 * @param completeTo by feed; a feed that was never loaded is not in it
 */
public record Coverage(LocalDate businessDate, Map<String, LocalDate> completeTo) {

    /** Before any day that a figure speaks of: what rests on a feed that was never loaded is known up to here. */
    private static final LocalDate NEVER = LocalDate.of(1, 1, 1);

    /** Sorts the feeds. Refuses a date after the night's. */
    public Coverage {
        completeTo = Map.copyOf(completeTo);
        for (Map.Entry<String, LocalDate> feed : completeTo.entrySet()) {
            if (feed.getValue().isAfter(businessDate)) {
                throw new IllegalArgumentException("feed " + feed.getKey() + " is complete to " + feed.getValue()
                        + ", which is after the business date " + businessDate);
            }
        }
    }

    /** Every feed of the force complete up to the business date. */
    public static Coverage whole(Force force, LocalDate businessDate) {
        return new Coverage(
                businessDate, force.feeds().stream().collect(Collectors.toMap(Feed::name, feed -> businessDate)));
    }

    /**
     * Last day that is known of what rests on all of these feeds; the business date if that is all that is asked of
     * them.
     */
    public LocalDate asAt(Collection<String> feeds) {
        return feeds.stream()
                .map(feed -> completeTo.getOrDefault(feed, NEVER))
                .min(LocalDate::compareTo)
                .orElse(businessDate);
    }

    /**
     * Why what rests on these feeds is not known up to the business date, naming the feeds that lack, when they are
     * delivered and since when they lack; null if it is.
     */
    public @Nullable String reason(Force force, Collection<String> feeds) {
        Map<LocalDate, TreeSet<String>> lacking = new TreeMap<>();
        for (String feed : feeds) {
            LocalDate known = completeTo.getOrDefault(feed, NEVER);
            if (known.isBefore(businessDate)) {
                Delivery delivery = force.feed(feed).delivery();
                lacking.computeIfAbsent(known, date -> new TreeSet<>())
                        .add(delivery == null ? feed : feed + " (" + delivery.inWords() + ")");
            }
        }
        return lacking.isEmpty()
                ? null
                : lacking.entrySet().stream()
                        .map(entry -> (entry.getValue().size() == 1 ? "feed " : "feeds ")
                                + String.join(", ", entry.getValue())
                                + (entry.getKey().equals(NEVER)
                                        ? " never loaded"
                                        : " last loaded completely for " + entry.getKey()))
                        .collect(Collectors.joining("; "));
    }
}
