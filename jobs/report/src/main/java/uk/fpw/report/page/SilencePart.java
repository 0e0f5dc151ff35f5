package uk.fpw.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import uk.fpw.report.data.Row;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;

/** How many open cases have had nothing recorded for how long; which ones is for those who work on them. */
public final class SilencePart {

    /** The page and part where it stands. */
    public static final String HREF = "quality/index.html#silence";

    private static final List<String> HEADINGS = List.of("Cases", "More than", "Open", "Of these", "None since known");

    private static final String COUNTS = """
            select *
            from mart.case_silence_count
            order by milestones_title, silent_over_days
            """;

    private SilencePart() {}

    /** The part, if the release counts it. */
    static List<Block> of(SiteData site) {
        if (!site.release().has("mart.case_silence_count", "silent_over_days")) {
            return List.of();
        }
        List<List<Block.Cell>> rows = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (Row row : site.release().rows(COUNTS)) {
            Long silent = row.countOrNull("silent_case_count");
            Long never = row.countOrNull("never_recorded_count");
            rows.add(List.of(
                    Block.Cell.of(row.text("milestones_title")),
                    Block.Cell.of(English.of(row.count("silent_over_days"), "day")),
                    Block.Cell.of(English.count(row.countOrNull("open_case_count"))),
                    Block.Cell.of(English.count(silent)),
                    Block.Cell.of(English.count(never))));
            String reason = row.textOrNull("unknown_reason");
            if (reason != null && !unknown.contains(reason)) {
                unknown.add(reason);
            }
        }
        if (rows.isEmpty()) {
            return List.of();
        }
        List<String> notes = new ArrayList<>(
                List.of("Nothing recorded is never the same as nothing done. Which cases these are, fpw report "
                        + "--restricted shows those who work on them, on record."));
        unknown.forEach(reason -> notes.add("Not known: " + reason + "."));
        notes.addAll(RunFindings.unlinked(site));
        return List.of(new Block(
                "silence",
                "Open cases with nothing recorded",
                Stream.concat(
                                UnrecordedCases.of(site).stream().map(UnrecordedCases::sentence),
                                Stream.of("Open cases by how long no activity has been recorded in them:"))
                        .toList(),
                List.of(),
                List.of(new Block.DataTable("Open cases with nothing recorded for so long", HEADINGS, rows)),
                notes,
                ""));
    }
}
