package uk.fpw.nightly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Parameters;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.FpwVersion;
import uk.fpw.nightly.program.Child;
import uk.fpw.nightly.program.ProcessSupervisor;
import uk.fpw.nightly.program.Program;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

/**
 * Writes the manual pages of the archive. Hidden from the help, because only the build calls it. The pages of
 * {@code query} and {@code shell} come from the help of that program.
 */
@Command(name = "man-pages", hidden = true, description = "Writes a manual page (section 1) of every command.")
final class ManPagesCommand implements Callable<Integer> {

    private static final Set<String> OF_QUERY = Set.of("query", "shell");

    private final CliContext context;
    private final Supplier<CommandLine> commands;

    @Parameters(paramLabel = "FOLDER", description = "Where they are written; it must exist.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    ManPagesCommand(CliContext context, Supplier<CommandLine> commands) {
        this.context = context;
        this.commands = commands;
    }

    @Override
    public Integer call() throws IOException {
        write(commands.get());
        return 0;
    }

    private void write(CommandLine command) throws IOException {
        command.setUsageHelpAutoWidth(false);
        String name = command.getCommandSpec().qualifiedName();
        String help = OF_QUERY.contains(command.getCommandName())
                ? helpOfQuery(command.getCommandName())
                : command.getUsageMessage(Ansi.OFF);
        Files.writeString(
                context.workingFolder().resolve(folder).resolve(name.replace(' ', '-') + ".1"),
                ManPage.of(name, FpwVersion.text(), help));
        for (CommandLine each : Set.copyOf(command.getSubcommands().values())) {
            if (!each.getCommandSpec().usageMessage().hidden()) {
                write(each);
            }
        }
    }

    private String helpOfQuery(String command) throws IOException {
        Program program = "shell".equals(command) ? Program.SHELL : Program.QUERY;
        ProcessSupervisor processes = context.processes();
        try (Child process = processes.start(
                program,
                processes.commandLine(program, List.of(), "--help"),
                builder -> builder.redirectError(ProcessBuilder.Redirect.INHERIT))) {
            String help = process.lines().lines().collect(Collectors.joining("\n", "", "\n"));
            if (process.waitFor() != 0) {
                throw new FpwException(ExitCode.INTERNAL, "the help of " + program.name() + " could not be read");
            }
            return help;
        }
    }
}
