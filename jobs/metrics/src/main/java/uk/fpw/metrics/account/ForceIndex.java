package uk.fpw.metrics.account;

import java.io.Serializable;
import java.util.List;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.force.rule.Rule;
import uk.fpw.warehouse.force.staging.StagingQuery;

/**
 * Names of a force's parts in the order of its folder. Records refer to parts by position. Shipped to the tasks.
 *
 * @param feeds names of the feeds
 * @param rules the business rules; a row's exclusion names the first that it breaks
 * @param queues names of the queues
 */
public record ForceIndex(
        List<String> feeds,
        List<RuleEntry> rules,
        List<StagingEntry> stagings,
        List<GradingEntry> gradings,
        List<StaffingEntry> staffings,
        List<String> queues)
        implements Serializable {

    /** A business rule. */
    public record RuleEntry(String code, int feed, boolean excludes) implements Serializable {}

    /**
     * A staging query.
     *
     * @param feeds positions of the feeds that it reads
     */
    public record StagingEntry(
            String name,
            String source,
            String itemKind,
            List<Integer> feeds,
            List<String> attributes,
            List<String> events)
            implements Serializable {}

    /** A grading query. */
    public record GradingEntry(String name, String source) implements Serializable {}

    /** A staffing query. */
    public record StaffingEntry(String name, String source) implements Serializable {}

    public static ForceIndex of(Force force) {
        List<String> feeds = force.feeds().stream().map(Feed::name).toList();
        return new ForceIndex(
                feeds,
                force.rules().stream()
                        .map(rule -> new RuleEntry(
                                rule.code(), feeds.indexOf(rule.feed()), rule.severity() == Rule.Severity.EXCLUDE))
                        .toList(),
                force.stagings().stream()
                        .map(staging -> staging(staging, feeds))
                        .toList(),
                force.gradings().stream()
                        .map(grading -> new GradingEntry(grading.name(), grading.source()))
                        .toList(),
                force.staffings().stream()
                        .map(staffing -> new StaffingEntry(staffing.name(), staffing.source()))
                        .toList(),
                force.queues().stream().map(Queue::name).toList());
    }

    private static StagingEntry staging(StagingQuery staging, List<String> feeds) {
        return new StagingEntry(
                staging.name(),
                staging.source(),
                staging.itemKind(),
                staging.feeds().stream().map(feeds::indexOf).toList(),
                List.copyOf(staging.attributes()),
                List.copyOf(staging.events()));
    }
}
