package uk.fpw.metrics.grading;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.figures.PartialPeriod;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.lifecycle.SparkText;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.grading.GradingScheme;

/**
 * What counting judgements needs to know about a force.
 *
 * @param grades grades by scheme and version, best first
 * @param known by grading query, how far its judgements are known
 */
record GradingSpec(Map<String, Map<Integer, List<String>>> grades, Map<String, Known> known) implements Serializable {

    /**
     * How far judgements are known.
     *
     * @param dataAsAt last known day
     * @param unavailableReason why that is not the business date; null if it is
     */
    record Known(LocalDate dataAsAt, @Nullable String unavailableReason) implements Serializable {

        /**
         * Sets the columns about reliability, withholds the row if the period is not known that far, and ends the
         * row.
         */
        void end(TableRows.Row row, GradingPeriod period, ReleaseKey releaseKey, long contributors) {
            LocalDate asOf = LocalDate.ofEpochDay(releaseKey.asOf());
            LocalDate speaksOf = period.endOn().isBefore(asOf) ? period.endOn() : asOf;
            boolean isAvailable = !speaksOf.isAfter(dataAsAt);
            row.set("is_partial", PartialPeriod.ofJudgements(period.endOn(), asOf))
                    .set("is_provisional", false)
                    .set("contributor_count", contributors)
                    .set("data_as_at", dataAsAt)
                    .set("is_available", isAvailable)
                    .set("unavailable_reason", null);
            if (!isAvailable) {
                row.withhold(unavailableReason);
            }
            row.end();
        }
    }

    static GradingSpec of(Force force, Coverage coverage) {
        return new GradingSpec(
                force.schemes().stream()
                        .collect(Collectors.toUnmodifiableMap(GradingScheme::name, scheme -> scheme.versions().stream()
                                .collect(Collectors.toUnmodifiableMap(
                                        GradingScheme.Version::version, version -> List.copyOf(version.grades()))))),
                force.gradings().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                grading -> grading.name(),
                                grading -> new Known(
                                        coverage.asAt(grading.feeds()), coverage.reason(force, grading.feeds())))));
    }

    /** The grades of a version, best first. */
    List<String> grades(String scheme, int version) {
        return Objects.requireNonNull(Objects.requireNonNull(grades.get(scheme)).get(version));
    }

    /** How far all these grading queries are known; the reason is that of the least known, the first by name. */
    Known known(Set<String> gradings) {
        return gradings.stream()
                .sorted(SparkText.ORDER)
                .map(grading -> Objects.requireNonNull(known.get(grading)))
                .min(Comparator.comparing(Known::dataAsAt))
                .orElseThrow();
    }
}
