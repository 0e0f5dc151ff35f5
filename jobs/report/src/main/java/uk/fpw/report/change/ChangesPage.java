package uk.fpw.report.change;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.ChangeCause;
import uk.fpw.report.data.Row;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.page.Block;
import uk.fpw.report.page.BlocksModel;
import uk.fpw.report.page.Page;
import uk.fpw.report.page.PageSource;
import uk.fpw.report.page.QueuePaths;
import uk.fpw.report.page.Section;
import uk.fpw.report.text.English;

/** Figures of the past that this release states otherwise than the one before, or than an earlier one, and why. */
public final class ChangesPage implements PageSource {

    private static final int SHOWN = 50;
    private static final int DELETIONS = 20;

    /** How a part of a figure reads; the words of other measures are their columns. */
    private static final Map<String, String> MEASURES = Map.of(
            "waiting_count", "waiting at the end",
            "past_standard_count", "waiting beyond the standard",
            "received_count", "came in",
            "left_count", "left",
            "served_count", "left as served",
            "opening_count", "waiting at the start",
            "reentry_count", "came in again");

    private static final String INTRODUCTION = "Months that were over when the earlier release was made: counts of "
            + "theirs that this release states otherwise, and why. The parts of the causes of a figure add up to its "
            + "difference.";

    @Override
    public List<Page> pages(SiteData site) {
        if (!site.release().has("mart.figure_change", "period_kind")) {
            return List.of(index(List.of(Block.ofText(
                    "none", "Not recorded", "This release was made by a version that did not record what changed."))));
        }
        List<ReleaseSteps> all = ReleaseSteps.of(site);
        List<Page> pages = new ArrayList<>();
        List<Block> blocks = new ArrayList<>();
        if (!all.isEmpty()
                && all.get(0).made().get(0).equals(site.release().manifest().id())) {
            blocks.addAll(blocks(site, all.get(0)));
        } else {
            blocks.add(Block.ofText(
                    "none",
                    "Nothing changed",
                    "No count of a past month, nor of the latest day of the release before, differs from it, or there "
                            + "was none to compare with."));
        }
        List<ReleaseSteps> others = all.stream().filter(steps -> !steps.isOne()).toList();
        if (!others.isEmpty()) {
            blocks.add(Block.ofTable(
                    "others",
                    "Since an earlier release",
                    "The same differences added up: of each month what the earlier release said, and what this one "
                            + "says. Any two releases, as long as both are kept: fpw diff.",
                    new Block.DataTable(
                            "Earlier releases",
                            List.of("Since the release of", "Figures that differ"),
                            others.stream().map(steps -> other(site, steps)).toList())));
        }
        pages.add(index(blocks));
        others.forEach(steps -> pages.add(new Page(
                steps.path(),
                "What changed since the release of " + English.day(steps.asAt()),
                Section.CHANGES,
                "blocks.jte",
                new BlocksModel(List.of(INTRODUCTION), blocks(site, steps)))));
        return pages;
    }

    private static Page index(List<Block> blocks) {
        return new Page(
                "changes/index.html",
                "What changed of the past",
                Section.CHANGES,
                "blocks.jte",
                new BlocksModel(
                        List.of(INTRODUCTION + " Of the latest day of the release before: what waited then."), blocks));
    }

    private static List<Block.Cell> other(SiteData site, ReleaseSteps steps) {
        return List.of(
                new Block.Cell(English.day(steps.asAt()) + " (" + steps.from() + ")", steps.path()),
                Block.Cell.of(English.count(new ChangedFigures(site, steps).count())));
    }

    private static List<Block> blocks(SiteData site, ReleaseSteps steps) {
        ChangedFigures changed = new ChangedFigures(site, steps);
        long all = changed.count();
        String since = "Since release " + steps.from() + " of " + English.day(steps.asAt()) + " ";
        if (all == 0) {
            return List.of(Block.ofText("none", "Nothing changed", since + "figures changed, and changed back."));
        }
        List<ChangedFigures.Cause> causes = changed.causes();
        List<Block> blocks = new ArrayList<>();
        blocks.add(Block.ofTable(
                "causes",
                "Why",
                since + English.of(all, "figure") + (all == 1 ? " differs; " : " differ; ") + mostly(causes)
                        + " A figure may have several causes, and an item is in several figures: the numbers say "
                        + "which cause matters most, not how many items there are.",
                new Block.DataTable(
                        "Causes, the largest first",
                        List.of("Cause", "Which means", "Figures", "Added", "Taken away"),
                        causes.stream().map(ChangesPage::cause).toList())));
        blocks.add(deletions(changed, causes));
        blocks.add(Block.ofTable(
                "figures",
                "The figures",
                (all > SHOWN ? "The first " + SHOWN + " of " + English.count(all) + ". " : "") + "Those of at least "
                        + ChangedFigures.LARGE + " first, by the share by which they differ.",
                table("Changed figures", changed.largest(null, SHOWN)),
                all > SHOWN ? "The query what_changed lists all of the latest step; fpw diff those of any two." : ""));
        return blocks;
    }

    private static String mostly(List<ChangedFigures.Cause> causes) {
        ChangedFigures.Cause first = causes.get(0);
        long sum =
                causes.stream().mapToLong(cause -> cause.more() + cause.fewer()).sum();
        return sum == 0
                ? "some were not available in one of the two."
                : "most of it by \"" + first.name() + "\" ("
                        + English.share((double) (first.more() + first.fewer()) / sum) + " of all that was added or "
                        + "taken away).";
    }

    private static List<Block.Cell> cause(ChangedFigures.Cause cause) {
        return List.of(
                Block.Cell.of(English.sentence(cause.name())),
                Block.Cell.of(cause.meaning()),
                Block.Cell.of(English.count(cause.figures())),
                Block.Cell.of(English.count(cause.more())),
                Block.Cell.of(English.count(cause.fewer())));
    }

    private static Block deletions(ChangedFigures changed, List<ChangedFigures.Cause> causes) {
        String name = ChangeCause.DELETED;
        return causes.stream()
                .filter(cause -> cause.name().equals(name))
                .findFirst()
                .map(cause -> Block.ofTable(
                        name,
                        "Deletions",
                        English.of(cause.figures(), "figure")
                                + (cause.figures() == 1 ? " is another one" : " are other ones")
                                + " because rows were deleted by their source or erased, which cannot be told apart "
                                + "here."
                                + (cause.figures() > DELETIONS ? " The first " + DELETIONS + ":" : ""),
                        table("Figures that deletions changed", changed.largest(name, DELETIONS))))
                .orElseGet(() -> Block.ofText(name, "Deletions", "No figure changed because a row was deleted."));
    }

    private static Block.DataTable table(String caption, List<Row> rows) {
        return new Block.DataTable(
                caption,
                List.of("Queue", "Figure", "Month or day", "Before", "Now", "Difference", "Causes"),
                rows.stream().map(ChangesPage::line).toList());
    }

    private static List<Block.Cell> line(Row row) {
        Long before = row.countOrNull("earlier");
        Long now = row.countOrNull("now");
        LocalDate period = row.date("period_start_on");
        return List.of(
                new Block.Cell(row.text("title"), QueuePaths.of(row.text("queue"))),
                Block.Cell.of(MEASURES.getOrDefault(
                                row.text("measure"), row.text("measure").replace('_', ' '))
                        + (row.text("exit_reason").equals("all")
                                ? ""
                                : " as " + row.text("exit_reason").replace('_', ' '))),
                Block.Cell.of(
                        row.text("period_kind").equals("day") ? English.shortDay(period) : English.shortMonth(period)),
                Block.Cell.of(English.count(before)),
                Block.Cell.of(English.count(now)),
                Block.Cell.of(difference(before, now)),
                Block.Cell.of(row.text("parts")));
    }

    private static String difference(@Nullable Long before, @Nullable Long now) {
        if (before == null || now == null) {
            return English.UNKNOWN;
        }
        String items = String.format(Locale.UK, "%+,d", now - before);
        return before == 0 ? items : items + String.format(Locale.UK, " (%+.1f %%)", 100.0 * (now - before) / before);
    }
}
