package uk.fpw.metrics.fact;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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

    /**
     * Computes every row.
     *
     * @param figures query result of each of {@link #asked}, by name of the fact
     * @param consumer receives the values of a row, in the order of the model's columns
     */
    public static void write(
            Force force, ReleaseKey releaseKey, Map<String, OurFigures> figures, Consumer<Object[]> consumer) {
        TableRows table = new TableRows(Models.find(TABLE).orElseThrow(), consumer);
        LocalDate businessDate = LocalDate.ofEpochDay(releaseKey.asOf());
        for (Fact fact : force.facts()) {
            OurFigures ours = figures.getOrDefault(fact.name(), new OurFigures());
            TableRows.Row row = table.row()
                    .set("force", releaseKey.force())
                    .set("release_id", releaseKey.releaseId().value())
                    .set("data_as_at", businessDate);
            setFact(row, fact);
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
