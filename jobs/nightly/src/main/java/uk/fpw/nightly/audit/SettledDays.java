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

/** The number of days that the counts of each queue take to settle, from the current release. */
public final class SettledDays {

    private static final Logger LOG = LoggerFactory.getLogger(SettledDays.class);

    private static final String TABLE = "mart.settling";
    private static final String QUEUE = "queue";
    private static final String DAYS = "provisional_days";

    private final ReleaseTableReader tables;

    /** Reads releases through the catalog. */
    public SettledDays(WarehouseCatalog catalog) {
        this.tables = new ReleaseTableReader(catalog);
    }

    /**
     * The days by queue, without queues for which they are unknown; empty before the first release. If the rows cannot
     * be read the result is empty, and the days that queues declare apply.
     *
     * @param warnings receives a sentence if the rows cannot be read
     */
    public SortedMap<String, Integer> of(@Nullable Release current, Consumer<String> warnings) {
        if (current == null || current.table(TABLE) == null) {
            return new TreeMap<>();
        }
        try {
            return largest(tables.read(current, TABLE, List.of(QUEUE, DAYS)));
        } catch (RuntimeException unreadable) {
            LOG.warn("{} of release {} is not used", TABLE, current.releaseId(), unreadable);
            warnings.accept("how long counts take to settle was not read from release " + current.releaseId()
                    + ", so the days that queues declare apply: " + unreadable.getMessage());
            return new TreeMap<>();
        }
    }

    /** The largest number of days per queue: a row has settled when all of its counts have. */
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
