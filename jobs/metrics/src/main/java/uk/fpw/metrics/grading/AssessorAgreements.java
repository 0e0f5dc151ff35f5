package uk.fpw.metrics.grading;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.lifecycle.SparkText;
import uk.fpw.metrics.table.TableRows;

/**
 * Computes the rows of {@code mart.grading_agreement}: how far two assessors agree on the cases that both judged by a
 * scheme. The judgements of each assessor's latest day count; if these differ, the case is unclear. Judgements given
 * as counts show no agreement.
 */
final class AssessorAgreements {

    private final String scheme;
    private final GradingSpec spec;
    private final GradingSpec.Known known;
    private final ReleaseKey releaseKey;
    private final Map<Subject, NavigableMap<String, Opinion>> opinions = new HashMap<>();

    /** What two assessors may both have judged. */
    private record Subject(int version, String theme, String caseKey) {}

    /** The two assessors, and what their agreement is about. */
    private record Two(int version, String theme, String first, String second) implements Comparable<Two> {

        private static final Comparator<Two> ORDER = Comparator.comparingInt(Two::version)
                .thenComparing(Two::theme, SparkText.ORDER)
                .thenComparing(Two::first, SparkText.ORDER)
                .thenComparing(Two::second, SparkText.ORDER);

        @Override
        public int compareTo(Two other) {
            return ORDER.compare(this, other);
        }
    }

    /** @param judgements the judgements by a scheme, at least one */
    AssessorAgreements(String scheme, GradingSpec spec, ReleaseKey releaseKey, List<Judgement> judgements) {
        this.scheme = scheme;
        this.spec = spec;
        this.releaseKey = releaseKey;
        this.known = spec.known(judgements.stream().map(Judgement::grading).collect(Collectors.toSet()));
        judgements.stream().filter(this::counts).forEach(judgement -> {
            GradedSeries series = judgement.series();
            opinions.computeIfAbsent(
                            new Subject(series.version(), series.theme(), judgement.caseKey()),
                            any -> new TreeMap<>(SparkText.ORDER))
                    .merge(series.assessor(), Opinion.of(judgement), Opinion::with);
        });
    }

    private boolean counts(Judgement judgement) {
        return !judgement.givesCounts()
                && !judgement.series().assessor().equals(GradedSeries.NOT_RECORDED)
                && !judgement.judgedOn().isAfter(known.dataAsAt());
    }

    /** Writes the rows, by theme and the names of the assessors. */
    void write(TableRows table) {
        NavigableMap<Two, Compared> compared = new TreeMap<>();
        opinions.forEach((subject, ofAssessors) -> ofAssessors.forEach(
                (first, one) -> ofAssessors.tailMap(first, false).forEach((second, other) -> compared.computeIfAbsent(
                                new Two(subject.version, subject.theme, first, second),
                                two -> new Compared(
                                        spec.grades(scheme, two.version).size()))
                        .add(one, other))));
        compared.forEach((two, cases) -> write(table.row(), two, cases));
    }

    private void write(TableRows.Row row, Two two, Compared cases) {
        Agreement measure = cases.pairs == 0 ? null : Agreement.of(cases.table);
        row.set("force", releaseKey.force())
                .set("release_id", releaseKey.releaseId().value())
                .set("scheme", scheme)
                .set("scheme_version", two.version)
                .set("theme", two.theme)
                .set("first_assessor", two.first)
                .set("second_assessor", two.second)
                .set("pair_count", cases.pairs)
                .set("unclear_case_count", cases.unclear)
                .set("agreed_count", cases.agreed)
                .set("first_better_count", cases.firstBetter)
                .set("second_better_count", cases.pairs - cases.agreed - cases.firstBetter)
                .set("agreed_share", measure == null ? null : (double) cases.agreed / cases.pairs)
                .set("expected_share", measure == null ? null : measure.expectedShare())
                .set("kappa", measure == null ? null : measure.kappa())
                .set("linear_kappa", measure == null ? null : measure.linear())
                .set("quadratic_kappa", measure == null ? null : measure.quadratic())
                .set("kappa_reason", noKappa(measure))
                .set("first_judged_on", cases.firstJudgedOn)
                .set("last_judged_on", cases.lastJudgedOn)
                .set("contributor_count", cases.contributors.size())
                .set("data_as_at", known.dataAsAt())
                .end();
    }

    private static @Nullable String noKappa(@Nullable Agreement measure) {
        if (measure == null) {
            return "every case that both judged is unclear";
        }
        return measure.kappa() == null
                ? "both gave one and the same grade to every case: chance would agree as well"
                : null;
    }

    /** The grades that an assessor gave a case on the latest day. */
    private record Opinion(LocalDate judgedOn, int bestRank, int worstRank, String contributorKey) {

        static Opinion of(Judgement judgement) {
            return new Opinion(judgement.judgedOn(), judgement.rank(), judgement.rank(), judgement.contributorKey());
        }

        Opinion with(Opinion other) {
            int order = judgedOn.compareTo(other.judgedOn);
            if (order != 0) {
                return order > 0 ? this : other;
            }
            return new Opinion(
                    judgedOn,
                    Math.min(bestRank, other.bestRank),
                    Math.max(worstRank, other.worstRank),
                    SparkText.ORDER.compare(contributorKey, other.contributorKey) < 0
                            ? other.contributorKey
                            : contributorKey);
        }

        boolean isUnclear() {
            return bestRank != worstRank;
        }
    }

    /** The cases that two assessors both judged. */
    private static final class Compared {

        private final long[][] table;
        private final Set<String> contributors = new HashSet<>();
        private long pairs;
        private long unclear;
        private long agreed;
        private long firstBetter;
        private @Nullable LocalDate firstJudgedOn;
        private @Nullable LocalDate lastJudgedOn;

        Compared(int gradeCount) {
            table = new long[gradeCount][gradeCount];
        }

        void add(Opinion one, Opinion other) {
            contributors.add(one.contributorKey);
            if (one.isUnclear() || other.isUnclear()) {
                unclear++;
                return;
            }
            pairs++;
            table[one.bestRank - 1][other.bestRank - 1]++;
            if (one.bestRank == other.bestRank) {
                agreed++;
            } else if (one.bestRank < other.bestRank) {
                firstBetter++;
            }
            boolean isOneFirst = one.judgedOn.isBefore(other.judgedOn);
            LocalDate first = isOneFirst ? one.judgedOn : other.judgedOn;
            LocalDate last = isOneFirst ? other.judgedOn : one.judgedOn;
            firstJudgedOn = firstJudgedOn == null || first.isBefore(firstJudgedOn) ? first : firstJudgedOn;
            lastJudgedOn = lastJudgedOn == null || last.isAfter(lastJudgedOn) ? last : lastJudgedOn;
        }
    }
}
