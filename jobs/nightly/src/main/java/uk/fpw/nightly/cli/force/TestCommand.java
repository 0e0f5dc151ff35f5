package uk.fpw.nightly.cli.force;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.cli.option.ScratchFolder;
import uk.fpw.nightly.spark.SparkClient;
import uk.fpw.nightly.spark.SparkCommand;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.example.Example;
import uk.fpw.warehouse.force.example.ExampleComparison;
import uk.fpw.warehouse.force.example.ExampleResult;
import uk.fpw.warehouse.force.example.Examples;
import uk.fpw.warehouse.force.yaml.ForceFolderException;

/** Implements {@code fpw test}. */
@Command(
        name = "test",
        description = {
            "Runs the examples of a force folder (examples/*.yml: input rows, expected events "
                    + "and spells) through its rules, staging queries and queues, and shows the differences.",
            "Needs no warehouse, no source and no pseudonym key. Exit code 1 if an example differs."
        })
public final class TestCommand implements Callable<Integer> {

    /** Exit code if an example differs. */
    static final int DIFFERS = 1;

    @Parameters(arity = "0..*", paramLabel = "EXAMPLE", description = "Show only these. Default: all.")
    private List<String> names = new ArrayList<>();

    @Mixin
    private final ForceOption force = new ForceOption();

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public TestCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Force read = force.read(context);
        List<Example> chosen = chosen(read, Examples.read(read));
        context.out().println("running " + Plural.of(chosen.size(), "example") + " in the Spark process ...");
        Map<String, ExampleResult> results =
                run(read).stream().collect(Collectors.toMap(ExampleResult::example, Function.identity()));
        int different = 0;
        for (Example example : chosen) {
            ExampleResult result = results.get(example.name());
            if (result == null) {
                throw FpwException.configuration(example.file() + " changed while it was run; run it again");
            }
            different += report(example, ExampleComparison.differences(example, result)) ? 0 : 1;
        }
        context.out()
                .println(
                        different == 0
                                ? Plural.of(chosen.size(), "example") + (chosen.size() == 1 ? " comes" : " come")
                                        + " out as expected"
                                : different + " of " + Plural.of(chosen.size(), "example")
                                        + (different == 1 ? " differs" : " differ"));
        return different == 0 ? 0 : DIFFERS;
    }

    private List<Example> chosen(Force read, List<Example> all) {
        Set<String> known = all.stream().map(Example::name).collect(Collectors.toCollection(TreeSet::new));
        for (String name : names) {
            if (!known.contains(name)) {
                throw FpwException.configuration("there is no example '" + name + "' in " + read.folder() + "; "
                        + (known.isEmpty() ? "it has none" : "there are " + String.join(", ", known)));
            }
        }
        if (all.isEmpty()) {
            throw FpwException.configuration(read.folder()
                    + " has no examples; add one in examples/<name>.yml, as described "
                    + "in docs/force-folder.md");
        }
        return all.stream()
                .filter(example -> names.isEmpty() || names.contains(example.name()))
                .toList();
    }

    private List<ExampleResult> run(Force read) {
        Path scratch = ScratchFolder.create();
        SparkClient spark = new SparkClient(
                new SparkCommand(context.processes()), "", line -> context.out().println("  " + line));
        try {
            LocalDate today = LocalDate.now(context.clock().withZone(read.zone()));
            List<ExampleResult> results = spark.examples(read, today, scratch);
            // Not in a finally block: if a process failed, its log is here and the message names it.
            ScratchFolder.delete(scratch);
            return results;
        } catch (ForceFolderException invalid) {
            ScratchFolder.delete(scratch);
            throw invalid;
        }
    }

    /** Prints one line for an example that gives the expected result, more for one that does not; true if it does. */
    private boolean report(Example example, List<String> differences) {
        if (differences.isEmpty()) {
            context.out().println("ok      " + example.name());
            return true;
        }
        context.out().println("DIFFERS " + example.name() + ": " + example.description());
        differences.forEach(line -> context.out().println("          " + line));
        return false;
    }
}
