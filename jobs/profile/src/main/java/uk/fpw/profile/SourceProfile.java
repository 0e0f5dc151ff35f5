package uk.fpw.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.file.CsvFormat;

/**
 * What was seen of a source. Holds no value of it but those of short lists.
 *
 * @param source name of the file or table
 * @param format how the file is written; null for a table or a workbook
 * @param sheet where in a workbook the rows are; null if it is none
 * @param rowCount rows, {@code brokenCount} among them
 * @param brokenCount rows with another number of fields than the header, or in a workbook with a cell that cannot be
 *     read
 * @param emptyCount rows without any value
 * @param repeatedCount exact duplicates of an earlier row
 * @param keys sets of columns, by position, each of which identifies the rows (ignoring duplicates) and is never blank,
 *     or, if it is a single column, blank in at most 5 % of the rows; the most likely first
 * @param everyColumn the columns that are never blank, where no key was found and these together identify the rows;
 *     empty otherwise
 */
public record SourceProfile(
        String source,
        @Nullable CsvFormat format,
        @Nullable ProposedSheet sheet,
        long rowCount,
        long brokenCount,
        long emptyCount,
        long repeatedCount,
        List<ColumnProfile> columns,
        List<List<Integer>> keys,
        List<Integer> everyColumn,
        List<String> unreadableColumns) {

    /** The columns of the most likely key; empty if nothing identifies a row. */
    List<Integer> key() {
        return keys.isEmpty() ? List.of() : keys.get(0);
    }

    /** Whether it is a table of a database. */
    boolean isTable() {
        return format == null && sheet == null;
    }

    /** Whether its values have types, of which only texts and numbers can become pseudonyms. */
    boolean isTyped() {
        return format == null;
    }

    /** What is wrong with {@code brokenCount} rows, after the number of them and 'has' or 'have'. */
    String brokenBecause() {
        return sheet == null
                ? "another number of fields than the header"
                : "a cell without a header above it, an Excel error, or a formula without a result";
    }
}
