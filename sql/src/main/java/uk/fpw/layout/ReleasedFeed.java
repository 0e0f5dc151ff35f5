package uk.fpw.layout;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How far a feed was known when a release was created.
 *
 * @param completeTo date of the latest loaded file or of the loaded state of the source
 * @param dueTo date up to which it had to be delivered: the business date unless its schedule has other dates;
 *     {@code completeTo} if nothing was due
 * @param delivery what was delivered for the business date; null in releases of versions that did not record it
 * @param heldCount rows missing from the latest full extract but not deleted, because some keys of the extract could
 *     not be read and may have been theirs
 */
public record ReleasedFeed(
        String name,
        LocalDate completeTo,
        LocalDate dueTo,
        @Nullable DeliveryState delivery,
        long heldCount) {

    public ReleasedFeed {
        requireNonNull(name, "feeds: a name is missing");
        requireNonNull(completeTo, () -> "complete_to of feed " + name + ": missing");
        requireNonNull(dueTo, () -> "due_to of feed " + name + ": missing");
    }

    /** Whether the feed is behind its delivery schedule. */
    public boolean isMissing() {
        return completeTo.isBefore(dueTo);
    }

    /** Whether the feed is not missing although it has no data of the business date. */
    public boolean isOlder(LocalDate businessDate) {
        return !isMissing() && completeTo.isBefore(businessDate);
    }

    /** Why the feed is {@linkplain #isOlder older}, if it is. Releases that did not record it get "nothing was due". */
    public DeliveryState why() {
        return requireNonNullElse(delivery, DeliveryState.NOT_DUE);
    }

    /** The feed and its date, such as {@code exhibits (complete to 2015-12-30)}. */
    public String describe() {
        return name + " (complete to " + completeTo + ")";
    }

    /**
     * Why feeds are {@linkplain #isOlder older}, such as
     * {@code no later delivery was due for audits (complete to 2015-12-28)}: one text per reason.
     */
    public static List<String> describeOlder(Collection<ReleasedFeed> older) {
        Map<DeliveryState, String> names = older.stream()
                .collect(Collectors.groupingBy(
                        ReleasedFeed::why,
                        TreeMap::new,
                        Collectors.mapping(ReleasedFeed::describe, Collectors.joining(", "))));
        return names.entrySet().stream()
                .map(state -> state.getKey().words() + " " + state.getValue())
                .toList();
    }
}
