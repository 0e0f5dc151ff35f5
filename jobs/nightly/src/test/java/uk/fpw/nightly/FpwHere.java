package uk.fpw.nightly;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.program.ProgramStarter;

/** The command line, run in the JVM of the test. */
public final class FpwHere {

    private FpwHere() {}

    /**
     * Runs one command to its end.
     *
     * @param home folder of the launcher, beside {@code lib}
     * @return its exit code
     */
    public static int run(
            Map<String, String> environment,
            Path home,
            Path workingFolder,
            PrintStream out,
            PrintStream err,
            String... arguments) {
        return run(environment, home, workingFolder, Clock.systemUTC(), out, err, ProgramStarter.PROCESSES, arguments);
    }

    /** The same by that clock, with the audit and the pages started in another way. */
    public static int run(
            Map<String, String> environment,
            Path home,
            Path workingFolder,
            Clock clock,
            PrintStream out,
            PrintStream err,
            ProgramStarter starter,
            String... arguments) {
        return Fpw.commandLine(
                        new CliContext(environment, home, home.resolve("lib"), workingFolder, clock, out, err, starter))
                .execute(arguments);
    }
}
