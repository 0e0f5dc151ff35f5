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
 * Counts, by kind, the items that a rule or an undated event excludes from every figure. Rules apply to rows, and
 * rows have no kind: an excluded item counts for every kind that the other items of its feeds have, or, if all items
 * of a feed are excluded, for every kind that staging queries return from the feed. Excluded items have no events, so
 * items with events are the others. Additive over items.
 */
public final class ExcludedItems implements Serializable {

    /** Kinds of the items with events, by feed. */
    private final Map<Integer, Set<String>> kindsOfFeeds = new TreeMap<>();

    /** Feeds with an item without any event. A feed that is only used for lookups never contributes events. */
    private final Set<Integer> withoutEvents = new TreeSet<>();

    private final Map<Item, Long> items = new HashMap<>();

    /**
     * An excluded item.
     *
     * @param feeds feeds of its rows, if a rule excludes it
     * @param kinds its kinds according to faulty rows of staging queries
     */
    private record Item(Set<Integer> feeds, Set<String> kinds) implements Serializable {}

    /** Adds an item with events of these kinds. */
    public void hasEvents(ItemRecord record, Set<String> kinds) {
        record.rows().forEach(row -> kindsOfFeeds
                .computeIfAbsent(row.feed(), any -> new TreeSet<>())
                .addAll(kinds));
    }

    /** Adds an excluded row. */
    public void excluded(Exclusion exclusion) {
        if (exclusion.code().equals(Exclusions.NO_EVENT)) {
            withoutEvents.add(exclusion.row().feed());
        }
    }

    /**
     * Adds an item that a rule or a faulty row may exclude.
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

    /** Adds the counts of other items. */
    public void add(ExcludedItems other) {
        other.kindsOfFeeds.forEach((feed, kinds) ->
                kindsOfFeeds.computeIfAbsent(feed, any -> new TreeSet<>()).addAll(kinds));
        withoutEvents.addAll(other.withoutEvents);
        other.items.forEach((item, count) -> items.merge(item, count, Long::sum));
    }

    /**
     * Excluded items by kind, once all items have been added. An item that may be of several kinds is counted for
     * each.
     */
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
