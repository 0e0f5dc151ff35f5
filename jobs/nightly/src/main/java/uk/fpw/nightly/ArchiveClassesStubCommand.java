package uk.fpw.nightly;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.FpwException;

/** Listed here for the help; the launcher does it itself, since it needs none of the programs but Java. */
@Command(
        name = "archive-classes",
        description = {
            "Makes archives of the classes that the programs load, once for an installation or an upgrade: they "
                    + "start in about half the time.",
            "Takes about two minutes and 320 MB beside the programs, which their owner must start it for."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class ArchiveClassesStubCommand implements Callable<Integer> {

    private final CliContext context;

    ArchiveClassesStubCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        throw new FpwException(
                ExitCode.CONFIGURATION,
                "'archive-classes' must be the only argument, so that the launcher finds it: " + context.launcher()
                        + " archive-classes");
    }
}
