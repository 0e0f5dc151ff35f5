package uk.fpw.nightly.cli.option;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import uk.fpw.nightly.program.ProcessSupervisor;
import uk.fpw.nightly.program.ProgramStarter;
import uk.fpw.nightly.run.RunExecutor;
import uk.fpw.warehouse.installation.Installation;

/**
 * What a command may know of the process it runs in.
 *
 * @param environment variables of the process, and {@code FPW_INSTALLATION} if the machine has the default file
 * @param home folder of the launcher, which contains the examples
 * @param lib folder of the installation that contains {@code app}, {@code spark} and {@code query}
 * @param workingFolder folder in which the command was typed
 * @param starter starts the programs of the installation
 */
public record CliContext(
        Map<String, String> environment,
        Path home,
        Path lib,
        Path workingFolder,
        Clock clock,
        PrintStream out,
        PrintStream err,
        ProgramStarter starter) {

    /** The context of this process, as the launcher started it. */
    public static CliContext ofThisProcess() {
        Path workingFolder = Path.of("").toAbsolutePath();
        Path home = Path.of(System.getProperty("fpw.home", workingFolder.toString()));
        return new CliContext(
                Installation.environment(System.getenv()),
                home,
                Path.of(System.getProperty(
                        "fpw.lib", home.resolve("target/dist/lib").toString())),
                workingFolder,
                Clock.systemUTC(),
                System.out,
                System.err,
                ProgramStarter.PROCESSES);
    }

    /** The same process with other output streams. */
    public CliContext printingTo(PrintStream otherOut, PrintStream otherErr) {
        return new CliContext(environment, home, lib, workingFolder, clock, otherOut, otherErr, starter);
    }

    /** The same process with another environment. */
    public CliContext withEnvironment(Map<String, String> other) {
        return new CliContext(other, home, lib, workingFolder, clock, out, err, starter);
    }

    /** How to call the launcher from the working folder, for command lines that the user can copy. */
    public String launcher() {
        Path installed = home.resolve("bin/fpw");
        if (Files.isRegularFile(installed)) {
            return workingFolder.equals(home) ? "bin/fpw" : installed.toString();
        }
        return workingFolder.equals(home) ? "./fpw" : home.resolve("fpw").toString();
    }

    /** The path as the user would type it in the working folder. */
    public String shown(Path path) {
        if (path.equals(workingFolder)) {
            return ".";
        }
        return path.startsWith(workingFolder) ? workingFolder.relativize(path).toString() : path.toString();
    }

    /** Starts the programs of this installation. */
    public ProcessSupervisor processes() {
        return new ProcessSupervisor(lib, environment, starter);
    }

    /** Runs nightly jobs with the programs of this installation, and prints their progress to {@link #out()}. */
    public RunExecutor runExecutor() {
        return new RunExecutor(processes(), clock, out, err, FpwVersion.text());
    }
}
