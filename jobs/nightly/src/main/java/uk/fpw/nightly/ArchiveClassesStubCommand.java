package uk.fpw.nightly;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.warehouse.failure.FpwException;

/** Listed here for the help only; the launcher runs it itself, because it needs nothing but Java. */
@Command(
        name = "archive-classes",
        description = {
            "Creates class data sharing (CDS) archives for the programs, once per installation or "
                    + "upgrade: they then start in about half the time.",
            "Takes about two minutes and 320 MB in the program folder; must be run by the owner of that folder."
        })
final class ArchiveClassesStubCommand implements Callable<Integer> {

    private final CliContext context;

    ArchiveClassesStubCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        throw FpwException.configuration(
                "'archive-classes' must be the only argument: " + context.launcher() + " archive-classes");
    }
}
