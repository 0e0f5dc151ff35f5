package uk.fpw.warehouse.force.staging;

import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where the value of an attribute at the time an item entered a queue comes from.
 *
 * @param of column of the source, such as {@code exhibits.priority}; null for {@link From#EVENT}
 * @param datedBy column of the same feed with the day from which a value is valid; null to use the business date of the
 *     load
 * @param lagDays maximum number of days after entry for the first known value to count; null for the default
 * @param maxChangedShare for {@link From#FIXED}, maximum share of items whose value has ever changed; null for the
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

    /** The origin of a value at entry. */
    public enum From {
        /** The source never changes it except for corrections: use the loaded value. */
        FIXED,
        /** It is in the row of the entering event. */
        EVENT,
        /** The source changes it: use the version that was valid on the day of entry. */
        CHANGES;

        /** Name in definition files. */
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

    /** Feed of the column; must not be called for {@link From#EVENT}. */
    public String feed() {
        return place()[0];
    }

    /** Column name; must not be called for {@link From#EVENT}. */
    public String column() {
        return place()[1];
    }

    private String[] place() {
        return Objects.requireNonNull(of, "an event has no column").split("[.]", 2);
    }

    /** Maximum number of days after entry for the first known value to count. */
    public int lag() {
        return lagDays == null ? DEFAULT_LAG_DAYS : lagDays;
    }

    /** Maximum share of items whose value has ever changed. */
    public double changedShare() {
        return maxChangedShare == null ? DEFAULT_CHANGED_SHARE : maxChangedShare;
    }

    /**
     * The declaration as text, such as {@code exhibits.priority by load within 3 days}. Values found under another
     * declaration are discarded.
     */
    public String basis() {
        return from == From.CHANGES
                ? of + " by " + (datedBy == null ? "load" : datedBy) + " within " + lag() + " days"
                : from.word();
    }
}
