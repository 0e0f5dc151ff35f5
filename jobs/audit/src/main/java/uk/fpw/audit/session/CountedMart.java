package uk.fpw.audit.session;

import java.util.List;
import uk.fpw.model.Explained;
import uk.fpw.model.FigureDefinition;
import uk.fpw.model.Model;
import uk.fpw.model.Models;

/** A table with counts whose changes are explained as sums over changed spells, as its model says. */
public record CountedMart(Model model) {

    /** Every one. */
    public static List<CountedMart> all() {
        return Models.explained(Explained.SUM).stream().map(CountedMart::new).toList();
    }

    /** The definition of its counts. */
    public FigureDefinition definition() {
        return FigureDefinition.ofSums(model);
    }

    /**
     * A query that makes one row of each count.
     *
     * @param query name of a query with the parameters that tell the counts of a table
     * @param rows table or view with the columns of the table
     * @param asAt the day of which figures of single days are listed, such as {@code 2016-01-12}
     */
    public AuditQuery counts(String query, String rows, String asAt) {
        String period = Explained.SUM.period(model);
        return AuditQuery.named(query)
                .with("counted", rows)
                .with("measures", model.explained(Explained.SUM))
                .with("period_kind", period.replace("_start_on", ""))
                .with("period_start", period)
                .with("exit_reason", Explained.SUM.hasFurther(model) ? "exit_reason" : "'all'")
                .with("as_at", asAt);
    }
}
