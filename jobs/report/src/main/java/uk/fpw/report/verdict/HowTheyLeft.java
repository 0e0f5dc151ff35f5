package uk.fpw.report.verdict;

import java.util.ArrayList;
import java.util.List;
import uk.fpw.model.DuckSql;
import uk.fpw.report.data.Row;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;

/** How items of a queue left in the periods of a verdict: fewer may wait because of work, or because of none. */
public final class HowTheyLeft {

    private static final String EXITS = """
            with

            exits as (

                select distinct queue, exit_reason as part_name, is_served
                from mart.queue_exit

            )

            select
                driver.part,
                driver.part_name,
                coalesce(exits.is_served, false) as is_served,
                driver.period_count,
                driver.earlier_count
            from mart.queue_driver as driver
            left join exits using (queue, part_name)
            where
                driver.queue = %s
                and driver.is_total
                and driver.period_kind = %s
                and driver.compared_with = %s
                and driver.period_end_on = %s
                and (
                    (driver.measure = 'left' and driver.part = 'left')
                    or (driver.measure = 're-entered' and driver.part = 'all')
                )
                and (driver.period_count > 0 or driver.earlier_count > 0)
            order by driver.part = 'all', is_served desc, driver.period_count desc, driver.part_name
            """;

    private HowTheyLeft() {}

    /** As a sentence, with the count of the earlier period in brackets; empty if the release does not have it. */
    public static String sentence(SiteData site, Verdict verdict) {
        if (!site.release().has("mart.queue_driver", "part_name")) {
            return "";
        }
        List<String> served = new ArrayList<>();
        List<String> unserved = new ArrayList<>();
        String back = "; none came back";
        for (Row row : site.release()
                .rows(EXITS.formatted(
                        DuckSql.text(verdict.queue()),
                        DuckSql.text(verdict.periods().kind()),
                        DuckSql.text(verdict.periods().comparedWith()),
                        "date '" + verdict.periods().to() + "'"))) {
            String counts = English.count(row.countOrNull("period_count")) + " ("
                    + English.count(row.countOrNull("earlier_count")) + ")";
            if (row.text("part").equals("all")) {
                back = "; came back " + counts;
            } else {
                (row.flag("is_served") ? served : unserved)
                        .add(row.text("part_name").replace('_', ' ') + " " + counts);
            }
        }
        if (served.isEmpty() && unserved.isEmpty()) {
            return "";
        }
        return " How they left (before in brackets): "
                + (served.isEmpty() ? "none was served" : "served: " + English.list(served))
                + (unserved.isEmpty() ? "; none unserved" : "; not served: " + English.list(unserved))
                + back + ".";
    }
}
