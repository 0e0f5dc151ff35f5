package uk.fpw.nightly;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.FpwException;

/**
 * Listed here for the help; the launcher sends {@code fpw shell} to a program of its own, which starts faster and
 * carries DuckDB.
 */
@Command(
        name = "shell",
        description =
                "Asks a release in SQL, question after question: completes SQL, tables and columns, and pages long "
                        + "answers.")
final class ShellStubCommand implements Callable<Integer> {

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    private final CliContext context;

    ShellStubCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        throw new FpwException(
                ExitCode.CONFIGURATION,
                "'shell' must be the first argument, so that the launcher finds it: " + context.launcher() + " shell "
                        + String.join(" ", arguments));
    }
}
