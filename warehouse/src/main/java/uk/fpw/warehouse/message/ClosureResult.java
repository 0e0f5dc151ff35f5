package uk.fpw.warehouse.message;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.message.MetricsResult.MassClosure;
import uk.fpw.warehouse.message.MetricsResult.Timing;

/**
 * What the audit process found of queues that many items have left.
 *
 * @param closures by queue, the closures that came together; a queue without rows about its items is not in it
 * @param timings where the seconds went, in order
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
