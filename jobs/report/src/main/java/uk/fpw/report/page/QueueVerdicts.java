package uk.fpw.report.page;

import java.util.List;
import java.util.stream.Stream;
import uk.fpw.report.text.English;
import uk.fpw.report.verdict.HowTheyLeft;
import uk.fpw.report.verdict.Verdict;

/** The first part of a queue's page: whether it is better or worse than before. */
final class QueueVerdicts {

    private static final List<String> HEADINGS =
            List.of("Period", "Against", "Verdict", "Now", "Then", "Difference", "Would be found");

    private QueueVerdicts() {}

    static List<Block> of(QueueData data) {
        List<Verdict> verdicts = Verdict.of(data.site()).stream()
                .filter(verdict -> verdict.queue().equals(data.queue()))
                .toList();
        if (verdicts.isEmpty()) {
            return List.of();
        }
        return List.of(new Block(
                "verdict",
                "Better or worse",
                List.of(verdicts.get(0).sentence() + HowTheyLeft.sentence(data.site(), verdicts.get(0))),
                List.of(),
                List.of(table(verdicts)),
                List.of("Made once a month, when the last month has settled. Late is a case of which an item "
                        + "passed its standard, of the cases whose time was up in the period. "
                        + "No evidence is not the same as no change. "
                        + "All verdicts of the release are looked at together (Holm): one that would be more than "
                        + "chance alone can be no evidence among so many. "
                        + "A verdict does not say why."),
                ""));
    }

    /** Without what would have been found where no measure of the queue says it. */
    private static Block.DataTable table(List<Verdict> verdicts) {
        boolean isFoundKnown =
                verdicts.stream().anyMatch(verdict -> !verdict.wouldBeFound().equals(Verdict.NONE));
        int columns = HEADINGS.size() - (isFoundKnown ? 0 : 1);
        return new Block.DataTable(
                "Every comparison by the measure that the queue declares",
                HEADINGS.subList(0, columns),
                verdicts.stream()
                        .map(verdict -> Stream.of(
                                        English.sentence(verdict.periods().kind()) + ", "
                                                + verdict.periods().words(),
                                        verdict.periods().comparedWith(),
                                        verdict.words(),
                                        verdict.now(),
                                        verdict.then(),
                                        verdict.difference(),
                                        verdict.wouldBeFound())
                                .limit(columns)
                                .map(Block.Cell::of)
                                .toList())
                        .toList());
    }
}
