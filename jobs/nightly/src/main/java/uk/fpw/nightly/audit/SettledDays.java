package uk.fpw.nightly.audit;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.catalog.WarehouseCatalog;
import uk.fpw.warehouse.ledger.Release;
import uk.fpw.warehouse.release.ReleaseTableReader;

/** How many days the counts of each queue took to settle, as the current release has it. */
public final class SettledDays {

    private static final String TABLE = "mart.settling";
    private static final String QUEUE = "queue";
    private static final String DAYS = "provisional_days";

    private final ReleaseTableReader tables;

    /** Of releases whose tables are in that catalog. */
    public SettledDays(WarehouseCatalog catalog) {
        this.tables = new ReleaseTableReader(catalog);
    }

    /** By queue; without those of which it is not known, and empty before the first release. */
    public SortedMap<String, Integer> of(@Nullable Release current) {
        return current == null || current.table(TABLE) == null
                ? new TreeMap<>()
                : largest(tables.read(current, TABLE, List.of(QUEUE, DAYS)));
    }

    /** The largest number of days of each queue: a row is settled when all of its counts are. */
    static SortedMap<String, Integer> largest(List<Map<String, @Nullable Object>> rows) {
        SortedMap<String, Integer> largest = new TreeMap<>();
        for (Map<String, @Nullable Object> row : rows) {
            if (row.get(DAYS) instanceof Integer days) {
                largest.merge(String.valueOf(row.get(QUEUE)), days, Math::max);
            }
        }
        return largest;
    }
}
