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

/**
 * All rows of a run about one item. Feeds, rules, staging, grading and staffing queries are given by their positions
 * among the force's.
 */
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
     * @param isOutcomeUnreadable whether a value that says how or when items leave could not be read
     */
    public record FeedRow(int feed, String key, boolean isOutcomeUnreadable) {

        /** A row all of whose outcomes could be read. */
        public FeedRow(int feed, String key) {
            this(feed, key, false);
        }
    }

    /** A row that breaks a rule which excludes it; the reason holds nothing personal. */
    public record Break(int rule, String key, String reason) {}

    /** A valid row of a staging query. */
    public record Event(int staging, ItemEvent event) {}

    /** A row of a staging query that cannot be used. */
    public record Fault(int staging, Problem problem) {}

    /** Why a row of a staging query cannot be used. In this order, where a row has several. */
    public enum Problem {
        UNDECLARED_EVENT,
        MISSING_DATE
    }

    /**
     * Nothing is said of it yet.
     *
     * @param item {@code source:key}; null for the rows that name no item
     */
    public ItemRecord(@Nullable String item) {
        this.item = item;
    }

    /** {@code source:key}; null for the rows that name no item. */
    public @Nullable String item() {
        return item;
    }

    /** The same for what must name an item. */
    public String requireItem() {
        return Objects.requireNonNull(item);
    }

    /** Current rows of the feeds. */
    public List<FeedRow> rows() {
        return rows;
    }

    /** Rules that its rows break. */
    public List<Break> breaks() {
        return breaks;
    }

    /** What the staging queries say of it. */
    public List<Event> events() {
        return events;
    }

    /** Their values that cannot be used. */
    public List<Fault> faults() {
        return faults;
    }

    /** What the grading queries say of it. */
    public List<GradedRow> judgements() {
        return judgements;
    }

    /** What the staffing queries say of it. */
    public List<StaffRow> staff() {
        return staff;
    }

    /** What the source had, of attributes whose values at entry are looked up. */
    public List<EntryValues.Version> versions() {
        return versions;
    }

    /** The values at entry that releases had. */
    public List<Map.Entry<EntryValues.Entry, EntryValues.Kept>> kept() {
        return kept;
    }
}
