package uk.fpw.report.today;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.page.QueuePaths;
import uk.fpw.report.text.English;
import uk.fpw.report.verdict.HowTheyLeft;
import uk.fpw.report.verdict.Verdict;

/** Queues that are worse than a year or two before, by the measure that each declares, beyond chance. */
final class WorseRule implements AttentionRule {

    @Override
    public Attention.Rule shown() {
        return new Attention.Rule(
                Attention.Harm.WORSE,
                "worse than before",
                "The year to date, the latest whole quarter and the latest settled month of each queue against the "
                        + "same of the year before and of two years before, by the one measure that it declares. "
                        + "Without any change, something is called worse or better in at most one month of twenty.");
    }

    @Override
    public List<Attention> find(SiteData site) {
        Map<String, List<Verdict>> worse = new LinkedHashMap<>();
        List<Verdict> all = Verdict.of(site);
        for (Verdict verdict : all) {
            if (verdict.code().equals("worse")) {
                worse.computeIfAbsent(verdict.queue(), queue -> new ArrayList<>())
                        .add(verdict);
            }
        }
        List<Attention> found = new ArrayList<>();
        worse.forEach((queue, verdicts) -> {
            Verdict first = verdicts.get(0);
            String other = first.otherYear(all);
            found.add(new Attention(
                    shown(),
                    first.title() + ": " + first.direction() + (other.isEmpty() ? "" : " (" + other + ")"),
                    first.change() + also(verdicts) + HowTheyLeft.sentence(site, first),
                    QueuePaths.of(queue),
                    null,
                    -found.size()));
        });
        return found;
    }

    /** The other periods that are worse; what the same one says of the other year stands in the title. */
    private static String also(List<Verdict> verdicts) {
        List<String> others = verdicts.stream()
                .filter(verdict -> !verdict.periods()
                        .kind()
                        .equals(verdicts.get(0).periods().kind()))
                .map(verdict -> "the " + verdict.periods().kind() + " against "
                        + verdict.periods().comparedWith())
                .toList();
        return others.isEmpty() ? "" : " Worse also: " + English.list(others) + ".";
    }
}
