package uk.fpw.ingest.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.file.CsvFormat;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.force.feed.Feed;

/** A source that no feed describes yet. Read twice where no single column identifies its rows. */
public interface ProfiledSource extends AutoCloseable {

    /** How a person would name it: a file name, or a table. */
    String name();

    /** Names of its columns, in order, as a feed writes them in {@code from}. */
    List<String> headers();

    /** The type that the source itself declares for a column; null if its values are texts. */
    Feed.@Nullable Type declaredType(int column);

    /** How the file is written; null for a table. */
    @Nullable
    CsvFormat format();

    /** Columns that no feed can read, with their types in the source. */
    default List<String> unreadableColumns() {
        return List.of();
    }

    /** Starts a read, with the texts of all {@link #headers}. */
    SourceRows open();

    @Override
    default void close() {}
}
