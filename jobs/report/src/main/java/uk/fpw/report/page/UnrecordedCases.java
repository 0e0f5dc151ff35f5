package uk.fpw.report.page;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import uk.fpw.report.data.Row;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;

/**
 * Open cases of which hardly any step is recorded, as counts: which ones is for those who work on them.
 *
 * @param milestones the steps that are looked at
 * @param cases how many cases
 * @param sentence the counts in words
 */
public record UnrecordedCases(String milestones, long cases, String sentence) {

    /** By the day up to which the cases are known, which a feed that is late keeps behind. */
    private static final String FIND = """
            with

            cases as (

                select
                    milestones,
                    case_key,
                    max(age_days) as age_days,
                    max(data_as_at) as data_as_at,
                    string_agg(distinct step_title, ', ' order by step_title) as steps,
                    count(*) as step_count,
                    count(*) filter (where status <> 'not recorded') as recorded_count
                from mart.case_milestone_open
                group by milestones, case_key

            )

            select
                milestones,
                max(data_as_at) as data_as_at,
                any_value(steps) as steps,
                count(*) as case_count,
                count(*) filter (where recorded_count = 0 and age_days > 28) as old_count,
                count(*) filter (where recorded_count = 1 and step_count > 2 and age_days > 91) as one_count
            from cases
            group by milestones
            having old_count > 0 or one_count > 0
            """;

    /** Those of each kind of case, if there are any; none of a release without steps. */
    public static List<UnrecordedCases> of(SiteData site) {
        List<UnrecordedCases> found = new ArrayList<>();
        if (!site.release().has("mart.case_milestone_open")) {
            return found;
        }
        for (Row row : site.release().rows(FIND)) {
            long nothing = row.count("old_count");
            long one = row.count("one_count");
            List<String> parts = new ArrayList<>();
            if (one > 0) {
                parts.add(have(one) + " been open for more than 91 days with only one of the steps recorded");
            }
            if (nothing > 0) {
                parts.add(have(nothing) + " been open for more than 28 days with none of them recorded");
            }
            found.add(new UnrecordedCases(
                    row.text("milestones").replace('_', ' '),
                    nothing + one,
                    "Of " + English.of(row.count("case_count"), "open case") + ", " + English.list(parts)
                            + " (the steps: " + row.text("steps")
                            + "). Not recorded is not the same as not done: check. Those who "
                            + "work on them can see which cases they are (fpw report --restricted)."
                            + late(site, row)));
        }
        return found;
    }

    private static String have(long cases) {
        return English.count(cases) + (cases == 1 ? " has" : " have");
    }

    /** What has been recorded since cannot be told. */
    private static String late(SiteData site, Row row) {
        LocalDate known = row.dateOrNull("data_as_at");
        return known != null && known.isBefore(site.businessDate())
                ? " Known to " + English.day(known) + " only: what was recorded since cannot be told of any of these "
                        + English.of(row.count("case_count"), "case") + "."
                : "";
    }
}
