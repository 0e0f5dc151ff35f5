package uk.fpw.report.page;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import uk.fpw.model.DuckSql;
import uk.fpw.report.chart.Chart;

/**
 * A part of a page.
 *
 * @param id its anchor; unique on the page
 * @param paragraphs what it says
 * @param charts pictures, each with its table
 * @param tables further tables
 * @param notes what it cannot say, or how to read it
 * @param code SQL that defines it; empty for none
 * @param choices of which a reader chooses one to see; without script all are shown
 * @param source where its figures come from
 */
public record Block(
        String id,
        String heading,
        List<String> paragraphs,
        List<Chart> charts,
        List<DataTable> tables,
        List<String> notes,
        String code,
        List<Choice> choices,
        Evidence source) {

    /**
     * Where the figures of a part come from.
     *
     * @param tables marts, such as {@code mart.queue_daily}; empty if not said
     * @param queue the queue that they are about; empty for none
     */
    public record Evidence(List<String> tables, String queue) {

        static final Evidence NONE = new Evidence(List.of(), "");

        /** For the line below a picture. */
        public String words() {
            return String.join(", ", tables);
        }

        /** The rows of a table that it is about, in DuckDB's SQL. */
        public String query(String table) {
            return "select * from " + table + (queue.isEmpty() ? "" : " where queue = " + DuckSql.text(queue));
        }
    }

    /** A part without choices. */
    public Block(
            String id,
            String heading,
            List<String> paragraphs,
            List<Chart> charts,
            List<DataTable> tables,
            List<String> notes,
            String code) {
        this(id, heading, paragraphs, charts, tables, notes, code, List.of(), Evidence.NONE);
    }

    /** The same, saying something else. */
    Block saying(List<String> words) {
        return new Block(id, heading, words, charts, tables, notes, code, choices, source);
    }

    /** The same, with the tables that its pictures are made of. */
    Block from(String queue, String... marts) {
        return new Block(
                id, heading, paragraphs, charts, tables, notes, code, choices, new Evidence(List.of(marts), queue));
    }

    /**
     * What a reader can choose.
     *
     * @param name what the list of choices and its heading say; unique in its part
     * @param charts shown where it is chosen
     */
    public record Choice(String name, List<Chart> charts) {}

    /**
     * A table.
     *
     * @param caption what it shows
     * @param headings one per column
     * @param rows each as long as the headings
     */
    public record DataTable(String caption, List<String> headings, List<List<Cell>> rows) {

        private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9][0-9,]*([.][0-9]+)?( %)?( [(][+-][^)]*[)])?");

        /** What stands where there is no number. */
        private static final Pattern NO_NUMBER = Pattern.compile("|–|not available|not reached|no standard");

        /** The same without columns that are empty in every row. */
        public DataTable withoutEmptyColumns() {
            List<Integer> filled = IntStream.range(0, headings.size())
                    .filter(column -> rows.stream()
                            .anyMatch(row -> !row.get(column).text().isEmpty()))
                    .boxed()
                    .toList();
            return new DataTable(
                    caption,
                    filled.stream().map(headings::get).toList(),
                    rows.stream()
                            .map(row -> filled.stream().map(row::get).toList())
                            .toList());
        }

        /** Classes of its columns of numbers, which stand on the right, such as {@code right2 right3}. */
        public String alignment() {
            return IntStream.range(0, headings.size())
                    .filter(this::isOfNumbers)
                    .mapToObj(column -> "right" + (column + 1))
                    .collect(Collectors.joining(" "));
        }

        private boolean isOfNumbers(int column) {
            List<String> texts =
                    rows.stream().map(row -> row.get(column).text()).toList();
            return texts.stream().anyMatch(NUMBER.asMatchPredicate())
                    && texts.stream().allMatch(NUMBER.asMatchPredicate().or(NO_NUMBER.asMatchPredicate()));
        }
    }

    /**
     * A value.
     *
     * @param href page that it links to, from the folder of the site; empty for none
     */
    public record Cell(String text, String href) {

        /** A value without a link. */
        public static Cell of(String text) {
            return new Cell(text, "");
        }

        /** Whether it is a sentence rather than a word or two, so that a narrow column would make a tower of it. */
        public boolean isLong() {
            return text.length() > 100;
        }
    }

    /** Whether it shows or names a 95 % interval, so that a reader may ask what that is. */
    public boolean hasIntervals() {
        Stream<Chart> pictures =
                Stream.concat(charts.stream(), choices.stream().flatMap(choice -> choice.charts().stream()));
        return Stream.of(
                        paragraphs.stream(),
                        notes.stream(),
                        pictures.map(Chart::svg),
                        tables.stream().map(DataTable::caption),
                        tables.stream().flatMap(table -> table.headings().stream()),
                        tables.stream()
                                .flatMap(table -> table.rows().stream().flatMap(List::stream))
                                .map(Cell::text))
                .flatMap(texts -> texts)
                .anyMatch(text -> text.contains("95 % interval"));
    }

    /** A part with pictures. */
    public static Block ofCharts(String id, String heading, String paragraph, List<Chart> charts, String... notes) {
        return new Block(id, heading, List.of(paragraph), charts, List.of(), List.of(notes), "");
    }

    /** A part with a table. */
    public static Block ofTable(String id, String heading, String paragraph, DataTable table, String... notes) {
        return new Block(id, heading, List.of(paragraph), List.of(), List.of(table), List.of(notes), "");
    }

    /** A part with text alone. */
    public static Block ofText(String id, String heading, String... paragraphs) {
        return new Block(id, heading, List.of(paragraphs), List.of(), List.of(), List.of(), "");
    }
}
