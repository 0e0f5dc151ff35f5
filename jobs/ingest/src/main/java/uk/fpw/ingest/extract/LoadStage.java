package uk.fpw.ingest.extract;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.limit.LimitBreaches;
import uk.fpw.warehouse.store.load.LoadCounts;

/** The progress of a load. Each step turns the stage of the previous step, which it contains, into the next. */
public interface LoadStage {

    /** SHA-256 (hex) of the data read; null if it has not been read completely. */
    default @Nullable String digest() {
        return null;
    }

    /** Counts of the rows; null if not known yet. */
    default @Nullable LoadCounts counts() {
        return null;
    }

    /** By how much the load exceeds its limits, accepted or not. */
    default LimitBreaches breaches() {
        return new LimitBreaches(Map.of());
    }
}
