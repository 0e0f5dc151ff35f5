package uk.fpw.query;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;

/**
 * Writes answers in one format, and a note below each: how many rows, what was cut or left out, and which release it
 * comes from.
 */
final class ResultPrinter {

    /** Rows of a table at most, unless another number is asked for. */
    static final long ROWS_FOR_PEOPLE = 1000;

    private static final int WIDEST_DESCRIPTION = 160;

    /**
     * What a reader can do about an answer that is not whole, in the words of the program.
     *
     * @param rows how to see the rows that are missing
     * @param texts how to see texts whole
     * @param columns how to see columns for which there was no room
     */
    record Hints(String rows, String texts, String columns) {}

    private final ResultWriter writer;
    private final long mostRows;
    private final boolean isForPeople;
    private final Hints hints;

    private ResultPrinter(ResultWriter writer, long mostRows, boolean isForPeople, Hints hints) {
        this.writer = writer;
        this.mostRows = mostRows == 0 ? Long.MAX_VALUE : mostRows;
        this.isForPeople = isForPeople;
        this.hints = hints;
    }

    /**
     * Prints rows.
     *
     * @param lineWidth columns of the terminal; {@link Integer#MAX_VALUE} if it is none
     * @param mostRows rows to write at most; 0 for all
     */
    static ResultPrinter ofRows(OutputFormat format, int lineWidth, long mostRows, Hints hints) {
        return new ResultPrinter(
                format == OutputFormat.TABLE ? new TextTableWriter(TextTableWriter.WIDEST, lineWidth) : writer(format),
                mostRows,
                format == OutputFormat.TABLE,
                hints);
    }

    /** The same for descriptions, whose texts wrap instead of being cut. */
    static ResultPrinter ofDescriptions(OutputFormat format, int lineWidth, long mostRows, Hints hints) {
        return new ResultPrinter(
                format == OutputFormat.TABLE
                        ? TextTableWriter.ofDescriptions(WIDEST_DESCRIPTION, lineWidth)
                        : writer(format),
                mostRows,
                format == OutputFormat.TABLE,
                hints);
    }

    private static ResultWriter writer(OutputFormat format) {
        return format == OutputFormat.CSV ? new CsvWriter() : new JsonWriter();
    }

    /** Writes the rows. */
    ResultWriter.Written write(QueryResult result, Writer out) throws IOException {
        return writer.write(result, mostRows, out);
    }

    /**
     * Writes the note.
     *
     * @param source the release, in one line
     */
    void note(ResultWriter.Written written, String source, PrintWriter notes) {
        if (isForPeople) {
            notes.println();
        }
        notes.println((written.hasMore()
                        ? "the first " + rows(written.rowCount()) + ", there are more (" + hints.rows() + ")"
                        : rows(written.rowCount()))
                + " · " + source);
        if (written.isCut()) {
            notes.println("… marks texts that were cut; " + hints.texts());
        }
        if (!written.omitted().isEmpty()) {
            notes.println("… there was no room for " + String.join(", ", written.omitted()) + "; " + hints.columns());
        }
        notes.flush();
    }

    /** A number of rows in words. */
    static String rows(long count) {
        return count == 1 ? "1 row" : String.format(Locale.ROOT, "%,d rows", count);
    }
}
