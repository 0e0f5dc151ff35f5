package uk.fpw.nightly.measure;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.store.ledger.RunLedger;
import uk.fpw.warehouse.store.ledger.RunPhases;

/**
 * How long the phases of runs took.
 *
 * @param runs runs, newest first
 * @param phases phases of each; none of runs whose steps are not recorded, or no longer
 */
public record PhaseTimes(List<RunLedger.Run> runs, Map<RunId, List<RunPhases.Phase>> phases) {

    /** Earlier nights that are usual, and how few are too few to tell. */
    private static final int USUAL_OF = 14;

    private static final int FEWEST = 5;

    /** What takes seconds varies by more than twice for no reason that an operator could find. */
    private static final double LEAST_MORE = 30;

    /** Reads the phases of these runs. */
    public static PhaseTimes read(DataSource dataSource, List<RunLedger.Run> runs) {
        return new PhaseTimes(
                runs,
                new RunPhases(dataSource)
                        .of(runs.stream().map(RunLedger.Run::runId).toList()));
    }

    /**
     * A phase that took more than twice its usual time, and at least half a minute more.
     *
     * @param phase such as {@code load_feeds}
     * @param usual median of the last 14 earlier runs that released and had the phase, in seconds
     */
    public record Slow(String phase, double seconds, double usual) {}

    /** The phases of a run that have begun, in order. */
    public List<RunPhases.Phase> of(RunId run) {
        return phases.getOrDefault(run, List.of());
    }

    /** The slow phases of a run, in order; none where fewer than five earlier runs can tell. */
    public List<Slow> slow(RunId run) {
        return of(run).stream()
                .map(phase -> slow(run, phase))
                .filter(Objects::nonNull)
                .toList();
    }

    private @Nullable Slow slow(RunId run, RunPhases.Phase phase) {
        Double took = phase.seconds();
        Double usual = usual(run, phase.phase());
        return took == null || usual == null || took <= 2 * usual || took < usual + LEAST_MORE
                ? null
                : new Slow(phase.phase(), took, usual);
    }

    /** What a phase usually takes before a run, in seconds; null if too few runs can tell. */
    @Nullable
    Double usual(RunId run, String phase) {
        List<Double> earlier = runs.stream()
                .dropWhile(one -> !one.runId().equals(run))
                .skip(1)
                .filter(one -> one.status().equals("released"))
                .flatMap(one -> of(one.runId()).stream())
                .filter(one -> one.phase().equals(phase))
                .map(RunPhases.Phase::seconds)
                .filter(Objects::nonNull)
                .limit(USUAL_OF)
                .toList();
        return earlier.size() < FEWEST ? null : Median.of(earlier);
    }
}
