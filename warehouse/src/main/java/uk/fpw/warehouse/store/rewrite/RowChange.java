package uk.fpw.warehouse.store.rewrite;

import java.util.Map;
import org.apache.iceberg.data.Record;

/** A change of the rows of a table: they are changed in place, or removed. */
interface RowChange {

    /** Announces the file of the next rows. */
    default void begin(String location) {}

    /** Whether a row is removed. Asked for every row before it is changed, possibly more than once. */
    default boolean isRemoved(Record row) {
        return false;
    }

    /**
     * Changes a row.
     *
     * @return whether anything in it has changed
     */
    boolean change(Record row);

    /** The summary of a snapshot after all rows of the table were changed. */
    default Map<String, String> summary(Map<String, String> summary) {
        return summary;
    }
}
