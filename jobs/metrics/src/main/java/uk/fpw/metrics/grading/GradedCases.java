package uk.fpw.metrics.grading;

import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The judgements by one scheme, grouped by series and period; each case counts once in each. */
final class GradedCases {

    /** With fewer cases nothing is tested. */
    static final int FEWEST_CASES = 3;

    private final String scheme;
    private final GradingSpec spec;
    private final GradingSpec.Known known;
    private final List<Judgement> judgements;
    private final NavigableMap<GradedSeries, NavigableMap<GradingPeriod, CaseGrades>> series = new TreeMap<>();

    /** @param judgements at least one */
    GradedCases(String scheme, GradingSpec spec, List<Judgement> judgements) {
        this.scheme = scheme;
        this.spec = spec;
        this.judgements = judgements;
        this.known = spec.known(judgements.stream().map(Judgement::grading).collect(Collectors.toSet()));
        for (Judgement judgement : judgements) {
            for (GradingPeriod period : GradingPeriod.of(judgement.judgedOn())) {
                series.computeIfAbsent(judgement.series(), any -> new TreeMap<>())
                        .computeIfAbsent(
                                period,
                                any -> new CaseGrades(grades(judgement.series()).size()))
                        .add(judgement);
            }
        }
    }

    String scheme() {
        return scheme;
    }

    GradingSpec.Known known() {
        return known;
    }

    List<Judgement> judgements() {
        return judgements;
    }

    /** By series and period; periods of the same kind are adjacent and in order of time. */
    NavigableMap<GradedSeries, NavigableMap<GradingPeriod, CaseGrades>> series() {
        return series;
    }

    /** The grades of a series, best first. */
    List<String> grades(GradedSeries of) {
        return spec.grades(scheme, of.version());
    }

    /** Why no conclusion can be drawn from the cases of a series; null if one can. */
    static @Nullable String noConclusion(GradedSeries series, CaseGrades cases) {
        long[] counts = cases.counts();
        if (counts == null) {
            return "the number of judgements is not known for every grade";
        }
        if (total(counts) == 0) {
            return cases.unclear() == 0
                    ? "nothing was judged"
                    : "every case got different grades on the latest day on which it was judged";
        }
        return series.noConclusion();
    }

    static long total(long[] counts) {
        return Arrays.stream(counts).sum();
    }
}
