package uk.fpw.nightly.cli.look;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.DisplayText;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.Csv;
import uk.fpw.nightly.run.change.FigureDiff;
import uk.fpw.warehouse.store.ledger.Release;

/**
 * The counts that differ between two releases, in each form of output.
 *
 * @param steps the releases after {@code from} up to {@code to}
 * @param slice the slice, or {@code all} for totals
 * @param notes what else to know, one sentence each
 */
record FigureDiffReport(
        Release from,
        Release to,
        List<ReleaseId> steps,
        FigureDiff.PeriodKind by,
        String slice,
        List<FigureDiff.Figure> figures,
        List<String> notes) {

    /** The fields of the JSON, see {@code fpw/output/diff.schema.json}. */
    Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("from_release_id", from.releaseId());
        fields.put("to_release_id", to.releaseId());
        fields.put("period_kind", by.name());
        fields.put("slice", slice);
        fields.put("steps", steps);
        fields.put("figures", figures.stream().map(this::figure).toList());
        fields.put("notes", notes);
        return fields;
    }

    private Map<String, @Nullable Object> figure(FigureDiff.Figure figure) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("queue", figure.queue());
        fields.put("slice", figure.slice());
        fields.put("slice_value", figure.sliceValue());
        fields.put("measure", figure.measure());
        fields.put("exit_reason", figure.exitReason());
        fields.put("period_start_on", figure.startOn());
        fields.put("from_value", figure.from());
        fields.put("to_value", figure.to());
        fields.put(
                "unavailable_reason",
                figure.from() == null
                        ? notAvailableIn(from)
                        : figure.to() == null
                                ? notAvailableIn(to)
                                : figure.parts().containsValue(null)
                                        ? "it was not available in a release between them"
                                        : null);
        List<Map<String, @Nullable Object>> parts = new ArrayList<>();
        figure.parts().forEach((cause, part) -> {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("cause", cause);
            one.put("part", part);
            parts.add(one);
        });
        fields.put("parts", parts);
        return fields;
    }

    private static String notAvailableIn(Release release) {
        return "it is not available in release " + release.releaseId();
    }

    void printTable(PrintStream out) {
        line(
                out,
                "Counts of past %ss (%s): release %s against %s, steps: %d",
                by,
                slice.equals("all") ? "totals" : "by " + DisplayText.text(slice),
                to.releaseId(),
                from.releaseId(),
                steps.size());
        if (figures.isEmpty()) {
            line(out, "  no differences");
        }
        String place = "";
        for (FigureDiff.Figure figure : figures) {
            String here = DisplayText.text(figure.queue())
                    + (slice.equals("all") ? "" : ", " + DisplayText.text(figure.sliceValue()));
            if (!here.equals(place)) {
                line(out, "%s", here);
                place = here;
            }
            line(
                    out,
                    "  %s %-34s %9s -> %9s  %s",
                    by == FigureDiff.PeriodKind.month
                            ? figure.startOn().substring(0, "2015-10".length())
                            : figure.startOn(),
                    figure.measure()
                            + (figure.exitReason().equals("all") ? "" : " as " + DisplayText.text(figure.exitReason())),
                    value(figure.from()),
                    value(figure.to()),
                    figure.parts().entrySet().stream()
                            .map(part -> part.getValue() == null
                                    ? part.getKey()
                                    : String.format(Locale.ROOT, "%s %+,d", part.getKey(), part.getValue()))
                            .collect(Collectors.joining(", ")));
        }
        notes.forEach(note -> line(out, "Note: %s", note));
    }

    private static String value(@Nullable Long number) {
        return number == null ? "not available" : String.format(Locale.ROOT, "%,d", number);
    }

    void printCsv(PrintStream out, PrintStream err) {
        StringBuilder rows = new StringBuilder(Csv.line(List.of(
                "queue",
                "slice",
                "slice_value",
                "measure",
                "exit_reason",
                by + "_start_on",
                "from_value",
                "to_value",
                "cause",
                "part")));
        for (FigureDiff.Figure figure : figures) {
            figure.parts().forEach((cause, part) -> {
                List<@Nullable Object> values = new ArrayList<>(Arrays.asList(
                        DisplayText.whole(figure.queue()),
                        DisplayText.whole(figure.slice()),
                        DisplayText.whole(figure.sliceValue()),
                        DisplayText.whole(figure.measure()),
                        DisplayText.whole(figure.exitReason()),
                        figure.startOn(),
                        figure.from(),
                        figure.to(),
                        cause,
                        part));
                rows.append(Csv.line(values));
            });
        }
        out.print(rows);
        out.flush();
        notes.forEach(note -> err.println("fpw: " + note));
    }

    private static void line(PrintStream out, String text, Object... values) {
        out.println(String.format(Locale.ROOT, text, values));
    }
}
