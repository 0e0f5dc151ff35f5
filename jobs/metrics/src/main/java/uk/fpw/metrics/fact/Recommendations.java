package uk.fpw.metrics.fact;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.fact.DatedFigures.Asked;
import uk.fpw.metrics.fact.DatedFigures.Found;
import uk.fpw.metrics.fact.DatedFigures.Value;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.model.Models;
import uk.fpw.statistics.Proportion;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.recommendation.Recommendation;

/**
 * Computes the rows of {@code mart.recommendation}: the recommendations of a force, with each figure then and now.
 * The status is what the force says; no figure changes it.
 */
public final class Recommendations {

    public static final String TABLE = "mart.recommendation";

    /** Stands for the name of a figure if there is none. */
    static final String NO_FIGURE = "none";

    private static final String NOT_DECLARED = "no figure is declared for it";

    private Recommendations() {}

    /** The figures to query: each as at the day of its recommendation, and as at the business date. */
    public static List<Asked> asked(Force force, LocalDate businessDate) {
        return force.recommendations().stream()
                .flatMap(recommendation -> recommendation.figures().stream()
                        .flatMap(figure -> Stream.of(recommendation.report().madeOn(), businessDate)
                                .filter(day -> !day.isAfter(businessDate))
                                .distinct()
                                .map(day -> Asked.of(recommendation.name(), figure, day))))
                .toList();
    }

    /**
     * Computes every row.
     *
     * @param figures the rows that the query of each of {@link #asked} returned
     * @param consumer receives the values of a row, in the order of the model's columns
     */
    public static void write(
            Force force, ReleaseKey releaseKey, Map<Asked, List<Found>> figures, Consumer<Object[]> consumer) {
        TableRows table = new TableRows(Models.find(TABLE).orElseThrow(), consumer);
        LocalDate businessDate = LocalDate.ofEpochDay(releaseKey.asOf());
        for (Recommendation recommendation : force.recommendations()) {
            LocalDate madeOn = recommendation.report().madeOn();
            for (Recommendation.Figure figure : recommendation.figures()) {
                TableRows.Row row = row(table, releaseKey, recommendation);
                row.set("figure", figure.name())
                        .set("figure_title", figure.title())
                        .set("unit", figure.unit())
                        .set("better_direction", figure.better().text());
                setFigure(
                        row,
                        figure.better(),
                        madeOn.isAfter(businessDate)
                                ? Value.unknown("it was made after " + businessDate + ", the last day of these figures")
                                : Value.of(figures, Asked.of(recommendation.name(), figure, madeOn)),
                        Value.of(figures, Asked.of(recommendation.name(), figure, businessDate)));
                row.end();
            }
            if (recommendation.figures().isEmpty()) {
                TableRows.Row row = row(table, releaseKey, recommendation);
                row.set("figure", NO_FIGURE)
                        .set("figure_title", null)
                        .set("unit", null)
                        .set("better_direction", null);
                setFigure(row, null, Value.unknown(NOT_DECLARED), Value.unknown(NOT_DECLARED));
                row.end();
            }
        }
    }

    private static TableRows.Row row(TableRows table, ReleaseKey releaseKey, Recommendation recommendation) {
        LocalDate businessDate = LocalDate.ofEpochDay(releaseKey.asOf());
        return table.row()
                .set("force", releaseKey.force())
                .set("release_id", releaseKey.releaseId().value())
                .set("data_as_at", businessDate)
                .set("recommendation", recommendation.name())
                .set("made_by", recommendation.report().by())
                .set("report_title", recommendation.report().title())
                .set("report_reference", recommendation.report().reference())
                .set("made_on", recommendation.report().madeOn())
                .set("words", recommendation.words())
                .set("is_quoted", recommendation.quoted())
                .set("recommendation_kind", recommendation.kind().text())
                .set("owner", recommendation.owner())
                .set("due_within", recommendation.due().within())
                .set("due_on", recommendation.due().date())
                .set("is_overdue", recommendation.isOverdue(businessDate))
                .set("status", recommendation.status().state().text())
                .set("status_on", recommendation.status().on())
                .set("status_decided_by", recommendation.status().decidedBy())
                .set("evidence", recommendation.status().evidence())
                .set("then_as_at", recommendation.report().madeOn())
                .set("now_as_at", businessDate);
    }

    private static void setFigure(TableRows.Row row, Recommendation.@Nullable Direction better, Value then, Value now) {
        String reason = notComparable(then, now);
        Double difference = null;
        if (reason == null && then.value() != null && now.value() != null) {
            difference = now.value() - then.value();
        }
        setShare(row, "then", then.share());
        setShare(row, "now", now.share());
        Proportion.Between between = reason != null || then.share() == null || now.share() == null
                ? null
                : now.share().differenceFrom(then.share());
        row.set("difference_low", between == null ? null : between.low())
                .set("difference_high", between == null ? null : between.high());
        row.set("value_then", then.value())
                .set("value_then_reason", then.reason())
                .set("value_now", now.value())
                .set("value_now_reason", now.reason())
                .set("difference", difference)
                .set("is_better", isBetter(better, difference))
                .set("difference_reason", reason);
    }

    private static void setShare(TableRows.Row row, String when, @Nullable Proportion share) {
        Proportion.Between interval = share == null ? null : share.interval();
        row.set("part_count_" + when, share == null ? null : share.count())
                .set("of_count_" + when, share == null ? null : share.total())
                .set("low_" + when, interval == null ? null : interval.low())
                .set("high_" + when, interval == null ? null : interval.high());
    }

    private static @Nullable Boolean isBetter(Recommendation.@Nullable Direction better, @Nullable Double difference) {
        if (better == null || difference == null) {
            return null;
        }
        return better == Recommendation.Direction.LOWER ? difference < 0 : difference > 0;
    }

    private static @Nullable String notComparable(Value then, Value now) {
        if (then.value() == null || now.value() == null) {
            return "there is no figure "
                    + (then.value() != null ? "now" : now.value() != null ? "then" : "then or now");
        }
        return Objects.equals(then.version(), now.version())
                ? null
                : "the definitions differ: version " + (then.version() == null ? "unknown" : then.version()) + " then, "
                        + (now.version() == null ? "unknown" : now.version()) + " now";
    }
}
