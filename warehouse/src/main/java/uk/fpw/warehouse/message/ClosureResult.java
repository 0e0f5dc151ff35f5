package uk.fpw.warehouse.message;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.message.MetricsResult.MassClosure;
import uk.fpw.warehouse.message.MetricsResult.Timing;

/**
 * Result of the audit process about queues that many items have left.
 *
 * @param closures the mass closure of each queue; queues without rows about their items are left out
 * @param timings duration of each part, in order
 * @param failure what went wrong, in one sentence; null if nothing did
 */
public record ClosureResult(
        Map<String, MassClosure> closures,
        List<Timing> timings,
        @Nullable String failure) {

    /** A result that could not be computed. */
    public static ClosureResult failed(String failure) {
        return new ClosureResult(Map.of(), List.of(), failure);
    }
}
