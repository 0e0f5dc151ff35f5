package uk.fpw.report.change;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import uk.fpw.layout.ReleaseId;
import uk.fpw.report.data.Row;
import uk.fpw.report.data.SiteData;

/**
 * The steps that led from an earlier release to that of the pages. A release that changed no figure of the past left no
 * row of {@code mart.figure_change}, and no step.
 *
 * @param from the earlier release
 * @param asAt its business date
 * @param made the releases that changed figures since, the latest first; never empty
 */
record ReleaseSteps(ReleaseId from, LocalDate asAt, List<ReleaseId> made) {

    /** Each of the last releases has a page, before them the last one of each month. */
    private static final int DAYS = 7;

    private static final int MONTHS = 13;

    private static final String RECORDED = """
            select distinct replaced_release_id, replaced_as_at, new_release_id
            from mart.figure_change
            where is_total and %s
            """.formatted(ChangeOrder.SHOWN);

    /** Whether this is the difference from the release before. */
    boolean isOne() {
        return made.size() == 1;
    }

    /** The page, from the folder of the site. */
    String path() {
        return "changes/since-" + from.value().replace('.', '-') + ".html";
    }

    /**
     * From each earlier release that has a page, the latest first.
     *
     * <p>A withdrawn release is left out: the one after it was compared with the one before it.
     */
    static List<ReleaseSteps> of(SiteData site) {
        List<Row> recorded = site.release().rows(RECORDED).stream()
                .sorted((one, other) -> made(other).compareTo(made(one)))
                .toList();
        List<ReleaseSteps> steps = new ArrayList<>();
        List<ReleaseId> made = new ArrayList<>();
        Set<YearMonth> months = new HashSet<>();
        ReleaseId at = site.release().manifest().id();
        for (Row row : recorded) {
            if (made(row).compareTo(at) > 0) {
                continue;
            }
            made.add(made(row));
            at = ReleaseId.of(row.text("replaced_release_id"));
            LocalDate asAt = row.date("replaced_as_at");
            boolean isLastOfMonth = months.add(YearMonth.from(asAt));
            if (made.size() <= DAYS || (isLastOfMonth && months.size() <= MONTHS)) {
                steps.add(new ReleaseSteps(at, asAt, List.copyOf(made)));
            }
        }
        return steps;
    }

    private static ReleaseId made(Row row) {
        return ReleaseId.of(row.text("new_release_id"));
    }
}
