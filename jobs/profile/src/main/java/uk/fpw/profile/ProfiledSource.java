package uk.fpw.profile;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
 * @param kind what holds its rows
 * @param headers names of its columns, in order, as a feed writes them in {@code from}
 * @param declaredTypes the types that the source itself declares, by column; null where the values are texts
 * @param format how a text file is written; null for another kind
 * @param sheet where in a workbook the rows are; null if it is none
 * @param unreadableColumns columns that no feed can read, each with its type in the source
 * @param reading starts a read of the texts of all {@code headers}; twice where no single column identifies the rows
 */
public record ProfiledSource(
        String name,
        Kind kind,
        List<String> headers,
        List<Feed.@Nullable Type> declaredTypes,
        @Nullable CsvFormat format,
        @Nullable ProposedSheet sheet,
        Map<String, String> unreadableColumns,
        Supplier<SourceRows> reading) {

    /** What holds the rows. */
    enum Kind {
        TEXT,
        WORKBOOK,
        PARQUET,
        TABLE;

        /** Whether it declares types; texts that look like numbers or dates are texts there. */
        boolean hasSchema() {
            return this == PARQUET || this == TABLE;
        }

        /** Whether its values have types, of which only texts and numbers can become pseudonyms. */
        boolean isTyped() {
            return this != TEXT;
        }

        /** As messages name it. */
        String shown() {
            return switch (this) {
                case TEXT -> "text file";
                case WORKBOOK -> "workbook";
                case PARQUET -> "Parquet file";
                case TABLE -> "table";
            };
        }
    }

    /**
     * A delimited text file, an Excel workbook or a Parquet file, read as a load would read it.
     *
     * @param hasHeader whether the user has confirmed that the first line is the header; otherwise a line that may be
     *     a row of data is rejected, since its fields would be shown as names
     * @throws uk.fpw.warehouse.failure.FpwException with {@code CONFIGURATION} if it is none of them with a
     *     header and a row, {@code UNAVAILABLE} if the disk fails
     */
    public static ProfiledSource of(Path file, boolean hasHeader) {
        return ProfiledFile.of(file, hasHeader);
    }

    /** Whether it is a table of a database. */
    public boolean isTable() {
        return kind == Kind.TABLE;
    }

    /** A table or view, which the caller closes. */
    public static ProfiledSource of(DatabaseTable table) {
        return new ProfiledSource(
                table.name(),
                Kind.TABLE,
                table.headers(),
                table.declaredTypes(),
                null,
                null,
                table.unreadableColumns(),
                table::open);
    }
}
