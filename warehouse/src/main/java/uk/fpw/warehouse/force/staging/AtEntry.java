package uk.fpw.warehouse.force.staging;

import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where the value comes from that an attribute had when an item entered a queue.
 *
 * @param of the column of the source, such as {@code exhibits.priority}; null for {@link From#EVENT}
 * @param datedBy column of the same feed with the day from which a value is valid; null if a version is dated by the
 *     business date of its load
 * @param lagDays days after the entry within which the first known value still counts; null for the default
 * @param maxChangedShare for {@link From#FIXED} the share of items whose value may ever have changed; null for the
 *     default
 */
public record AtEntry(
        String attribute,
        From from,
        @Nullable String of,
        @Nullable String datedBy,
        @Nullable Integer lagDays,
        @Nullable Double maxChangedShare) {

    private static final int DEFAULT_LAG_DAYS = 3;
    private static final double DEFAULT_CHANGED_SHARE = 0.05;

    /** Where from. */
    public enum From {
        /** It is never changed but to correct it: the value that is loaded. */
        FIXED,
        /** The row of the entering event carries it. */
        EVENT,
        /** The source changes it: the version that was valid on the day of entry. */
        CHANGES;

        /** As it is written in a file. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Feeds whose versions are looked up, by name. */
    public static SortedSet<String> versionedFeeds(Collection<StagingQuery> stagings) {
        return stagings.stream()
                .flatMap(staging -> staging.atEntry().stream())
                .filter(attribute -> attribute.from() == From.CHANGES)
                .map(AtEntry::feed)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Feed of the column; not for {@link From#EVENT}. */
    public String feed() {
        return place()[0];
    }

    /** The column itself; not for {@link From#EVENT}. */
    public String column() {
        return place()[1];
    }

    private String[] place() {
        return Objects.requireNonNull(of, "an event has no column").split("[.]", 2);
    }

    /** Days after the entry within which the first known value still counts. */
    public int lag() {
        return lagDays == null ? DEFAULT_LAG_DAYS : lagDays;
    }

    /** Share of items whose value may ever have changed. */
    public double changedShare() {
        return maxChangedShare == null ? DEFAULT_CHANGED_SHARE : maxChangedShare;
    }

    /**
     * The declaration in one text, such as {@code exhibits.priority by load within 3 days}: values that were found by
     * another one do not stay.
     */
    public String basis() {
        return from == From.CHANGES
                ? of + " by " + (datedBy == null ? "load" : datedBy) + " within " + lag() + " days"
                : from.word();
    }
}
