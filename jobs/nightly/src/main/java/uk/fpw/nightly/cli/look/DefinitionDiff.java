package uk.fpw.nightly.cli.look;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

/** Prints what two force folders count differently; reads their definitions and no data. */
final class DefinitionDiff {

    private final PrintStream out;
    private final @Nullable String queue;

    /**
     * A comparison.
     *
     * @param queue the only queue to print; null for all
     */
    DefinitionDiff(PrintStream out, @Nullable String queue) {
        this.out = out;
        this.queue = queue;
    }

    void print(CliContext context, String first, String second) {
        Force one = read(context, first);
        Force other = read(context, second);
        boolean areBothCalledSo = one.code().equals(other.code());
        String nameOfOne = areBothCalledSo ? DisplayText.text(first) : one.code();
        String nameOfOther = areBothCalledSo ? DisplayText.text(second) : other.code();
        DefinitionComparison comparison = new DefinitionComparison(one, nameOfOne, other, nameOfOther);
        List<DefinitionComparison.Compared> both = comparison.compared().stream()
                .filter(compared -> isAskedFor(compared.queue()))
                .toList();
        List<Queue> onlyInOne = only(comparison.onlyInOne());
        List<Queue> onlyInOther = only(comparison.onlyInOther());
        if (queue != null && both.isEmpty() && onlyInOne.isEmpty() && onlyInOther.isEmpty()) {
            throw FpwException.configuration("neither folder has a queue " + DisplayText.text(queue) + "; queues: "
                    + names(one) + " and " + names(other));
        }
        out.println("Definitions of queues: " + nameOfOne + " against " + nameOfOther + "; no data was read");
        comparison.packs().forEach(line -> out.println("  " + line));
        comparison.days().forEach(line -> out.println("  " + line));
        both.forEach(this::print);
        print(onlyInOne, nameOfOne);
        print(onlyInOther, nameOfOther);
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
            printSchemes(comparison, nameOfOne, nameOfOther);
        }
        out.println("Note: events and attributes of one name count as the same; the staging queries that make them "
                + "from the rows of each force are not compared");
    }

    private void printSchemes(DefinitionComparison comparison, String nameOfOne, String nameOfOther) {
        comparison.comparedSchemes().forEach(scheme -> {
            out.println("scheme " + scheme.scheme() + ": "
                    + (scheme.counts().isEmpty() ? "graded by the same lists" : "graded differently"));
            scheme.counts().forEach(line -> out.println("  " + DisplayText.whole(line)));
        });
        comparison.schemesOnlyInOne().forEach(scheme -> out.println("scheme " + scheme + ": only in " + nameOfOne));
        comparison.schemesOnlyInOther().forEach(scheme -> out.println("scheme " + scheme + ": only in " + nameOfOther));
    }

    private void print(DefinitionComparison.Compared compared) {
        out.println(
                compared.queue() + ": " + (compared.counts().isEmpty() ? "counted the same" : "counted differently"));
        compared.counts().forEach(line -> out.println("  " + DisplayText.whole(line)));
        compared.presentation().forEach(line -> out.println("  changes no count: " + DisplayText.whole(line)));
    }

    private void print(List<Queue> queues, String name) {
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
