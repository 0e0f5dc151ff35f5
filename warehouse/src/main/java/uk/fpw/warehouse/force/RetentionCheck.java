package uk.fpw.warehouse.force;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.feed.RetentionPeriod;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionFiles;

/**
 * Checks that the rows of a feed with {@code retain} can be removed after their time without changing what stays: each
 * is all that is known of its item, and only figures of queues, whose past periods are kept, count it.
 */
record RetentionCheck(DefinitionFiles all) {

    private static final String RETAIN = "retain";

    /** Adds an error for each reason why rows could not be removed. */
    void check() {
        for (DefinitionFile feed : all.feeds()) {
            String name = feed.text("feed");
            RetentionPeriod period = RetentionPeriod.ofValid(feed.text(RETAIN));
            if (name != null && period != null) {
                check(feed, name, period);
            }
        }
    }

    private void check(DefinitionFile feed, String name, RetentionPeriod period) {
        if (period.months() < RetentionPeriod.FEWEST_MONTHS) {
            feed.error(
                    RETAIN,
                    "is less than 2 years: a period in which an item was counted, such as a financial year, could "
                            + "still be going on",
                    "give at least 2 years or 24 months");
        }
        oneRowOfEachItem(feed);
        Set<String> kinds = kinds(name);
        Set<String> joined = new TreeSet<>(Set.of(name));
        for (DefinitionFile staging : all.stagings()) {
            if (staging.set("feeds").contains(name)) {
                joined.addAll(staging.set("feeds"));
                others(feed, staging, name);
            }
        }
        for (DefinitionFile other : all.feeds()) {
            String otherName = other.text("feed");
            if (otherName != null && !joined.contains(otherName) && mayShareItems(feed, other, otherName, kinds)) {
                feed.error(
                        RETAIN,
                        "would leave half of an item: feed '" + otherName
                                + "' has the same source and may have rows of " + "the same items, which stay",
                        "remove it; rows of one item in several feeds cannot be removed together yet");
            }
        }
        figures(feed, name, kinds);
    }

    private static void oneRowOfEachItem(DefinitionFile feed) {
        List<String> key =
                feed.texts("key").stream().map(DefinitionFile.Entry::text).collect(Collectors.toList());
        String item = feed.text("item");
        if (item != null && !key.equals(List.of(item))) {
            feed.error(
                    RETAIN,
                    "needs one row for each item, so that an item goes whole, but its key is not the item column '"
                            + item + "' alone",
                    "remove it, or set key to [" + item + "] if the source has one row for each");
        }
        if (feed.has("order")) {
            feed.error(
                    RETAIN,
                    "is set, and so is order: of several versions of a row in one extract, one from before the item "
                            + "was closed would be loaded in place of the one that is kept out",
                    "remove one of them");
        }
    }

    private static void others(DefinitionFile feed, DefinitionFile staging, String name) {
        Set<String> others = new TreeSet<>(staging.set("feeds"));
        others.remove(name);
        if (!others.isEmpty()) {
            feed.error(
                    RETAIN,
                    "would change figures of rows that stay: " + staging.file() + " reads '" + name + "' together with "
                            + String.join(", ", others),
                    "remove it, or read the feed in a query of its own");
        }
    }

    /** Kinds of the items that staging makes of a feed. */
    private Set<String> kinds(String feed) {
        return all.stagings().stream()
                .filter(staging -> staging.set("feeds").contains(feed))
                .flatMap(staging -> Stream.ofNullable(staging.text("item_kind")))
                .collect(Collectors.toSet());
    }

    /** Items of one source with equal values are the same; other kinds of items have other values. */
    private boolean mayShareItems(DefinitionFile feed, DefinitionFile other, String otherName, Set<String> kinds) {
        String source = feed.text("source");
        if (source == null || !other.is("source", source)) {
            return false;
        }
        Set<String> otherKinds = kinds(otherName);
        String item = feed.text("item");
        return otherKinds.stream().anyMatch(kinds::contains)
                || ((otherKinds.isEmpty() || kinds.isEmpty()) && item != null && other.is("item", item));
    }

    /** Figures that no release keeps when their items are gone. */
    private void figures(DefinitionFile feed, String name, Set<String> kinds) {
        all.gradings().stream()
                .filter(grading -> grading.set("feeds").contains(name))
                .forEach(grading -> refuse(feed, grading, "its judgements"));
        all.background().staffings().stream()
                .filter(staffing -> staffing.set("feeds").contains(name))
                .forEach(staffing -> refuse(feed, staffing, "staff in post"));
        all.milestones().stream()
                .filter(cases -> isOf(cases.text("item_kind"), kinds)
                        || cases.set("linked_item_kinds").stream().anyMatch(kinds::contains))
                .forEach(cases -> refuse(feed, cases, "steps of open cases"));
        all.background().capacities().stream()
                .filter(capacity -> all.queues().stream()
                        .anyMatch(queue -> queue.text("queue") != null
                                && capacity.is("queue", String.valueOf(queue.text("queue")))
                                && isOf(queue.text("item_kind"), kinds)))
                .forEach(capacity -> refuse(feed, capacity, "work done"));
    }

    private static boolean isOf(@Nullable String kind, Set<String> kinds) {
        return kind != null && kinds.contains(kind);
    }

    private static void refuse(DefinitionFile feed, DefinitionFile reader, String what) {
        feed.error(
                RETAIN,
                "would change past figures: " + reader.file() + " counts its rows (" + what
                        + "), and only those of queues are kept when rows go",
                "remove it, or " + reader.file());
    }
}
