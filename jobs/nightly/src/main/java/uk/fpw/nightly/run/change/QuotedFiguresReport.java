package uk.fpw.nightly.run.change;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.DisplayText;
import uk.fpw.layout.ReleaseId;
import uk.fpw.nightly.run.change.FigureDiff.Figure;

/** Prints the changes in the counts of pinned releases, and the published facts that changed. */
public final class QuotedFiguresReport {

    private final PrintStream out;

    /** Creates a report that prints to a stream. */
    public QuotedFiguresReport(PrintStream out) {
        this.out = out;
    }

    /**
     * Prints nothing if nothing is pinned and there are no facts.
     *
     * @param release the release that they were compared with
     */
    public void print(QuotedFigures quoted, ReleaseId release) {
        if (quoted.pinned().isEmpty() && quoted.factCount() == 0) {
            return;
        }
        line("");
        line("Figures that were pinned or published");
        quoted.pinned().forEach(pinned -> pinned(pinned, release));
        if (quoted.factCount() > 0 && quoted.facts().isEmpty()) {
            line("  none of %,d published facts has moved", quoted.factCount());
        }
        quoted.facts().forEach(this::fact);
    }

    private void pinned(PinnedChange pinned, ReleaseId release) {
        String which = "  " + pinned.name() + ", release " + pinned.releaseId() + ": ";
        if (pinned.notCompared() != null) {
            line("%snot compared, since %s", which, pinned.notCompared());
            return;
        }
        if (pinned.changedCount() == 0) {
            line("%snone of its counts of past months has changed", which);
            return;
        }
        line("%s%s; fpw diff %s lists them", which, changed(pinned), pinned.name() + " " + release);
        Figure largest = pinned.largest();
        if (largest != null) {
            line("    largest   %s", describe(largest));
        }
    }

    private static String changed(PinnedChange pinned) {
        return String.format(
                Locale.ROOT,
                "%,d of its counts of past months %s changed since (%s)",
                pinned.changedCount(),
                pinned.changedCount() == 1 ? "has" : "have",
                pinned.countsByCause().entrySet().stream()
                        .map(cause -> String.format(Locale.ROOT, "%s in %,d", cause.getKey(), cause.getValue()))
                        .collect(Collectors.joining(", ")));
    }

    /** A pinned release with changed counts, in words. */
    static String sentence(PinnedChange pinned) {
        return "release " + pinned.releaseId() + ", pinned as " + pinned.name() + ": " + changed(pinned);
    }

    private static String describe(Figure figure) {
        return String.format(
                Locale.ROOT,
                "%s, %s, %s: %s %,d instead of %,d (%s)",
                figure.queue(),
                figure.slice().equals("all") ? "all" : figure.slice() + " " + DisplayText.text(figure.sliceValue()),
                figure.startOn().substring(0, "2015-10".length()),
                figure.measure()
                        + (figure.exitReason().equals("all") ? "" : " as " + DisplayText.text(figure.exitReason())),
                figure.to(),
                figure.from(),
                figure.parts().entrySet().stream()
                        .map(QuotedFiguresReport::part)
                        .collect(Collectors.joining(", ")));
    }

    private static String part(Map.Entry<String, @Nullable Long> part) {
        return part.getValue() == null
                ? part.getKey()
                : String.format(Locale.ROOT, "%s %+,d", part.getKey(), part.getValue());
    }

    private void fact(MovedFact fact) {
        line("  %s", sentence(fact));
    }

    /** A published fact that changed, in words. */
    static String sentence(MovedFact fact) {
        MovedFact.Stated current = fact.current();
        return String.format(
                Locale.ROOT,
                "fact %s: %s, was %s (%s)",
                fact.fact(),
                current == null ? "no longer there" : describe(current),
                describe(fact.replaced()),
                String.join(", ", fact.causes()));
    }

    /** Such as {@code equal with 150}. */
    private static String describe(MovedFact.Stated stated) {
        return stated.value() == null ? stated.verdict() : stated.verdict() + " with " + shown(stated.value());
    }

    private static String shown(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%,.0f", value)
                : new BigDecimal(value)
                        .round(new MathContext(6))
                        .stripTrailingZeros()
                        .toPlainString();
    }

    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
