package uk.fpw.nightly;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Parameters;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.FpwException;

/**
 * Writes the manual pages of the archive. Not listed in the help: only the build calls it. The pages of {@code query}
 * and {@code shell} are made of the help of that program.
 */
@Command(
        name = "man-pages",
        hidden = true,
        description = "Writes a manual page (section 1) of every command.",
        mixinStandardHelpOptions = true)
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
    public Integer call() throws IOException, InterruptedException {
        write(commands.get());
        return 0;
    }

    private void write(CommandLine command) throws IOException, InterruptedException {
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

    private String helpOfQuery(String command) throws IOException, InterruptedException {
        List<String> words = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                context.lib().resolve("query") + "/*",
                "shell".equals(command) ? "uk.fpw.query.ShellMain" : "uk.fpw.query.QueryMain",
                "--help");
        Process process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String help = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new FpwException(ExitCode.INTERNAL, "the help of fpw " + command + " could not be read");
        }
        return help;
    }
}
