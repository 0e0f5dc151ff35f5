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
 * @param completeTo date of the latest file, or state of the source, that was loaded
 * @param dueTo date up to which it had to be delivered: the business date, unless its files are of other dates;
 *     {@code completeTo} if nothing was due
 * @param delivery what was delivered for the business date; null in a release that is older than the record of it
 * @param heldCount rows that the latest full extract did not have and that were not deleted, since their keys may be
 *     among those that could not be read
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

    /** Whether it is behind its delivery schedule. */
    public boolean isMissing() {
        return completeTo.isBefore(dueTo);
    }

    /** Whether it is not missing, although nothing of the business date is known of it. */
    public boolean isOlder(LocalDate businessDate) {
        return !isMissing() && completeTo.isBefore(businessDate);
    }

    /** Why it is {@linkplain #isOlder older}, if it is; of releases without that record, that nothing was due. */
    public DeliveryState why() {
        return requireNonNullElse(delivery, DeliveryState.NOT_DUE);
    }

    /** The feed in words, such as {@code exhibits (complete to 2015-12-30)}. */
    public String describe() {
        return name + " (complete to " + completeTo + ")";
    }

    /**
     * Why {@linkplain #isOlder older} feeds are, such as {@code no later delivery was due for audits (complete to
     * 2015-12-28)}: one text for each reason.
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
