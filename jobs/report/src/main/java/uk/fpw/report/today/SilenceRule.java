package uk.fpw.report.today;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.report.data.Row;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.page.RunFindings;
import uk.fpw.report.page.SilencePart;
import uk.fpw.report.text.English;

/** Open cases of which nothing has been recorded for longer than 91 days, as a count; also where it cannot be told. */
final class SilenceRule implements AttentionRule {

    private static final String FIND = """
            select *
            from mart.case_silence_count
            where silent_over_days = 91 and (silent_case_count > 0 or unknown_case_count > 0)
            """;

    @Override
    public Attention.Rule shown() {
        return new Attention.Rule(
                Attention.Harm.PEOPLE,
                "silence",
                "Open cases in which no activity has been recorded for more than 91 days, and those of which it cannot "
                        + "be told. Nothing recorded is never the same as nothing done: this should be checked.");
    }

    @Override
    public List<Attention> find(SiteData site) {
        if (!site.release().has("mart.case_silence_count", "silent_over_days")) {
            return List.of();
        }
        return site.release().rows(FIND).stream()
                .map(row -> attention(row, site))
                .toList();
    }

    private Attention attention(Row row, SiteData site) {
        Long silent = row.countOrNull("silent_case_count");
        return new Attention(
                shown(),
                row.text("milestones_title") + ": nothing recorded for long",
                sentence(row, silent)
                        + RunFindings.unlinked(site).stream().map(" "::concat).collect(Collectors.joining()),
                SilencePart.HREF,
                null,
                silent == null ? row.count("unknown_case_count") : silent);
    }

    private static String sentence(Row row, @Nullable Long silent) {
        String open = English.of(row.count("open_case_count"), "open case");
        if (silent == null) {
            return "Of " + open + ", how long nothing was recorded cannot be told of "
                    + English.count(row.count("unknown_case_count")) + ": " + row.text("unknown_reason") + ".";
        }
        long never = row.count("never_recorded_count");
        return "Of " + open + ", " + English.count(silent) + (silent == 1 ? " has" : " have")
                + " had no activity recorded for more than 91 days"
                + (never == 0 ? "" : ", and " + English.count(never) + " of these none since the force became aware")
                + ". Not recorded is not the same as not done: check.";
    }
}
