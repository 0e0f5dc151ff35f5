package uk.fpw.report.page;

import java.util.ArrayList;
import java.util.List;
import uk.fpw.report.data.Row;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;

/** Open cases of which nothing has been recorded for longer than 91 days, as a count. */
final class SilenceRule implements AttentionRule {

    private static final String FIND = """
            select *
            from mart.case_silence_count
            where silent_over_days = 91 and silent_case_count > 0
            """;

    @Override
    public TodayModel.Rule shown() {
        return new TodayModel.Rule(
                "silence",
                "Open cases in which no activity has been recorded for more than 91 days. Nothing "
                        + "recorded is never the "
                        + "same as nothing done: this should be checked.");
    }

    @Override
    public List<Attention> find(SiteData site) {
        List<Attention> found = new ArrayList<>();
        if (!site.release().has("mart.case_silence_count", "silent_over_days")) {
            return found;
        }
        for (Row row : site.release().rows(FIND)) {
            long silent = row.count("silent_case_count");
            long never = row.count("never_recorded_count");
            found.add(new Attention(
                    shown().name(),
                    row.text("milestones_title") + ": nothing recorded for long",
                    "Of " + English.of(row.count("open_case_count"), "open case") + ", " + English.count(silent)
                            + (silent == 1 ? " has" : " have") + " had no activity recorded for more than 91 days"
                            + (never == 0
                                    ? "."
                                    : ", and " + English.count(never) + " of these none since the force became aware."),
                    SilencePart.HREF,
                    null,
                    1,
                    silent));
        }
        return found;
    }
}
