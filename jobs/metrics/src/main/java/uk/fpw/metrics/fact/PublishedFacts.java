package uk.fpw.metrics.fact;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import uk.fpw.metrics.fact.DatedFigures.Asked;
import uk.fpw.metrics.fact.DatedFigures.Found;
import uk.fpw.metrics.fact.DatedFigures.Value;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.fact.Fact;

/** Computes the rows of {@code mart.published_fact}: the facts of a force with their verdicts. */
public final class PublishedFacts {

    public static final String TABLE = "mart.published_fact";

    private PublishedFacts() {}

    /** The parameters of a fact's query. */
    public static Map<String, Object> parameters(Fact fact) {
        return Map.of("as_of_from", fact.asOfFrom(), "as_of_to", fact.asOfTo());
    }

    /** The facts that can be compared with our figures, whose queries must be run. */
    public static List<Fact> asked(Force force, LocalDate businessDate) {
        return force.facts().stream()
                .filter(fact -> FactVerdict.withoutQuery(fact, businessDate) == null)
                .toList();
    }

    /** The figures of ours to show beside facts that cannot be compared. */
    public static List<Asked> askedNow(Force force, LocalDate businessDate) {
        return force.facts().stream()
                .flatMap(fact ->
                        Stream.ofNullable(fact.oursNow()).map(ours -> Asked.of(fact.name(), ours, businessDate)))
                .toList();
    }

    /**
     * Computes every row.
     *
     * @param figures query result of each of {@link #asked}, by name of the fact
     * @param now the rows that the query of each of {@link #askedNow} returned
     * @param consumer receives the values of a row, in the order of the model's columns
     */
    public static void write(
            Force force,
            ReleaseKey releaseKey,
            Map<String, OurFigures> figures,
            Map<Asked, List<Found>> now,
            Consumer<Object[]> consumer) {
        TableRows table = new TableRows(Models.find(TABLE).orElseThrow(), consumer);
        LocalDate businessDate = LocalDate.ofEpochDay(releaseKey.asOf());
        for (Fact fact : force.facts()) {
            OurFigures ours = figures.getOrDefault(fact.name(), new OurFigures());
            TableRows.Row row = table.row()
                    .set("force", releaseKey.force())
                    .set("release_id", releaseKey.releaseId().value())
                    .set("data_as_at", businessDate);
            setFact(row, fact);
            row.set("pack", force.packOf(fact));
            setNow(row, fact, businessDate, now);
            row.set("our_unit", ours.unit());
            setVerdict(row, FactVerdict.of(fact, businessDate, ours));
            row.end();
        }
    }

    private static void setFact(TableRows.Row row, Fact fact) {
        row.set("fact", fact.name())
                .set("quote", fact.quote())
                .set("operator", fact.operator().sign())
                .set("stated_from", fact.from())
                .set("stated_to", fact.to())
                .set(
                        "about_share",
                        fact.operator() == Fact.Operator.ABOUT && !fact.isRange() ? (Double) fact.aboutShare() : null)
                .set("unit", fact.unit())
                .set("as_of_from_on", fact.asOfFrom())
                .set("as_of_to_on", fact.asOfTo())
                .set("clock_start", fact.clockStart())
                .set("population", fact.population())
                .set("definition", fact.definition())
                .set("body_count", fact.bodies())
                .set("fact_source", fact.source())
                .set("is_by_construction", fact.byConstruction());
    }

    private static void setNow(TableRows.Row row, Fact fact, LocalDate businessDate, Map<Asked, List<Found>> now) {
        Fact.OursNow ours = fact.oursNow();
        Value value = ours == null ? null : Value.of(now, Asked.of(fact.name(), ours, businessDate));
        row.set("our_latest", value == null ? null : value.value())
                .set("our_latest_unit", ours == null ? null : ours.unit())
                .set("our_latest_reason", value == null ? null : value.reason());
    }

    private static void setVerdict(TableRows.Row row, FactVerdict verdict) {
        row.set("our_value", verdict.ourValue())
                .set("our_lowest", verdict.ourLowest())
                .set("our_highest", verdict.ourHighest())
                .set("our_value_count", verdict.valueCount())
                .set("verdict", verdict.verdict())
                .set("difference", verdict.difference())
                .set("reason", verdict.reason());
    }
}
