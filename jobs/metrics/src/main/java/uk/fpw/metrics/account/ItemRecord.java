package uk.fpw.metrics.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.capacity.StaffRow;
import uk.fpw.metrics.entry.EntryValues;
import uk.fpw.metrics.grading.GradedRow;
import uk.fpw.metrics.lifecycle.ItemEvent;

/** All rows of a run about one item. Feeds, rules and queries are given by position, see {@link ForceIndex}. */
public final class ItemRecord {

    private final @Nullable String item;
    private final List<FeedRow> rows = new ArrayList<>();
    private final List<Break> breaks = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final List<GradedRow> judgements = new ArrayList<>();
    private final List<StaffRow> staff = new ArrayList<>();
    private final List<EntryValues.Version> versions = new ArrayList<>();
    private final List<Map.Entry<EntryValues.Entry, EntryValues.Kept>> kept = new ArrayList<>();

    /**
     * A current row of a feed.
     *
     * @param isOutcomeUnreadable whether a value could not be read that says how or when items leave
     */
    public record FeedRow(int feed, String key, boolean isOutcomeUnreadable) {

        /** A row whose outcome values were all readable. */
        public FeedRow(int feed, String key) {
            this(feed, key, false);
        }
    }

    /** A row breaks a rule that excludes it; the reason contains nothing personal. */
    public record Break(int rule, String key, String reason) {}

    /** A valid row of a staging query. */
    public record Event(int staging, ItemEvent event) {}

    /** An unusable row of a staging query. */
    public record Fault(int staging, Problem problem) {}

    /** Why a row of a staging query is unusable; if several apply, the first in this order. */
    public enum Problem {
        UNDECLARED_EVENT,
        MISSING_DATE
    }

    /** @param item {@code source:key}; null for rows that name no item */
    public ItemRecord(@Nullable String item) {
        this.item = item;
    }

    /** {@code source:key}; null for rows that name no item. */
    public @Nullable String item() {
        return item;
    }

    /** {@code source:key}; fails for rows that name no item. */
    public String requireItem() {
        return Objects.requireNonNull(item);
    }

    public List<FeedRow> rows() {
        return rows;
    }

    /** Rules that exclude its rows. */
    public List<Break> breaks() {
        return breaks;
    }

    /** Valid rows of staging queries. */
    public List<Event> events() {
        return events;
    }

    /** Unusable rows of staging queries. */
    public List<Fault> faults() {
        return faults;
    }

    /** Rows of grading queries. */
    public List<GradedRow> judgements() {
        return judgements;
    }

    /** Rows of staffing queries. */
    public List<StaffRow> staff() {
        return staff;
    }

    /** Versions of attributes whose value at entry is looked up. */
    public List<EntryValues.Version> versions() {
        return versions;
    }

    /** Values at entry that releases have shown. */
    public List<Map.Entry<EntryValues.Entry, EntryValues.Kept>> kept() {
        return kept;
    }
}
