package uk.fpw.profile;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.database.DatabaseTable;
import uk.fpw.ingest.file.CsvFormat;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.force.feed.Feed;

/**
 * A source that no feed describes yet.
 *
 * @param name as a person would name it: a file name, or a table
 * @param headers names of its columns, in order, as a feed writes them in {@code from}
 * @param declaredTypes the types that the source itself declares, by column; null where the values are texts
 * @param format how the file is written; null for a table or a workbook
 * @param sheet where in a workbook the rows are; null if it is none
 * @param unreadableColumns columns that no feed can read, with their types in the source
 * @param reading starts a read of the texts of all {@code headers}; twice where no single column identifies the rows
 */
public record ProfiledSource(
        String name,
        List<String> headers,
        List<Feed.@Nullable Type> declaredTypes,
        @Nullable CsvFormat format,
        @Nullable ProposedSheet sheet,
        List<String> unreadableColumns,
        Supplier<SourceRows> reading) {

    /**
     * A delimited text file or an Excel workbook, read as a load would read it.
     *
     * @param hasHeader whether the user has confirmed that the first line is the header; otherwise a line that may be
     *     a row of data is rejected, since its fields would be shown as names
     * @throws uk.fpw.warehouse.failure.FpwException with {@code CONFIGURATION} if it is neither with a
     *     header and a row, {@code UNAVAILABLE} if the disk fails
     */
    public static ProfiledSource of(Path file, boolean hasHeader) {
        return ProfiledFile.of(file, hasHeader);
    }

    /** A table or view, which the caller closes. */
    public static ProfiledSource of(DatabaseTable table) {
        return new ProfiledSource(
                table.name(),
                table.headers(),
                table.declaredTypes(),
                null,
                null,
                table.unreadableColumns(),
                table::open);
    }

    /** Whether it is a table of a database. */
    boolean isTable() {
        return format == null && sheet == null;
    }

    /** Whether its values have types, of which only texts and numbers can become pseudonyms. */
    boolean isTyped() {
        return format == null;
    }
}
