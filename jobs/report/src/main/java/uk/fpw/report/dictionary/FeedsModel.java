package uk.fpw.report.dictionary;

import java.util.List;

/**
 * What the page of the feeds shows.
 *
 * @param notes what is to be known of all of them
 * @param queries what gives their rows a meaning
 * @param counted queues and lists of milestones, with what is behind them
 */
public record FeedsModel(
        List<String> notes, List<Feed> feeds, List<TermsModel.Term> queries, List<TableModel.QueueFeeds> counted) {

    /**
     * One feed.
     *
     * @param anchor its place on the page
     * @param facts what is to be known of it, each with its name
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
