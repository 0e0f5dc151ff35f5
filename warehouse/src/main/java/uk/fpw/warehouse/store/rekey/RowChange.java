package uk.fpw.warehouse.store.rekey;

import java.util.Map;
import org.apache.iceberg.data.Record;

/** How the rows of a table are changed, in place. */
interface RowChange {

    /** Says of which file the next rows are. */
    default void begin(String location) {}

    /**
     * Changes a row.
     *
     * @return whether anything in it has changed
     */
    boolean change(Record row);

    /** The summary of a snapshot, once every row of the table was changed. */
    default Map<String, String> summary(Map<String, String> summary) {
        return summary;
    }
}
