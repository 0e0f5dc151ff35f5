package uk.fpw.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import uk.fpw.nightly.ProgressStream;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.warehouse.failure.FpwException;

@Command(
        name = "demo",
        description = {
            "fpw demo: a complete, invented force. Creates its operational systems, executes three runs and one that "
                    + "fails, and shows what an analyst finds. Takes about two minutes on two cores; writes "
                    + "to var/fenmarch and var/fenmarch-systems.",
            "fpw demo boston: one run over real open data, the City of Boston's service requests of 2015. Writes "
                    + "to var/boston-311."
        })
final class DemoCommand implements Callable<Integer> {

    private enum Which {
        fenmarch,
        boston
    }

    @Parameters(
            arity = "0..1",
            paramLabel = "WHICH",
            defaultValue = "fenmarch",
            description = "${COMPLETION-CANDIDATES}. Default: fenmarch.")
    private Which which = Which.fenmarch;

    private final CliContext context;

    DemoCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (ProgressStream out = ProgressStream.over(context.out(), Integer.getInteger("fpw.columns", 0))) {
            CliContext shown = context.printingTo(out, context.err());
            switch (which) {
                case fenmarch -> new FenmarchDemo(shown, example("fenmarch")).run();
                case boston -> new BostonDemo(shown, example("boston-311")).run();
            }
        }
        return 0;
    }

    private Path example(String name) {
        Path folder = context.home().resolve("examples").resolve(name);
        if (!Files.isDirectory(folder)) {
            throw FpwException.configuration(
                    "the example is not available: " + folder + " is missing; run the demo from a source checkout");
        }
        return folder;
    }
}
