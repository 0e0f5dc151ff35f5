package uk.fpw.nightly;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.warehouse.failure.FpwException;

/**
 * Listed here for the help only; the launcher sends {@code fpw shell} to a separate program, which starts faster and
 * contains DuckDB.
 */
@Command(
        name = "shell",
        description =
                "Interactive SQL shell on a release: completes SQL, tables and columns, " + "and pages long results.")
final class ShellStubCommand implements Callable<Integer> {

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    private final CliContext context;

    ShellStubCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        throw FpwException.configuration(
                "'shell' must be the first argument: " + context.launcher() + " shell " + String.join(" ", arguments));
    }
}
