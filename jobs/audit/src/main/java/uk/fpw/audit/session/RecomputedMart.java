package uk.fpw.audit.session;

import java.util.List;
import uk.fpw.model.Explained;
import uk.fpw.model.Model;
import uk.fpw.model.Models;

/** A table with statistics whose changes are explained by recomputing, as its model says. */
public record RecomputedMart(Model model) {

    /** Every one. */
    public static List<RecomputedMart> all() {
        return Models.explained(Explained.RECOMPUTED).stream()
                .map(RecomputedMart::new)
                .toList();
    }

    /** Its columns that are computed again, in order. */
    public List<String> statistics() {
        return model.explained(Explained.RECOMPUTED);
    }

    /** A query that makes one row of each published statistic. */
    public AuditQuery published() {
        return keyed("statistic")
                .with("stated", model.name())
                .with("mart", model.name())
                .with("measures", statistics())
                .with("month_start_on", isOfMonths() ? "month_start_on" : "cast(null as date)");
    }

    /** A query over rows with the grain of the table, with the parameters that tell its statistics apart. */
    public AuditQuery keyed(String query) {
        return AuditQuery.named(query)
                .with("standard", Explained.RECOMPUTED.hasFurther(model) ? "standard" : "'all'")
                .with("cohort", isOfMonths() ? "left(cast(month_start_on as varchar), 7)" : "cohort");
    }

    private boolean isOfMonths() {
        return Explained.RECOMPUTED.period(model).equals("month_start_on");
    }
}
