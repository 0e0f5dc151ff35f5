package uk.fpw.ingest.extract;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.limit.LimitBreaches;
import uk.fpw.warehouse.store.load.LoadCounts;

/** How far a load has come. Each step makes one from that of the step before, which it holds. */
public interface LoadStage {

    /** SHA-256 (hex) of what was read; null if not everything was. */
    default @Nullable String digest() {
        return null;
    }

    /** Where the rows went; null if that is not known yet. */
    default @Nullable LoadCounts counts() {
        return null;
    }

    /** By how much the load goes beyond its limits, accepted or not. */
    default LimitBreaches breaches() {
        return new LimitBreaches(Map.of());
    }
}
