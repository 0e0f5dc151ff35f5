package uk.fpw.report.dictionary;

import java.util.List;
import java.util.stream.Stream;
import uk.fpw.report.page.Block;
import uk.fpw.report.page.BlocksModel;
import uk.fpw.report.page.Page;
import uk.fpw.report.page.Section;

/** What the words and marks of the pages mean, for readers who are no statisticians. */
final class ReadingPage {

    private static final List<List<String>> VERDICTS = List.of(
            List.of(
                    "better, worse",
                    "The measure that the queue declares differs from the same period a year before, or of the "
                            + "year that is named, by more than chance explains, and by enough to matter. It does "
                            + "not say why."),
            List.of(
                    "no evidence",
                    "Chance alone can explain the difference. That is not \"no change\": a change as "
                            + "large as the ends of the 95 % interval may be there."),
            List.of(
                    "no evidence among so many",
                    "Alone it would be more than chance; but of as many verdicts as are made together, some are so by "
                            + "chance."),
            List.of("too small to matter", "More than chance, but less than the size that the force has said matters."),
            List.of(
                    "not better",
                    "The measure looks better, but for a reason that helps nobody: items were withdrawn or closed "
                            + "without being served, or came back."),
            List.of(
                    "cannot be told",
                    "Nothing can be said. The reason stands beside it, such as a feed that is missing."),
            List.of("not compared", "No verdict is made: the queue is another one by another definition."));

    private static final List<List<String>> CHANCE = List.of(
            List.of(
                    "95 % interval",
                    "The range of what the figure may be apart from chance. Of 100 such ranges about 95 hold the true "
                            + "value. If that of a ratio holds 1, or that of a difference 0, it may be no change at "
                            + "all."),
            List.of(
                    "limits of a chart",
                    "Between them the months of a steady process stay nearly always. A month within them needs no "
                            + "explanation of its own."),
            List.of(
                    "a filled triangle",
                    "A month that breaks a rule of such charts, which chance alone seldom does. The page says how "
                            + "often."),
            List.of(
                    "provisional; dashed or hollow",
                    "What happened in these days or months may still be written down later, so the figure is "
                            + "expected to "
                            + "change."),
            List.of(
                    "a dotted vertical line",
                    "A change that was written down, such as a new system. Figures before and after may count "
                            + "different "
                            + "things."));

    private static final List<List<String>> WAITS = List.of(
            List.of(
                    "waiting",
                    "Everything in the queue at the end of the day, late or not. Waiting is not backlog, and a smaller "
                            + "number is no success by itself: read how items left."),
            List.of(
                    "past its standard",
                    "Waits longer than the first standard of its queue that applies to it; the page of the queue "
                            + "names it. \"No standard\": the force has declared none, "
                            + "which "
                            + "is not the same as none late."),
            List.of(
                    "half had left after",
                    "The day by which half of the items had left, those that still wait taken into account. \"Not "
                            + "reached\": more than half still wait."),
            List.of(
                    "served, not served",
                    "Served: what the queue is for was done, such as a device examined. Not served: it left otherwise, "
                            + "such as withdrawn."),
            List.of(
                    "stage, variant",
                    "A stage is part of another queue, a variant is another queue counted otherwise. Never add these "
                            + "to the whole queue: their items are counted there already."));

    private static final List<List<String>> MISSING = List.of(
            List.of("not available", "Not known, for the reason beside it. It is never the same as 0."),
            List.of(
                    "not recorded",
                    "Nothing was written down. It may still have been done: ask, before you conclude that it was not."),
            List.of(
                    "refused, held, excluded, ahead",
                    "Rows of a source that are in no figure, or count although they may be gone. Data quality says how "
                            + "many, why, and who can correct them."),
            List.of("–", "There is nothing to say, such as the longest wait where nothing waits."));

    private ReadingPage() {}

    static Page page() {
        return new Page(
                DictionaryPaths.READING,
                "How to read these figures",
                Section.DICTIONARY,
                "blocks.jte",
                new BlocksModel(
                        List.of("What the words and marks on all pages mean. What a single figure counts is behind "
                                + "\"Evidence\" below it."),
                        List.of(
                                table("verdicts", "Better or worse", "The verdict", VERDICTS),
                                table("chance", "How sure a figure is", "Words and marks of chance", CHANCE),
                                table("waits", "Waiting and waits", "Words about waits", WAITS),
                                table("missing", "What is missing", "Words for what is not known", MISSING))));
    }

    private static Block table(String id, String heading, String caption, List<List<String>> lines) {
        return Block.ofTable(
                id,
                heading,
                "",
                new Block.DataTable(
                        caption,
                        List.of("It says", "It means"),
                        lines.stream()
                                .map(line -> Stream.of(line.get(0), line.get(1))
                                        .map(Block.Cell::of)
                                        .toList())
                                .toList()));
    }
}
