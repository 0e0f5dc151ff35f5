package uk.fpw.nightly.run.change;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.ChangeCause;
import uk.fpw.nightly.run.change.FigureDiff.Figure;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.ReleaseSteps.Step;

/**
 * How a release differs from a pinned one in the counts of months that were over on the pinned one's date.
 *
 * @param name name under which it is pinned
 * @param changedCount number of counts that differ, totals and slices
 * @param largest the largest difference, with the parts of each cause over all steps in between; null if no two values
 *     differ
 * @param countsByCause number of these counts to which each cause contributes, in the order of the causes
 * @param notCompared why the two cannot be compared; null if they are
 */
record PinnedChange(
        String name,
        ReleaseId releaseId,
        int changedCount,
        @Nullable Figure largest,
        Map<String, Integer> countsByCause,
        @Nullable String notCompared) {

    /** Reads the recorded changes since a pinned release. */
    @FunctionalInterface
    interface Rows {

        /**
         * Passes on at least the steps after that release about months that were over on its date.
         *
         * @param reader receives each row with {@link FigureDiff#COLUMNS}
         */
        void forEach(Release pinned, Consumer<Map<String, @Nullable Object>> reader);
    }

    /**
     * The changes of every pinned release except the new one, in the given order.
     *
     * @param pinned releases that have a name
     * @param withdrawn those that were withdrawn
     * @param recorded which release replaced which
     * @param release the new release
     * @param rows reads rows of its {@code mart.figure_change}
     */
    static List<PinnedChange> of(
            List<Release> pinned,
            Set<ReleaseId> withdrawn,
            Map<ReleaseId, Step> recorded,
            ReleaseId release,
            Rows rows) {
        List<PinnedChange> changes = new ArrayList<>();
        for (Release pin : pinned) {
            String name = pin.name();
            if (name != null && !pin.releaseId().equals(release)) {
                changes.add(
                        withdrawn.contains(pin.releaseId())
                                ? notCompared(name, pin.releaseId(), "it was withdrawn: its figures must not be used")
                                : of(name, pin, recorded, release, rows));
            }
        }
        return changes;
    }

    private static PinnedChange notCompared(String name, ReleaseId releaseId, String why) {
        return new PinnedChange(name, releaseId, 0, null, Map.of(), why);
    }

    private static PinnedChange of(
            String name, Release pin, Map<ReleaseId, Step> recorded, ReleaseId release, Rows rows) {
        FigureDiff.Chain chain = FigureDiff.chain(recorded, pin.releaseId(), release);
        if (chain.gap() != null) {
            return notCompared(name, pin.releaseId(), chain.gap());
        }
        String expired = FigureDiff.expired(chain.steps(), release.businessDate());
        if (expired != null) {
            return notCompared(name, pin.releaseId(), expired);
        }
        AddedSteps added = new AddedSteps(chain.steps(), pin.businessDate());
        rows.forEach(pin, added::add);
        List<Figure> figures = added.figures();
        Map<String, Integer> counts = new TreeMap<>(Comparator.comparing(order()::indexOf));
        figures.forEach(figure -> figure.parts().keySet().forEach(cause -> counts.merge(cause, 1, Integer::sum)));
        return new PinnedChange(
                name,
                pin.releaseId(),
                figures.size(),
                figures.stream()
                        .filter(figure -> figure.from() != null && figure.to() != null)
                        .max(Comparator.comparingLong(PinnedChange::difference)
                                .thenComparing(figure -> figure.slice().equals("all"))
                                .thenComparing(Figure::startOn))
                        .orElse(null),
                counts,
                null);
    }

    private static List<String> order() {
        return ChangeCause.all().stream().map(ChangeCause::name).toList();
    }

    /** The absolute difference; 0 if a value is not available. */
    private static long difference(Figure figure) {
        Long from = figure.from();
        Long to = figure.to();
        return from == null || to == null ? 0 : Math.abs(to - from);
    }
}
