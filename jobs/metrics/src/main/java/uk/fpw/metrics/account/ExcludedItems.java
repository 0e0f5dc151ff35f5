package uk.fpw.metrics.account;

import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import uk.fpw.metrics.account.Exclusions.Exclusion;
import uk.fpw.metrics.account.ItemRecord.FeedRow;

/**
 * Items that a rule, or an event without a date, keeps out of every figure, by the kind of item that they would be. A
 * rule applies to a row, and a row has no kind: an excluded item counts for every kind of the other items of its
 * feeds; if all items of a feed are excluded, for the kinds that staging queries return from the feed. Items that
 * are excluded have no events, so that those that have some are the others. Additive over items.
 */
public final class ExcludedItems implements Serializable {

    /** By feed, the kinds of its items that have events. */
    private final Map<Integer, Set<String>> kindsOfFeeds = new TreeMap<>();

    /**
     * Feeds with an item without any event: a query that only uses a feed for lookups has no events
     * of its items.
     */
    private final Set<Integer> withoutEvents = new TreeSet<>();

    private final Map<Item, Long> items = new HashMap<>();

    /**
     * What is known of an excluded item.
     *
     * @param feeds feeds of its rows, where a rule excludes it
     * @param kinds kinds that faulty rows of staging queries say it is of
     */
    private record Item(Set<Integer> feeds, Set<String> kinds) implements Serializable {}

    /** An item that has events of these kinds. */
    public void hasEvents(ItemRecord record, Set<String> kinds) {
        record.rows().forEach(row -> kindsOfFeeds
                .computeIfAbsent(row.feed(), any -> new TreeSet<>())
                .addAll(kinds));
    }

    /** A row is excluded. */
    public void excluded(Exclusion exclusion) {
        if (exclusion.code().equals(Exclusions.NO_EVENT)) {
            withoutEvents.add(exclusion.row().feed());
        }
    }

    /**
     * An item that may be excluded so.
     *
     * @param isUsed whether figures depend on it
     */
    public void item(ForceIndex index, ItemRecord record, boolean isUsed) {
        Set<Integer> feeds = new TreeSet<>();
        if (!isUsed
                && record.breaks().stream()
                        .anyMatch(broken -> index.rules().get(broken.rule()).excludes())) {
            record.rows().stream().map(FeedRow::feed).forEach(feeds::add);
        }
        Set<String> kinds = new TreeSet<>();
        record.faults()
                .forEach(
                        fault -> kinds.add(index.stagings().get(fault.staging()).itemKind()));
        if (!feeds.isEmpty() || !kinds.isEmpty()) {
            items.merge(new Item(feeds, kinds), 1L, Long::sum);
        }
    }

    /** Adds what was counted of other items. */
    public void add(ExcludedItems other) {
        other.kindsOfFeeds.forEach((feed, kinds) ->
                kindsOfFeeds.computeIfAbsent(feed, any -> new TreeSet<>()).addAll(kinds));
        withoutEvents.addAll(other.withoutEvents);
        other.items.forEach((item, count) -> items.merge(item, count, Long::sum));
    }

    /** Excluded items by kind; one that may be of several is counted for each. All items must have been added. */
    public Map<String, Long> byKind(ForceIndex index) {
        Map<String, Long> counts = new TreeMap<>();
        items.forEach((item, count) -> {
            Set<String> kinds = new HashSet<>(item.kinds);
            item.feeds.forEach(feed -> kinds.addAll(kinds(index, feed)));
            kinds.forEach(kind -> counts.merge(kind, count, Long::sum));
        });
        return counts;
    }

    private Set<String> kinds(ForceIndex index, int feed) {
        Set<String> known = kindsOfFeeds.get(feed);
        if (known != null) {
            return known;
        }
        Set<String> made = new TreeSet<>();
        if (!withoutEvents.contains(feed)) {
            index.stagings().stream()
                    .filter(staging -> staging.feeds().contains(feed))
                    .map(ForceIndex.StagingEntry::itemKind)
                    .forEach(made::add);
        }
        return made;
    }
}
