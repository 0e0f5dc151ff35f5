package uk.fpw.nightly.run.change;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.Family;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.fact.Fact;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.ReleaseSteps;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.ledger.WithdrawnReleases;
import uk.fpw.warehouse.store.release.ReleaseTableReader;

/**
 * Changes of figures that somebody may have quoted: the counts of pinned releases, and published facts.
 *
 * @param pinned every pinned release, the latest first
 * @param factCount number of published facts that both the new release and the one it replaces have
 * @param facts those that changed
 * @param erased lines about erased rows, for the summary of a run; empty if there are none
 */
public record QuotedFigures(List<PinnedChange> pinned, int factCount, List<MovedFact> facts, List<String> erased) {

    private static final String FACTS = "mart.published_fact";
    private static final String CHANGES = Models.countedBy(Family.COMPARISON).get(0);

    /** For a run that did not compare them. */
    public static final QuotedFigures NONE = new QuotedFigures(List.of(), 0, List.of());

    /** Figures without lines about erased rows. */
    QuotedFigures(List<PinnedChange> pinned, int factCount, List<MovedFact> facts) {
        this(pinned, factCount, facts, List.of());
    }

    /** The same with lines about erased rows. */
    public QuotedFigures withErased(List<String> lines) {
        return new QuotedFigures(pinned, factCount, facts, lines);
    }

    /**
     * Compares them with a new release.
     *
     * @param defined published facts as the force now defines them; none if unknown
     * @param release the new release
     * @param replaced the release that it replaced; null if there was none
     */
    public static QuotedFigures find(
            DataSource dataSource,
            WarehouseCatalog catalog,
            List<Fact> defined,
            Release release,
            @Nullable Release replaced) {
        ReleaseTableReader reader = new ReleaseTableReader(catalog);
        List<Release> pinned = new Releases(dataSource)
                .list().stream()
                        .filter(one -> one.name() != null && !one.releaseId().equals(release.releaseId()))
                        .toList();
        List<PinnedChange> changes = pinned.isEmpty()
                ? List.of()
                : PinnedChange.of(
                        pinned,
                        new WithdrawnReleases(dataSource).all().keySet(),
                        new ReleaseSteps(dataSource).all(),
                        release.releaseId(),
                        (pin, rows) -> reader.forEach(release, CHANGES, FigureDiff.COLUMNS, since(pin), rows));
        if (replaced == null || !reader.has(replaced, FACTS) || !reader.has(release, FACTS)) {
            return new QuotedFigures(changes, 0, List.of());
        }
        List<Map<String, @Nullable Object>> then = reader.read(replaced, FACTS, MovedFact.COLUMNS);
        if (then.isEmpty()) {
            return new QuotedFigures(changes, 0, List.of());
        }
        Map<String, String> queries = new HashMap<>();
        for (Fact fact : defined) {
            if (fact.query() != null) {
                queries.put(fact.name(), fact.query());
            }
        }
        return new QuotedFigures(
                changes,
                then.size(),
                MovedFact.of(
                        then,
                        replaced.businessDate(),
                        reader.read(release, FACTS, MovedFact.COLUMNS),
                        step(reader, release),
                        queries));
    }

    /** Which counts changed in the step to a release, and why; each once, whatever the values of its slice. */
    private static Set<Map<String, @Nullable Object>> step(ReleaseTableReader reader, Release release) {
        Set<Map<String, @Nullable Object>> step = new HashSet<>();
        reader.forEach(
                release,
                CHANGES,
                MovedFact.STEP_COLUMNS,
                Expressions.and(
                        Expressions.equal("new_release_id", release.releaseId().value()),
                        FigureDiff.PeriodKind.month.rows()),
                step::add);
        return step;
    }

    /** Steps after a pinned release, about months that were over when it was made. */
    private static Expression since(Release pinned) {
        String date = pinned.businessDate().toString();
        return Expressions.and(
                Expressions.greaterThanOrEqual("new_as_at", date),
                Expressions.lessThanOrEqual("period_end_on", date),
                FigureDiff.PeriodKind.month.rows());
    }
}
