package uk.fpw.nightly.night;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.LoadSummary;
import uk.fpw.publish.ReleaseSummary;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.Rule;
import uk.fpw.warehouse.release.Release;
import uk.fpw.warehouse.run.MetricsResult;

/**
 * A night that was released.
 *
 * @param previous the release that readers saw before; null if this is the first
 * @param timings wall time of each part, in order
 */
public record NightOutcome(
        Force force,
        String runId,
        Path log,
        List<LoadSummary> loads,
        MetricsResult metrics,
        ReleaseSummary release,
        @Nullable Release previous,
        List<MetricsResult.Timing> timings) {

    /** The rule's message without the values of a row, or what a reason of the product's own means. */
    public String reason(String code) {
        return switch (code) {
            case "NO_EVENT" -> "no staging query yields an event of the item";
            case "NO_QUEUE" -> "no queue takes the item's events";
            default ->
                force.rules().stream()
                        .filter(rule -> rule.code().equals(code))
                        .findFirst()
                        .map(Rule::message)
                        .map(message -> message.replaceAll("\\s*\\{[^}]*\\}", ""))
                        .orElse("see core.exclusion");
        };
    }
}
