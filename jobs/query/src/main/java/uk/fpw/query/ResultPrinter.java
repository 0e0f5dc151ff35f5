package uk.fpw.query;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import uk.fpw.text.Plural;

/**
 * Writes results in one format, with a note below each: the number of rows, what was cut or left out, and
 * the release.
 */
public final class ResultPrinter {

    /** Maximum number of rows of a table, unless another number is requested. */
    public static final long ROWS_FOR_PEOPLE = 1000;

    private static final int WIDEST_DESCRIPTION = 160;

    /**
     * Tells the user what to do about an incomplete result.
     *
     * @param rows how to see the rows that are missing
     * @param texts how to see full texts
     * @param columns how to see columns that did not fit
     */
    public record Hints(String rows, String texts, String columns) {}

    private final ResultWriter writer;
    private final long maxRows;
    private final boolean isForPeople;
    private final Hints hints;

    private ResultPrinter(ResultWriter writer, long maxRows, boolean isForPeople, Hints hints) {
        this.writer = writer;
        this.maxRows = maxRows == 0 ? Long.MAX_VALUE : maxRows;
        this.isForPeople = isForPeople;
        this.hints = hints;
    }

    /**
     * Creates a printer of rows.
     *
     * @param lineWidth width of the terminal; {@link Integer#MAX_VALUE} if the output is not a terminal
     * @param maxRows maximum number of rows; 0 for all
     */
    public static ResultPrinter ofRows(OutputFormat format, int lineWidth, long maxRows, Hints hints) {
        return new ResultPrinter(
                format == OutputFormat.TABLE ? new TextTableWriter(TextTableWriter.WIDEST, lineWidth) : writer(format),
                maxRows,
                format == OutputFormat.TABLE,
                hints);
    }

    /** The same for descriptions, whose texts wrap instead of being cut. */
    public static ResultPrinter ofDescriptions(OutputFormat format, int lineWidth, long maxRows, Hints hints) {
        return new ResultPrinter(
                format == OutputFormat.TABLE
                        ? TextTableWriter.ofDescriptions(WIDEST_DESCRIPTION, lineWidth)
                        : writer(format),
                maxRows,
                format == OutputFormat.TABLE,
                hints);
    }

    private static ResultWriter writer(OutputFormat format) {
        return format == OutputFormat.CSV ? new CsvWriter() : new JsonWriter();
    }

    public ResultWriter.Written write(QueryResult result, Writer out) throws IOException {
        return writer.write(result, maxRows, out);
    }

    /**
     * Writes the note.
     *
     * @param source the release, in one line
     */
    public void note(ResultWriter.Written written, String source, PrintWriter notes) {
        if (isForPeople) {
            notes.println();
        }
        notes.println((written.hasMore()
                        ? "the first " + Plural.grouped(written.rowCount(), "row") + ", there are more (" + hints.rows()
                                + ")"
                        : Plural.grouped(written.rowCount(), "row"))
                + " · " + source);
        if (written.isCut()) {
            notes.println("… marks texts that were cut; " + hints.texts());
        }
        if (!written.omitted().isEmpty()) {
            notes.println("… there was no room for " + String.join(", ", written.omitted()) + "; " + hints.columns());
        }
        notes.flush();
    }
}
