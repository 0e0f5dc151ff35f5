package uk.fpw.report.dictionary;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.report.chart.Chart;

/**
 * The page of a table or view.
 *
 * @param table qualified name
 * @param description what a row is
 * @param facts named facts about the table
 * @param notReleased why the release that the page belongs to has no such table; null if it has it
 * @param columns all columns, in order
 * @param tests what must hold for the rows
 * @param example a query to start from
 * @param exampleNote where it can be run
 * @param definitions queries that define its figures
 * @param viewSql the query of a view; empty for a table
 * @param queries ready-made queries that read it
 * @param lineage what it is made from
 */
public record TableModel(
        String table,
        String description,
        List<Fact> facts,
        @Nullable String notReleased,
        List<Column> columns,
        List<Test> tests,
        String example,
        String exampleNote,
        List<Definition> definitions,
        String viewSql,
        List<Ready> queries,
        Origin lineage) {

    /** A named fact. */
    public record Fact(String name, String text) {}

    /**
     * One column.
     *
     * @param anchor its anchor on the page
     * @param unit what it counts or measures; {@code -} for keys
     * @param add how its values may be added up; {@code -} if it is not a measure
     * @param nulls whether null may occur, and when
     * @param sensitivity whether it identifies single cases or people; empty if not
     * @param origin where its values come from
     */
    public record Column(
            String anchor,
            String name,
            String type,
            String unit,
            String add,
            String nulls,
            String sensitivity,
            String description,
            String origin) {}

    /**
     * One test.
     *
     * @param words what must hold, or what is wrong otherwise
     * @param severity what happens if it fails
     * @param sql its expression or query; empty if it follows from the columns
     */
    public record Test(String code, String words, String severity, String sql) {}

    /**
     * One definition.
     *
     * @param anchor its anchor on the page
     * @param columns the columns that it defines, in words
     */
    public record Definition(String anchor, String name, String columns, String sql) {}

    /** A ready-made query and its question. */
    public record Ready(Link link, String question) {}

    /**
     * What a table is made from.
     *
     * @param chart the picture; null if nothing is known
     * @param width number of boxes side by side
     * @param steps the same in words
     * @param note what is not known
     * @param byQueue for tables of queues, the feeds and events behind each
     */
    public record Origin(
            @Nullable Chart chart, int width, List<Step> steps, List<String> note, List<QueueFeeds> byQueue) {}

    /**
     * Nodes of one kind.
     *
     * @param links one per node; the address is empty if it has no page
     */
    public record Step(String title, List<Link> links) {}

    /** Feeds and events behind one queue or list of milestones. */
    public record QueueFeeds(String title, List<Link> feeds, String events) {}
}
