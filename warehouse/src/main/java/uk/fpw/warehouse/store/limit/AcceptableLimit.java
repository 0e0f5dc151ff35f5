package uk.fpw.warehouse.store.limit;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A limit that a person can accept to be passed on one business date. */
public enum AcceptableLimit {
    /** Rows of a feed deleted in one load. */
    DELETED("deleted", true),
    /** Rows of a feed that were known before and changed in one load. */
    CHANGED("changed", true),
    /** Values of one column of a feed lost in one load. */
    EMPTIED("emptied", true),
    /** Rows of a feed deleted in 28 days. */
    DELETED_28_DAYS("deleted_28_days", true),
    /** Values of one column of a feed lost in 28 days. */
    EMPTIED_28_DAYS("emptied_28_days", true),
    /** Rows without a key of their own that were missing in 28 days, with as many new ones in their place. */
    REPLACED_28_DAYS("replaced_28_days", true),
    /** Rows of a feed without a key. */
    EMPTY_KEYS("empty_keys", true),
    /** A cursor that fell behind what is known. */
    CURSOR("cursor", true),
    /** Spells of a queue that the current release has and a candidate has not, or has otherwise. */
    SPELLS("spells", false),
    /** Step of a queue's total on the last day that two releases have in common. */
    TOTAL("total", false),
    /** Open items of a queue that all leave in one load. */
    CLOSURES("closures", false),
    /** Items that a queue excludes, or counts without an age. */
    LEFT_OUT("left_out", false);

    private final String text;
    private final boolean isOfFeed;

    AcceptableLimit(String text, boolean isOfFeed) {
        this.text = text;
        this.isOfFeed = isOfFeed;
    }

    /** Its name on the command line and in {@code ops}. */
    public String text() {
        return text;
    }

    /** Whether it is a limit of feeds; otherwise it is one of queues. */
    public boolean isOfFeed() {
        return isOfFeed;
    }

    /** The limit of that name; null if there is none. */
    public static @Nullable AcceptableLimit find(String text) {
        return Arrays.stream(values())
                .filter(limit -> limit.text.equals(text))
                .findFirst()
                .orElse(null);
    }

    /** Names of the limits of feeds, or of queues. */
    public static List<String> names(boolean ofFeeds) {
        return Arrays.stream(values())
                .filter(limit -> limit.isOfFeed == ofFeeds)
                .map(AcceptableLimit::text)
                .toList();
    }

    @Override
    public String toString() {
        return text;
    }

    /** The names of limits as one text, divided by commas. */
    public static String texts(Set<AcceptableLimit> limits) {
        return limits.stream().map(AcceptableLimit::text).sorted().collect(Collectors.joining(","));
    }

    /** The limits that such a text names; a name that this version does not know is left out. */
    public static Set<AcceptableLimit> parse(String texts) {
        List<String> names = List.of(texts.split(",", -1));
        return Arrays.stream(values())
                .filter(limit -> names.contains(limit.text()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(AcceptableLimit.class)));
    }
}
