package uk.fpw.report.dictionary;

import java.util.List;

/**
 * The page of the feeds.
 *
 * @param notes notes on all of them
 * @param queries queries that turn their rows into events and judgements
 * @param counted queues and lists of milestones, with their feeds and events
 */
public record FeedsModel(
        List<String> notes, List<Feed> feeds, List<TermsModel.Term> queries, List<TableModel.QueueFeeds> counted) {

    /**
     * One feed.
     *
     * @param anchor its anchor on the page
     * @param facts named facts
     * @param links queries that read it, and its rules
     */
    public record Feed(
            String anchor,
            String name,
            String description,
            List<TableModel.Fact> facts,
            List<Link> links,
            List<Column> columns) {}

    /** One column of a feed. */
    public record Column(String name, String from, String type, String privacy, String required, String description) {}
}
