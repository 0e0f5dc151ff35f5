package uk.fpw.nightly;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
     * @param home folder of the launcher, next to {@code lib}
     * @return its exit code
     */
    public static int run(
            Map<String, String> environment,
            Path home,
            Path workingFolder,
            PrintStream out,
            PrintStream err,
            String... arguments) {
        return run(
                new CliContext(
                        environment,
                        home,
                        home.resolve("lib"),
                        workingFolder,
                        Clock.systemUTC(),
                        out,
                        err,
                        ProgramStarter.PROCESSES),
                arguments);
    }

    /** Runs one command to its end in that context; returns its exit code. */
    public static int run(CliContext context, String... arguments) {
        return Fpw.commandLine(context).execute(arguments);
    }

    /** A context in which launcher and user are in the folder, and each program is a process of its own. */
    public static CliContext context(
            Map<String, String> environment, Path folder, Clock clock, OutputStream out, OutputStream err) {
        return new CliContext(
                environment,
                folder,
                folder.resolve("lib"),
                folder,
                clock,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                ProgramStarter.PROCESSES);
    }
}
