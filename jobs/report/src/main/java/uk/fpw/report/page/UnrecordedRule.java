package uk.fpw.report.page;

import java.util.ArrayList;
import java.util.List;
import uk.fpw.report.data.Row;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;

/** Open cases of which no step at all is recorded, as a count: which ones is for those who work on them. */
final class UnrecordedRule implements AttentionRule {

    private static final String FIND = """
            with

            cases as (

                select
                    milestones,
                    case_key,
                    max(age_days) as age_days,
                    count(*) filter (where status <> 'not recorded') as recorded_count
                from mart.case_milestone_open
                group by milestones, case_key

            )

            select
                milestones,
                count(*) as case_count,
                count(*) filter (where recorded_count = 0) as nothing_count,
                count(*) filter (where recorded_count = 0 and age_days > 28) as old_count
            from cases
            group by milestones
            having old_count > 0
            """;

    @Override
    public TodayModel.Rule shown() {
        return new TodayModel.Rule(
                "nothing recorded",
                "Open cases of which none of the steps that the force follows is recorded after more than 28 days. Not "
                        + "recorded is not the "
                        + "same as not done: this should be checked.");
    }

    @Override
    public List<Attention> find(SiteData site) {
        List<Attention> found = new ArrayList<>();
        if (!site.release().has("mart.case_milestone_open")) {
            return found;
        }
        for (Row row : site.release().rows(FIND)) {
            long nothing = row.count("nothing_count");
            found.add(new Attention(
                    shown().name(),
                    "Cases with nothing recorded (" + row.text("milestones").replace('_', ' ') + ")",
                    "Of " + English.of(row.count("case_count"), "open case") + ", " + English.count(nothing)
                            + (nothing == 1 ? " has" : " have") + " none of the steps recorded, "
                            + English.count(row.count("old_count")) + " of them after more than 28 days.",
                    SilencePart.HREF,
                    null,
                    1,
                    nothing));
        }
        return found;
    }
}
