package uk.fpw.warehouse.store.limit;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A limit that a person may accept to be exceeded on one business date. */
public enum AcceptableLimit {
    /** Rows of a feed deleted in one load. */
    DELETED("deleted", true),
    /** Known rows of a feed changed in one load. */
    CHANGED("changed", true),
    /** Values of one column of a feed lost in one load. */
    EMPTIED("emptied", true),
    /** Rows of a feed deleted in 28 days. */
    DELETED_28_DAYS("deleted_28_days", true),
    /** Values of one column of a feed lost in 28 days. */
    EMPTIED_28_DAYS("emptied_28_days", true),
    /** Rows without a key that went missing in 28 days while as many new ones appeared. */
    REPLACED_28_DAYS("replaced_28_days", true),
    /** Rows of a feed with an empty key. */
    EMPTY_KEYS("empty_keys", true),
    /** A cursor below the known watermark. */
    CURSOR("cursor", true),
    /** Spells of the current release that are missing or different in the candidate. */
    SPELLS("spells", false),
    /** Change of a queue's total on the last day known to both releases. */
    TOTAL("total", false),
    /** Open items of a queue that leave in one load for the same reason. */
    CLOSURES("closures", false),
    /** Items that a queue excludes or counts without an age. */
    LEFT_OUT("left_out", false);

    private final String text;
    private final boolean isOfFeed;

    AcceptableLimit(String text, boolean isOfFeed) {
        this.text = text;
        this.isOfFeed = isOfFeed;
    }

    /** Name on the command line and in {@code ops}. */
    public String text() {
        return text;
    }

    /** Code of a finding beyond it, in messages and in {@code ops.quality_result}. */
    public String code() {
        return this == LEFT_OUT ? "FEW_ITEMS_LEFT_OUT" : name();
    }

    /** Whether it is a limit of feeds rather than queues. */
    public boolean isOfFeed() {
        return isOfFeed;
    }

    /** The limit with that name; null if there is none. */
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

    /** Codes of findings beyond the limits of queues. */
    public static List<String> codesOfQueues() {
        return Arrays.stream(values())
                .filter(limit -> !limit.isOfFeed)
                .map(AcceptableLimit::code)
                .toList();
    }

    @Override
    public String toString() {
        return text;
    }

    /** The names of limits as a comma-separated text. */
    public static String texts(Set<AcceptableLimit> limits) {
        return limits.stream().map(AcceptableLimit::text).sorted().collect(Collectors.joining(","));
    }

    /** Parses such a text; names unknown to this version are left out. */
    public static Set<AcceptableLimit> parse(String texts) {
        List<String> names = List.of(texts.split(",", -1));
        return Arrays.stream(values())
                .filter(limit -> names.contains(limit.text()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(AcceptableLimit.class)));
    }
}
