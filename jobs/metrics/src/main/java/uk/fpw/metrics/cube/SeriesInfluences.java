package uk.fpw.metrics.cube;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uk.fpw.metrics.series.ComparisonSpec;
import uk.fpw.metrics.series.ObservedSpell;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.metrics.series.Window;
import uk.fpw.statistics.wait.ComparedWaits;
import uk.fpw.statistics.wait.ContributorWaits;
import uk.fpw.statistics.wait.InfluenceSums;
import uk.fpw.statistics.wait.LogRankSums;
import uk.fpw.warehouse.force.queue.PeriodKind;

/**
 * Adds what contributors do to the curves and tests of one series, one contributor after another. Counts the same
 * spells as {@link WaitCounts}, {@link WindowCounts} and {@link ComparisonCounts}.
 */
final class SeriesInfluences {

    /** A curve with the waits of the current contributor in it. */
    private record Curve(InfluenceSums sums, ContributorWaits waits) {}

    /** A test with the waits of the current contributor in it. */
    private record Test(PairKey key, LogRankSums sums, Map<String, Integer> strata, ComparedWaits waits) {}

    private final QueueSpec queue;
    private final Map<CurveKey, Curve> curves = new HashMap<>();
    private final Map<Integer, List<Test>> tests = new HashMap<>();
    private final List<Curve> currentCurves = new ArrayList<>();
    private final List<Test> currentTests = new ArrayList<>();

    SeriesInfluences(QueueSpec queue, WaitWeights weights) {
        this.queue = queue;
        weights.curves()
                .forEach((key, curve) -> curves.put(key, new Curve(new InfluenceSums(curve), new ContributorWaits())));
        weights.pairs().forEach((key, pair) -> tests.computeIfAbsent(key.comparison(), any -> new ArrayList<>())
                .add(new Test(key, new LogRankSums(pair.weights()), pair.strata(), new ComparedWaits())));
    }

    /**
     * Adds a contributor.
     *
     * @param windowKinds kinds of period that the series has
     * @param isTotal whether groups are compared
     * @param places all its spells in the series
     */
    void add(List<PeriodKind> windowKinds, boolean isTotal, List<ContributorGroups.Place> places) {
        for (ContributorGroups.Place place : places) {
            ObservedSpell spell = place.block().spell(place.index());
            WaitCounts.forEachCohort(
                    spell,
                    queue,
                    cohort -> add(
                            CurveKey.ofCohort(cohort),
                            spell,
                            spell.observedFromOn(),
                            spell.observedToOn(),
                            spell.reasonLeft()));
            if (!spell.isReentry() && spell.isWaitKnown()) {
                for (PeriodKind kind : windowKinds) {
                    for (Window window : Window.of(kind, spell)) {
                        if (WindowCounts.isRetained(kind, window, queue)) {
                            add(
                                    CurveKey.ofWindow(kind, window.period()),
                                    spell,
                                    window.fromOn(),
                                    window.toOn(),
                                    queue.outcome(window.exitReason()));
                        }
                    }
                }
                if (isTotal) {
                    addGroups(place, spell);
                }
            }
        }
        for (Curve curve : currentCurves) {
            curve.sums.add(curve.waits);
            curve.waits.clear();
        }
        for (Test test : currentTests) {
            test.sums.add(test.waits);
            test.waits.clear();
        }
        currentCurves.clear();
        currentTests.clear();
    }

    private void addGroups(ContributorGroups.Place place, ObservedSpell spell) {
        for (int i = 0; i < queue.comparisons().size(); i++) {
            ComparisonSpec spec = queue.comparisons().get(i);
            List<ComparisonSpec.Part> parts = spec.parts(spell, place::value).stream()
                    .filter(part -> spec.isRetained(queue, spell, part))
                    .toList();
            for (ComparisonSpec.Part part : parts) {
                add(CurveKey.ofGroup(i, part.group()), spell, part.fromOn(), part.toOn(), part.exitReason());
            }
            for (Test test : tests.getOrDefault(i, List.of())) {
                addParts(test, spec, place, spell, parts);
            }
        }
    }

    private void addParts(
            Test test,
            ComparisonSpec spec,
            ContributorGroups.Place place,
            ObservedSpell spell,
            List<ComparisonSpec.Part> parts) {
        boolean isNew = true;
        for (ComparisonSpec.Part part : parts) {
            boolean isFirst = part.group().equals(test.key.first());
            if (isFirst || part.group().equals(test.key.second())) {
                if (isNew) {
                    if (test.waits.size() == 0) {
                        currentTests.add(test);
                    }
                    test.waits.addItem();
                    isNew = false;
                }
                test.waits.addPart(
                        isFirst ? 0 : 1,
                        test.strata.getOrDefault(ComparisonCounts.stratum(spec, place::value), -1),
                        part.fromOn() - spell.enteredOn(),
                        part.toOn() - spell.enteredOn(),
                        part.exitReason() != ObservedSpell.STILL_WAITING);
            }
        }
    }

    private void add(CurveKey key, ObservedSpell spell, int fromOn, int toOn, int exitReason) {
        Curve curve = curves.get(key);
        if (curve != null) {
            if (curve.waits.size() == 0) {
                currentCurves.add(curve);
            }
            curve.waits.add(fromOn - spell.enteredOn(), toOn - spell.enteredOn(), exitReason);
        }
    }

    WaitSums sums() {
        WaitSums sums = new WaitSums();
        curves.forEach((key, curve) -> sums.put(key, curve.sums));
        tests.values().forEach(all -> all.forEach(test -> sums.put(test.key, test.sums)));
        return sums;
    }
}
