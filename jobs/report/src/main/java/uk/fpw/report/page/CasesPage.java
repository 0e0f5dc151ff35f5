package uk.fpw.report.page;

import java.util.ArrayList;
import java.util.List;
import uk.fpw.report.data.Row;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;

/**
 * Open cases one by one, for those who work on them: which steps are not recorded, how long nothing was, and how long
 * they wait. Made on request and on record, and no part of the other pages.
 */
public final class CasesPage implements PageSource {

    /** Those that a person reads in a morning; the tables hold all. */
    private static final int SHOWN = 200;

    private static final String MILESTONES = """
            select
                milestones.case_key,
                milestones.aware_on,
                milestones.age_days,
                count(*) filter (where milestones.status = 'not recorded') as unrecorded_count,
                string_agg(milestones.step_title, ', ' order by milestones.step_order)
                    filter (where milestones.status = 'not recorded') as unrecorded,
                string_agg(
                    milestones.step_title || ' (' || strftime(milestones.status_on, '%-d %B %Y') || ')',
                    ', ' order by milestones.step_order
                ) filter (where milestones.status = 'done') as done,
                count(*) over () as case_count
            from mart.case_milestone_open as milestones
            group by milestones.milestones, milestones.case_key, milestones.aware_on, milestones.age_days
            order by unrecorded_count desc, age_days desc, case_key
            limit
            """ + SHOWN;

    private static final String SILENCE = """
            select silence.*, count(*) over () as case_count
            from mart.case_silence as silence
            order by silent_days desc nulls first, age_days desc, case_key
            limit
            """ + SHOWN;

    private static final String CLOCK = """
            select clock.*, count(*) over () as case_count
            from mart.case_clock as clock
            order by clock_days desc nulls first, age_days desc, case_key
            limit
            """ + SHOWN;

    @Override
    public List<Page> pages(SiteData site) {
        List<Block> blocks = new ArrayList<>();
        if (site.release().has("mart.case_milestone_open", "step_title")) {
            blocks.add(milestones(site.release().rows(MILESTONES)));
        }
        if (site.release().has("mart.case_silence", "silence_reason")) {
            blocks.add(silence(site.release().rows(SILENCE)));
        }
        if (site.release().has("mart.case_clock", "clock_reason")) {
            blocks.add(clock(site.release().rows(CLOCK)));
        }
        return List.of(new Page(
                "index.html",
                "Open cases",
                Section.TODAY,
                "blocks.jte",
                new BlocksModel(notes(site), blocks),
                Page.Access.RESTRICTED));
    }

    private static List<String> notes(SiteData site) {
        List<String> notes = new ArrayList<>(List.of(
                "It is on record who made this page, when and why. Delete it when it has served its purpose; otherwise "
                        + "it is deleted within days. Whoever needs all cases, or others, asks fpw query.",
                "Keys are those of the sources, or pseudonyms of them. Nothing "
                        + "recorded is never the same as nothing done: look into the case."));
        notes.addAll(RunFindings.unlinked(site));
        return notes;
    }

    private static Block milestones(List<Row> rows) {
        return Block.ofTable(
                "milestones",
                "Which steps are not recorded",
                shown(rows) + "Not recorded is not the same as not done.",
                new Block.DataTable(
                        "Open cases, those with most steps not recorded first",
                        List.of("Case", "Known since", "Age, days", "Not recorded", "Done"),
                        rows.stream().map(CasesPage::milestoneLine).toList()));
    }

    private static List<Block.Cell> milestoneLine(Row row) {
        String unrecorded = row.textOrNull("unrecorded");
        String done = row.textOrNull("done");
        return List.of(
                Block.Cell.of(row.text("case_key")),
                Block.Cell.of(English.day(row.date("aware_on"))),
                Block.Cell.of(English.count(row.count("age_days"))),
                Block.Cell.of(unrecorded == null ? "–" : unrecorded),
                Block.Cell.of(done == null ? "–" : done));
    }

    private static Block silence(List<Row> rows) {
        return Block.ofTable(
                "silence",
                "How long nothing has been recorded",
                shown(rows) + "Days since the latest recorded activity. An update of many cases at once "
                        + "is no activity.",
                new Block.DataTable(
                        "Open cases, the longest silence first",
                        List.of("Case", "Known since", "Age, days", "Last activity", "Of", "Silent, days", "Note"),
                        rows.stream().map(CasesPage::silenceLine).toList()));
    }

    private static List<Block.Cell> silenceLine(Row row) {
        String note = row.flag("is_never_recorded")
                ? "no activity recorded since the force became aware"
                : row.textOrNull("silence_reason");
        return List.of(
                Block.Cell.of(row.text("case_key")),
                Block.Cell.of(English.day(row.date("aware_on"))),
                Block.Cell.of(English.count(row.count("age_days"))),
                Block.Cell.of(
                        row.textOrNull("last_event") == null
                                ? "–"
                                : row.text("last_event").replace('_', ' ')),
                Block.Cell.of(
                        row.dateOrNull("last_recorded_on") == null ? "–" : English.day(row.date("last_recorded_on"))),
                Block.Cell.of(English.count(row.countOrNull("silent_days"))),
                Block.Cell.of(note == null ? "" : note));
    }

    private static Block clock(List<Row> rows) {
        return Block.ofTable(
                "clock",
                "How long they and their devices have waited",
                shown(rows) + "Days on which the case or any of its items waited in any queue, each day once.",
                new Block.DataTable(
                        "Open cases, the longest wait first",
                        List.of(
                                "Case",
                                "Age, days",
                                "Days waited",
                                "Without a break, days",
                                "Items waiting",
                                "Longest in",
                                "For, days",
                                "Note"),
                        rows.stream().map(CasesPage::clockLine).toList()));
    }

    private static List<Block.Cell> clockLine(Row row) {
        String stage = row.textOrNull("longest_stage");
        String note = row.textOrNull("clock_reason");
        return List.of(
                Block.Cell.of(row.text("case_key")),
                Block.Cell.of(English.count(row.count("age_days"))),
                Block.Cell.of(English.count(row.countOrNull("clock_days"))),
                Block.Cell.of(orNone(row, "waiting_days_now")),
                Block.Cell.of(orNone(row, "waiting_item_count")),
                Block.Cell.of(stage == null ? "–" : stage.replace('_', ' ')),
                Block.Cell.of(orNone(row, "longest_stage_days")),
                Block.Cell.of(note == null ? "" : note));
    }

    private static String orNone(Row row, String column) {
        return row.countOrNull(column) == null ? "–" : English.count(row.count(column));
    }

    private static String shown(List<Row> rows) {
        if (rows.isEmpty()) {
            return "No case is open. ";
        }
        long all = rows.get(0).count("case_count");
        return all > rows.size() ? "The first " + SHOWN + " of " + English.count(all) + ". " : "";
    }
}
