package uk.fpw.metrics.figures;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.cube.WaitSums;
import uk.fpw.metrics.series.ComparedPeriods;
import uk.fpw.statistics.period.Comparison;
import uk.fpw.statistics.wait.ComparedGroup;
import uk.fpw.statistics.wait.LogRank;
import uk.fpw.statistics.wait.LogRankSums;
import uk.fpw.statistics.wait.SurvivalCurve;

/** The waits of a queue in periods that are compared, by time at risk in them. */
final class PeriodWaits {

    private final Series series;
    private final PeriodSpread spread;

    PeriodWaits(Series series, PeriodSpread spread) {
        this.series = series;
        this.spread = spread;
    }

    private ComparedPairs pairs(ComparedPeriods.Span span) {
        return new ComparedPairs(series.queue(), series.queue().comparisonOf(span.kind()), series.cube());
    }

    PeriodSide side(ComparedPeriods.Span span) {
        for (ComparedPairs.Pair pair : pairs(span).pairs()) {
            for (ComparedPairs.Group group : List.of(pair.first(), pair.second())) {
                if (group.key().period() == span.yearsBefore()) {
                    SurvivalCurve.Quantile median = group.waits().all().count() == 0
                            ? null
                            : SurvivalCurve.of(group.waits().all()).quantile(0.5);
                    return new PeriodSide(
                            group.waits().all().leftCount(),
                            group.waits().all().count(),
                            null,
                            group.contributors(),
                            null,
                            null,
                            median == null ? null : median.value());
                }
            }
        }
        throw new IllegalStateException("no waits of " + span.title());
    }

    /** How fast items left in the current period of a kind and in an earlier one. */
    PeriodDifference difference(ComparedPeriods.Span earlier) {
        ComparedPairs.Pair pair = pairs(earlier).pairs().stream()
                .filter(one -> one.first().key().period() == earlier.yearsBefore())
                .findFirst()
                .orElseThrow();
        WaitSums variances = series.variances();
        String withheld = variances == null ? null : pair.withheld();
        LogRankSums byContributor =
                variances == null || withheld != null || !pair.isRobust() ? null : variances.pair(pair.key());
        ComparedGroup.LeavingRatio ratio =
                pair.first().waits().leavingRatio(pair.second().waits(), byContributor);
        ComparedGroup.Test test = pair.first().waits().compareWith(pair.second().waits(), byContributor);
        if (ratio == null || test.log10P() == null) {
            return PeriodDifference.none(true, test.status());
        }
        if (withheld == null && variances != null) {
            withheld = pair.tooFewLeft(test);
        }
        String untold = withheld == null ? spread.wandering() : withheld;
        if (untold != null) {
            return new PeriodDifference(true, true, 1, ratio.ratio(), null, null, null, null, untold);
        }
        double dispersion = spread.ofExits();
        Comparison ofCases = comparison(ratio, test.log10P());
        Comparison ofItems = scaled(pair, dispersion);
        boolean isByItems = ofItems != null && ofItems.log10P() >= ofCases.log10P();
        return new PeriodDifference(
                true,
                true,
                1,
                ratio.ratio(),
                isByItems ? ofItems : ofCases,
                dispersion,
                isByItems ? "items" : "cases",
                "log-rank test of the time at risk, variance "
                        + (isByItems
                                ? "scaled by over-dispersion"
                                : byContributor == null ? ComparedGroup.HYPERGEOMETRIC : ComparedGroup.BY_CONTRIBUTOR),
                null);
    }

    private static Comparison comparison(ComparedGroup.LeavingRatio ratio, double log10P) {
        return new Comparison(
                ratio.ratio(), ratio.low(), ratio.high(), log10P, Comparison.detectableRatio(ratio.standardError()));
    }

    /** The test of independent items, with a variance that is larger by a factor. */
    private static @Nullable Comparison scaled(ComparedPairs.Pair pair, double dispersion) {
        ComparedGroup.LeavingRatio plain =
                pair.first().waits().leavingRatio(pair.second().waits(), null);
        Double chiSquare =
                pair.first().waits().compareWith(pair.second().waits()).chiSquare();
        return plain == null || chiSquare == null
                ? null
                : comparison(plain.scaled(dispersion), LogRank.log10P(chiSquare / dispersion));
    }
}
