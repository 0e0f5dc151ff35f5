package uk.fpw.nightly.cli.status;

import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.nightly.measure.LimitUses;
import uk.fpw.nightly.measure.PhaseTimes;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.ledger.RunLedger;
import uk.fpw.warehouse.store.ledger.RunPhases;

/**
 * What a monitoring system watches, besides what a person reads.
 *
 * @param phases how long the phases of the latest run took
 * @param phasesUnavailable why they are unknown; null if they are known
 * @param slow those that took far longer than usual
 * @param limits how near loads and release came to their limits
 */
record StatusMeasures(
        List<RunPhases.Phase> phases,
        @Nullable String phasesUnavailable,
        List<PhaseTimes.Slow> slow,
        LimitUses limits) {

    /** Nothing was measured. */
    static StatusMeasures unknown(String reason) {
        return new StatusMeasures(List.of(), reason, List.of(), new LimitUses(List.of(), reason));
    }

    /**
     * Reads the phases. If they cannot be read they are unknown with the reason, so that it hides nothing else.
     *
     * @param runs the latest runs, newest first
     */
    static StatusMeasures read(DataSource dataSource, List<RunLedger.Run> runs, LimitUses limits) {
        if (runs.isEmpty()) {
            return new StatusMeasures(List.of(), "there was no run yet", List.of(), limits);
        }
        try {
            PhaseTimes times = PhaseTimes.read(dataSource, runs);
            List<RunPhases.Phase> phases = times.of(runs.get(0).runId());
            return new StatusMeasures(
                    phases,
                    phases.isEmpty() ? "its steps are not recorded, or no longer" : null,
                    times.slow(runs.get(0).runId()),
                    limits);
        } catch (FpwException unreadable) {
            return new StatusMeasures(List.of(), unreadable.getMessage(), List.of(), limits);
        }
    }
}
