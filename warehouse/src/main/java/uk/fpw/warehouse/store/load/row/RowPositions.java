package uk.fpw.warehouse.store.load.row;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.data.BaseDeleteLoader;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.formats.FormatModelRegistry;
import org.apache.iceberg.formats.ReadBuilder;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** Reads columns of rows together with their positions in their files, which deletion vectors refer to. */
public final class RowPositions {

    private final Table table;
    private final Schema schema;
    private final int place;

    /**
     * A reader for a table.
     *
     * @param columns columns to read, in the order of the table
     */
    public RowPositions(Table table, String... columns) {
        this.table = table;
        List<NestedField> fields =
                new ArrayList<>(table.schema().select(columns).columns());
        place = fields.size();
        fields.add(MetadataColumns.ROW_POSITION);
        this.schema = new Schema(fields);
    }

    /** Visits a row, which is valid until the next one. */
    @FunctionalInterface
    public interface Visitor {
        void visit(Record row, long position);
    }

    /** The files of a scan, not split. */
    public static List<FileScanTask> files(TableScan scan) throws IOException {
        List<FileScanTask> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
            tasks.forEach(files::add);
        }
        return files;
    }

    /**
     * Visits the rows of a file that are not marked in a deletion vector.
     *
     * @param filter skips row groups without matching rows; all rows of other row groups are visited, whether they
     *     match or not
     */
    public void forEach(FileScanTask file, Expression filter, Visitor visitor) throws IOException {
        PositionDeleteIndex dead = deletions(table, file);
        ReadBuilder<Record, Object> reader = FormatModelRegistry.readBuilder(
                file.file().format(), Record.class, table.io().newInputFile(file.file()));
        try (CloseableIterable<Record> rows =
                reader.project(schema).filter(filter).reuseContainers().build()) {
            for (Record row : rows) {
                if (row.get(place) instanceof Long position && (dead == null || !dead.isDeleted(position))) {
                    visitor.visit(row, position);
                }
            }
        }
    }

    /** The rows of a file that are marked as deleted; null if there are none. */
    public static @Nullable PositionDeleteIndex deletions(Table table, FileScanTask file) {
        return file.deletes().isEmpty()
                ? null
                : new BaseDeleteLoader(table.io()::newInputFile)
                        .loadPositionDeletes(file.deletes(), file.file().location());
    }
}
