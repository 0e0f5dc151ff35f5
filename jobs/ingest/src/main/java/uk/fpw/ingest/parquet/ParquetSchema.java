package uk.fpw.ingest.parquet;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.parquet.schema.Type;
import uk.fpw.ingest.file.FeedFile;
import uk.fpw.ingest.source.Closing;
import uk.fpw.ingest.source.ColumnKind;

/**
 * The columns of a Parquet file, in order, from which a profile proposes how a feed reads it.
 *
 * @param kinds those that a feed can read
 * @param unreadable the others, each with its type in the file
 */
public record ParquetSchema(Map<String, ColumnKind> kinds, Map<String, String> unreadable) {

    /**
     * Reads the schema and no row.
     *
     * @param file whose feed may declare anything
     * @throws uk.fpw.warehouse.failure.FpwException with {@code BAD_DATA} if it is no Parquet file or is damaged,
     *     {@code UNAVAILABLE} if the disk fails
     */
    public static ParquetSchema of(FeedFile file) {
        Map<String, ColumnKind> kinds = new LinkedHashMap<>();
        Map<String, String> unreadable = new LinkedHashMap<>();
        ParquetRows.opened(file, reader -> {
            for (Type field : reader.getFileMetaData().getSchema().getFields()) {
                ColumnKind kind = ParquetColumn.kind(field);
                if (kind == ColumnKind.OTHER) {
                    unreadable.put(field.getName(), ParquetColumn.shown(field));
                } else {
                    kinds.put(field.getName(), kind);
                }
            }
            Closing.quietly(reader);
            return kinds;
        });
        return new ParquetSchema(kinds, unreadable);
    }
}
