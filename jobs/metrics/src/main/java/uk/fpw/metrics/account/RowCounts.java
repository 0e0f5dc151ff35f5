package uk.fpw.metrics.account;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.account.Exclusions.Exclusion;
import uk.fpw.metrics.account.ItemRecord.Fault;
import uk.fpw.metrics.account.ItemRecord.FeedRow;
import uk.fpw.metrics.capacity.StaffRow;
import uk.fpw.metrics.capacity.StaffRules;
import uk.fpw.metrics.grading.GradedRow;
import uk.fpw.metrics.grading.JudgementRules;
import uk.fpw.metrics.lifecycle.SparkText;

/**
 * Row counts of some items; additive over items. Feeds, rules and queries are given by position, see
 * {@link ForceIndex}.
 */
public final class RowCounts implements Serializable {

    /**
     * At most this many undeclared events are listed: a query that passes on a column of the source may return any
     * number.
     */
    static final int MAX_UNDECLARED = 100;

    private final List<Feed> feeds = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    private final List<Query> stagings = new ArrayList<>();
    private final List<Query> gradings = new ArrayList<>();
    private final List<Query> staffings = new ArrayList<>();
    private final Map<UndeclaredEvent, Long> undeclared = new HashMap<>();

    /** Stands for all undeclared events of a query that are not listed. */
    static final String OTHERS = "\0";

    /**
     * An event that a staging query returns but does not declare: empty for a row without an event, {@link #OTHERS}
     * for the events beyond the list.
     */
    public record UndeclaredEvent(int staging, String event) implements Serializable {}

    /** The current rows of one feed, and where they went. */
    static final class Feed implements Serializable {

        long used;
        long ahead;
        Current stated = Current.NONE;

        /** Rows with a date after the business date, by position of the date column. */
        final Map<Integer, Long> laterDates = new TreeMap<>();

        final Map<String, Long> excluded = new TreeMap<>();
    }

    /**
     * Counts of the current rows of a feed that do not depend on its items.
     *
     * @param rows all
     * @param outOfScope of these, rows outside the scope of the feed
     * @param wereInScope of those, rows with an earlier version in scope
     * @param changed rows in which a column of the scope has changed since they were first loaded
     * @param leftScope rows that were in scope before the business date and no longer are
     */
    public record Current(long rows, long outOfScope, long wereInScope, long changed, long leftScope)
            implements Serializable {

        public static final Current NONE = new Current(0, 0, 0, 0, 0);
    }

    /** For one rule: the rows that break it, and the first of their reasons with shapes of values. */
    static final class Rule implements Serializable {

        long broken;

        @Nullable
        String example;

        void add(long rows, @Nullable String reason) {
            broken += rows;
            if (reason != null && (example == null || SparkText.ORDER.compare(reason, example) < 0)) {
                example = reason;
            }
        }
    }

    /**
     * For one query: rows without an item, items that no feed has, and unusable rows of a grading or staffing query
     * by problem.
     */
    static final class Query implements Serializable {

        long withoutItem;
        long unknownItems;
        final Map<String, Long> problems = new TreeMap<>();
    }

    public RowCounts(ForceIndex names) {
        names.feeds().forEach(any -> feeds.add(new Feed()));
        names.rules().forEach(any -> rules.add(new Rule()));
        names.stagings().forEach(any -> stagings.add(new Query()));
        names.gradings().forEach(any -> gradings.add(new Query()));
        names.staffings().forEach(any -> staffings.add(new Query()));
    }

    Feed feed(int position) {
        return feeds.get(position);
    }

    Rule rule(int position) {
        return rules.get(position);
    }

    Query staging(int position) {
        return stagings.get(position);
    }

    Query grading(int position) {
        return gradings.get(position);
    }

    Query staffing(int position) {
        return staffings.get(position);
    }

    /** Rows by undeclared event. */
    public Map<UndeclaredEvent, Long> undeclared() {
        return Map.copyOf(undeclared);
    }

    /** Sets the current rows of each feed, which are counted independently; the accounts must add up to them. */
    public void current(List<Current> rows) {
        for (int feed = 0; feed < rows.size(); feed++) {
            feeds.get(feed).stated = rows.get(feed);
        }
    }

    /** Adds a row with a date after the business date, in the date column at this position. */
    public void laterDate(int feed, int column) {
        feeds.get(feed).laterDates.merge(column, 1L, Long::sum);
    }

    /**
     * Adds a row that breaks a rule.
     *
     * @param reason with shapes of values
     */
    public void broken(int rule, String reason) {
        rules.get(rule).add(1, reason);
    }

    /** Adds a row of a staging query that names no item. */
    public void withoutItem(int staging) {
        stagings.get(staging).withoutItem++;
    }

    /** Adds a row of a staging query with an undeclared event. */
    public void undeclared(int staging, @Nullable String event) {
        undeclared(new UndeclaredEvent(staging, event == null ? "" : event), 1);
    }

    private void undeclared(UndeclaredEvent event, long rows) {
        boolean isNamed = undeclared.containsKey(event) || undeclared.size() < MAX_UNDECLARED;
        undeclared.merge(isNamed ? event : new UndeclaredEvent(event.staging(), OTHERS), rows, Long::sum);
    }

    /** Adds an unusable row of a grading query. */
    public void unusable(int grading, JudgementRules.Problem problem) {
        Query query = gradings.get(grading);
        if (problem == JudgementRules.Problem.MISSING_ITEM) {
            query.withoutItem++;
        } else if (problem.isFault()) {
            query.problems.merge(problem.name(), 1L, Long::sum);
        }
    }

    /** Adds an unusable row of a staffing query. */
    public void unusable(int staffing, StaffRules.Problem problem) {
        Query query = staffings.get(staffing);
        if (problem == StaffRules.Problem.MISSING_ITEM) {
            query.withoutItem++;
        } else if (problem.isFault()) {
            query.problems.merge(problem.name(), 1L, Long::sum);
        }
    }

    /** Adds the rows of an item on which figures depend. */
    public void used(ItemRecord record) {
        for (FeedRow row : record.rows()) {
            feeds.get(row.feed()).used++;
        }
    }

    /** Adds the rows of an item that will be in figures on a later day. */
    public void ahead(ItemRecord record) {
        for (FeedRow row : record.rows()) {
            feeds.get(row.feed()).ahead++;
        }
    }

    /** Adds an excluded row. */
    public void excluded(Exclusion exclusion) {
        feeds.get(exclusion.row().feed()).excluded.merge(exclusion.code(), 1L, Long::sum);
    }

    /** Counts an item as unknown if no feed has a row of it. */
    public void known(ItemRecord record) {
        if (record.item() == null || !record.rows().isEmpty()) {
            return;
        }
        Set<Integer> staged = new LinkedHashSet<>();
        record.events().forEach(event -> staged.add(event.staging()));
        record.faults().stream().map(Fault::staging).forEach(staged::add);
        staged.forEach(query -> stagings.get(query).unknownItems++);
        record.judgements().stream().map(GradedRow::grading).distinct().forEach(query -> gradings.get(query)
                .unknownItems++);
        record.staff().stream().map(StaffRow::staffing).distinct().forEach(query -> staffings.get(query)
                .unknownItems++);
    }

    /** Adds the counts of other items. */
    public void add(RowCounts other) {
        for (int i = 0; i < feeds.size(); i++) {
            Feed feed = feeds.get(i);
            feed.used += other.feeds.get(i).used;
            feed.ahead += other.feeds.get(i).ahead;
            other.feeds.get(i).laterDates.forEach((column, rows) -> feed.laterDates.merge(column, rows, Long::sum));
            other.feeds.get(i).excluded.forEach((code, rows) -> feed.excluded.merge(code, rows, Long::sum));
        }
        for (int i = 0; i < rules.size(); i++) {
            rules.get(i).add(other.rules.get(i).broken, other.rules.get(i).example);
        }
        add(stagings, other.stagings);
        add(gradings, other.gradings);
        add(staffings, other.staffings);
        other.undeclared.forEach(this::undeclared);
    }

    private static void add(List<Query> queries, List<Query> others) {
        for (int i = 0; i < queries.size(); i++) {
            Query query = queries.get(i);
            query.withoutItem += others.get(i).withoutItem;
            query.unknownItems += others.get(i).unknownItems;
            others.get(i).problems.forEach((code, rows) -> query.problems.merge(code, rows, Long::sum));
        }
    }
}
