package uk.fpw.nightly.audit;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.release.ReleaseTableReader;

/** How many days the counts of each queue took to settle, as the current release has it. */
public final class SettledDays {

    private static final Logger LOG = LoggerFactory.getLogger(SettledDays.class);

    private static final String TABLE = "mart.settling";
    private static final String QUEUE = "queue";
    private static final String DAYS = "provisional_days";

    private final ReleaseTableReader tables;

    /** Of releases whose tables are in that catalog. */
    public SettledDays(WarehouseCatalog catalog) {
        this.tables = new ReleaseTableReader(catalog);
    }

    /**
     * By queue; without those of which it is not known, and empty before the first release. Where the rows cannot be
     * read none is known, and the days that queues declare apply.
     *
     * @param warnings gets a sentence then
     */
    public SortedMap<String, Integer> of(@Nullable Release current, Consumer<String> warnings) {
        if (current == null || current.table(TABLE) == null) {
            return new TreeMap<>();
        }
        try {
            return largest(tables.read(current, TABLE, List.of(QUEUE, DAYS)));
        } catch (RuntimeException unreadable) {
            LOG.warn("{} of release {} is not used", TABLE, current.releaseId(), unreadable);
            warnings.accept("how many days counts take to settle was not taken from release " + current.releaseId()
                    + ", and the days that queues declare apply, since " + unreadable.getMessage());
            return new TreeMap<>();
        }
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
