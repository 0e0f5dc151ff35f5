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
        boolean isMonth = Explained.RECOMPUTED.period(model).equals("month_start_on");
        return AuditQuery.named("statistic")
                .with("stated", model.name())
                .with("mart", model.name())
                .with("measures", statistics())
                .with("standard", Explained.RECOMPUTED.hasFurther(model) ? "standard" : "'all'")
                .with("cohort", isMonth ? "left(cast(month_start_on as varchar), 7)" : "cohort")
                .with("month_start_on", isMonth ? "month_start_on" : "cast(null as date)");
    }
}
