package uk.fpw.nightly.cli.look;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.DisplayText;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.DefinitionComparison;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.force.yaml.ForceFolderException;

/** What two force folders count differently; reads their definitions and no data. */
final class DefinitionDiff {

    private static final String NOTE = "events and attributes of one name count as the same; the staging queries that "
            + "make them from the rows of each force are not compared";

    private static final String ONLY_IN_FIRST = "only_in_first";
    private static final String ONLY_IN_SECOND = "only_in_second";

    private final @Nullable String queue;
    private final String nameOfOne;
    private final String nameOfOther;
    private final DefinitionComparison comparison;
    private final List<DefinitionComparison.Compared> both;
    private final List<Queue> onlyInOne;
    private final List<Queue> onlyInOther;

    /**
     * A comparison of two folders.
     *
     * @param queue the only queue to compare; null for all
     * @throws FpwException with {@code CONFIGURATION} if a folder cannot be read, or none has the queue
     */
    DefinitionDiff(@Nullable String queue, CliContext context, String first, String second) {
        this.queue = queue;
        Force one = read(context, first);
        Force other = read(context, second);
        boolean areBothCalledSo = one.code().equals(other.code());
        nameOfOne = areBothCalledSo ? DisplayText.text(first) : one.code();
        nameOfOther = areBothCalledSo ? DisplayText.text(second) : other.code();
        comparison = new DefinitionComparison(one, nameOfOne, other, nameOfOther);
        both = comparison.compared().stream()
                .filter(compared -> isAskedFor(compared.queue()))
                .toList();
        onlyInOne = only(comparison.onlyInOne());
        onlyInOther = only(comparison.onlyInOther());
        if (queue != null && both.isEmpty() && onlyInOne.isEmpty() && onlyInOther.isEmpty()) {
            throw FpwException.configuration("neither folder has a queue " + DisplayText.text(queue) + "; queues: "
                    + names(one) + " and " + names(other));
        }
    }

    /** The fields of the JSON, see {@code fpw/output/diff.schema.json}. */
    Map<String, @Nullable Object> fields() {
        List<Map<String, @Nullable Object>> queues = new ArrayList<>();
        both.forEach(compared -> queues.add(fields(
                "queue", compared.queue(), status(compared.counts()), compared.counts(), compared.presentation())));
        onlyInOne.forEach(only -> queues.add(fields("queue", only.name(), ONLY_IN_FIRST, List.of(), List.of())));
        onlyInOther.forEach(only -> queues.add(fields("queue", only.name(), ONLY_IN_SECOND, List.of(), List.of())));
        List<Map<String, @Nullable Object>> schemes = new ArrayList<>();
        if (queue == null) {
            comparison
                    .comparedSchemes()
                    .forEach(scheme -> schemes.add(
                            fields("scheme", scheme.scheme(), status(scheme.counts()), scheme.counts(), List.of())));
            comparison
                    .schemesOnlyInOne()
                    .forEach(name -> schemes.add(fields("scheme", name, ONLY_IN_FIRST, List.of(), List.of())));
            comparison
                    .schemesOnlyInOther()
                    .forEach(name -> schemes.add(fields("scheme", name, ONLY_IN_SECOND, List.of(), List.of())));
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("first", nameOfOne);
        fields.put("second", nameOfOther);
        fields.put("packs", comparison.packs());
        fields.put("days", comparison.days());
        fields.put("queues", queues);
        fields.put("schemes", schemes);
        fields.put("notes", List.of(NOTE));
        return fields;
    }

    private static String status(List<String> counts) {
        return counts.isEmpty() ? "same" : "different";
    }

    private static Map<String, @Nullable Object> fields(
            String kind, String name, String status, List<String> counts, List<String> presentation) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put(kind, name);
        fields.put("status", status);
        fields.put("counts", counts);
        fields.put("presentation", presentation);
        return fields;
    }

    void print(PrintStream out) {
        out.println("Definitions of queues: " + nameOfOne + " against " + nameOfOther + "; no data was read");
        comparison.packs().forEach(line -> out.println("  " + line));
        comparison.days().forEach(line -> out.println("  " + line));
        both.forEach(compared -> print(compared, out));
        print(onlyInOne, nameOfOne, out);
        print(onlyInOther, nameOfOther, out);
        long different =
                both.stream().filter(compared -> !compared.counts().isEmpty()).count();
        List<String> totals = new ArrayList<>(List.of(
                (both.size() - different) + " counted the same",
                different + " counted differently",
                onlyInOne.size() + " only in " + nameOfOne,
                onlyInOther.size() + " only in " + nameOfOther));
        out.println(Plural.of(both.size() + onlyInOne.size() + onlyInOther.size(), "queue") + ": "
                + String.join(", ", totals));
        if (queue == null) {
            printSchemes(out);
        }
        out.println("Note: " + NOTE);
    }

    private void printSchemes(PrintStream out) {
        comparison.comparedSchemes().forEach(scheme -> {
            out.println("scheme " + scheme.scheme() + ": "
                    + (scheme.counts().isEmpty() ? "graded by the same lists" : "graded differently"));
            scheme.counts().forEach(line -> out.println("  " + DisplayText.whole(line)));
        });
        comparison.schemesOnlyInOne().forEach(scheme -> out.println("scheme " + scheme + ": only in " + nameOfOne));
        comparison.schemesOnlyInOther().forEach(scheme -> out.println("scheme " + scheme + ": only in " + nameOfOther));
    }

    private static void print(DefinitionComparison.Compared compared, PrintStream out) {
        out.println(
                compared.queue() + ": " + (compared.counts().isEmpty() ? "counted the same" : "counted differently"));
        compared.counts().forEach(line -> out.println("  " + DisplayText.whole(line)));
        compared.presentation().forEach(line -> out.println("  changes no count: " + DisplayText.whole(line)));
    }

    private static void print(List<Queue> queues, String name, PrintStream out) {
        queues.forEach(
                only -> out.println(only.name() + ": only in " + name + " (" + DisplayText.whole(only.title()) + ")"));
    }

    private List<Queue> only(List<Queue> queues) {
        return queues.stream().filter(one -> isAskedFor(one.name())).toList();
    }

    private boolean isAskedFor(String name) {
        return queue == null || queue.equals(name);
    }

    private static List<String> names(Force force) {
        return force.queues().stream().map(Queue::name).toList();
    }

    /** The messages of an invalid folder do not say which one it is. */
    private static Force read(CliContext context, String folder) {
        Path path = ForceOption.require(
                context.workingFolder().resolve(folder), "--definitions " + DisplayText.text(folder));
        try {
            return ForceFolder.read(path);
        } catch (ForceFolderException invalid) {
            throw FpwException.configuration("the force folder " + DisplayText.text(folder) + " has "
                    + Plural.of(invalid.errors().size(), "error") + ", the first: "
                    + invalid.errors().get(0) + "; fpw check --quick --force " + DisplayText.text(folder)
                    + " lists them all");
        }
    }
}
