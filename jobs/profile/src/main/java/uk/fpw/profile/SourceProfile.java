package uk.fpw.profile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.file.CsvFormat;
import uk.fpw.text.Plural;

/**
 * What was seen of a source. Holds no value of it but those of short lists.
 *
 * @param source name of the file or table
 * @param kind what holds its rows
 * @param format how a text file is written; null for another kind
 * @param sheet where in a workbook the rows are; null if it is none
 * @param rowCount rows that were read, {@code brokenCount} among them
 * @param isSample whether there are more, which were not read
 * @param brokenCount rows with another number of fields than the header, or in a workbook with a cell that cannot be
 *     read
 * @param emptyCount rows without any value
 * @param repeatedCount exact duplicates of an earlier row
 * @param keys sets of columns, by position, each of which identifies the rows (ignoring duplicates) and is never blank,
 *     or, if it is a single column, blank in at most 5 % of the rows; the most likely first
 * @param everyColumn the columns that together identify the rows where there is no key: those that are never blank, or
 *     two that are not to be the key; empty otherwise
 */
public record SourceProfile(
        String source,
        ProfiledSource.Kind kind,
        @Nullable CsvFormat format,
        @Nullable ProposedSheet sheet,
        long rowCount,
        boolean isSample,
        long brokenCount,
        long emptyCount,
        long repeatedCount,
        List<ColumnProfile> columns,
        List<List<Integer>> keys,
        List<Integer> everyColumn,
        Map<String, String> unreadableColumns) {

    /** The columns of the most likely key; empty if nothing identifies a row. */
    List<Integer> key() {
        return keys.isEmpty() ? List.of() : keys.get(0);
    }

    /** The same with one column as its key. */
    SourceProfile withKey(int column) {
        return with(columns, List.of(List.of(column)), List.of());
    }

    /** The same without a key, so that each row is an item. */
    SourceProfile byRow() {
        return with(columns, List.of(), keys.isEmpty() ? everyColumn : key());
    }

    /** The same, of which a person has said that these columns date events. */
    SourceProfile withEvents(Collection<Integer> dates) {
        List<ColumnProfile> changed = new ArrayList<>(columns);
        dates.forEach(date -> changed.set(date, columns.get(date).asEvent()));
        return with(List.copyOf(changed), keys, everyColumn);
    }

    private SourceProfile with(
            List<ColumnProfile> otherColumns, List<List<Integer>> otherKeys, List<Integer> together) {
        return new SourceProfile(
                source,
                kind,
                format,
                sheet,
                rowCount,
                isSample,
                brokenCount,
                emptyCount,
                repeatedCount,
                otherColumns,
                otherKeys,
                together,
                unreadableColumns);
    }

    /** The columns that no feed can read, each with its type in parentheses. */
    List<String> describedUnreadable() {
        return unreadableColumns.entrySet().stream()
                .map(column -> column.getKey() + " (" + column.getValue() + ")")
                .toList();
    }

    /** What is said if not all rows were read; empty if they were. */
    String sampled() {
        return isSample
                ? "Only the first " + Plural.grouped(rowCount, "row") + " were read, so that counts, lists of values "
                        + "and whether a column is unique are of these; --rows reads more."
                : "";
    }

    /** Whether it is a table of a database. */
    boolean isTable() {
        return kind == ProfiledSource.Kind.TABLE;
    }

    /** Whether its values have types, of which only texts and numbers can become pseudonyms. */
    boolean isTyped() {
        return kind.isTyped();
    }

    /** What is wrong with {@code brokenCount} rows, after the number of them and 'has' or 'have'. */
    String brokenBecause() {
        return switch (kind) {
            case TEXT -> "another number of fields than the header";
            case WORKBOOK -> "a cell without a header above it, an Excel error, or a formula without a result";
            case PARQUET, TABLE -> "a text or number that is not what its type allows";
        };
    }
}
