package uk.fpw.nightly;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import uk.fpw.nightly.cli.option.CliContext;

@Command(
        name = "completion",
        description = {
            "Prints a bash and zsh completion script for commands and options.",
            "For one session: source <(./fpw completion). Permanently: ./fpw completion > /etc/bash_completion.d/fpw"
        })
final class CompletionCommand implements Callable<Integer> {

    private static final String QUERY = "query";
    private static final String SHELL = "shell";

    private final CliContext context;
    private final Supplier<CommandLine> commands;

    CompletionCommand(CliContext context, Supplier<CommandLine> commands) {
        this.context = context;
        this.commands = commands;
    }

    @Override
    public Integer call() {
        CommandLine commands = this.commands.get();
        commands.getCommandSpec().removeSubcommand(QUERY);
        commands.addSubcommand(QUERY, query());
        commands.getCommandSpec().removeSubcommand(SHELL);
        commands.addSubcommand(SHELL, shell());
        context.out().println(AutoComplete.bash("fpw", commands));
        return 0;
    }

    /** The options of {@code fpw query}, which is a separate program; a test compares them with its help. */
    private static CommandSpec query() {
        CommandSpec query = CommandSpec.create().name(QUERY);
        for (String flag : List.of("--show", "--list", "--tables")) {
            query.addOption(OptionSpec.builder(flag).build());
        }
        query.addOption(OptionSpec.builder("-h", "--help").build());
        query.addOption(OptionSpec.builder("-V", "--version").build());
        query.addOption(value(String.class, "--name"));
        query.addOption(value(String.class, "-p", "--param"));
        query.addOption(value(String.class, "--describe"));
        query.addOption(value(String.class, "--definition"));
        query.addOption(value(String.class, "--release"));
        query.addOption(value(String.class, "--reason"));
        query.addOption(value(String.class, "--known-on"));
        query.addOption(value(Long.class, "--max-rows"));
        query.addOption(value(Integer.class, "--seconds"));
        query.addOption(value(Path.class, "-f", "--file"));
        query.addOption(value(Path.class, "--force"));
        query.addOption(value(Path.class, "--warehouse"));
        query.addOption(value(Path.class, "--output"));
        query.addOption(OptionSpec.builder("--format")
                .type(String.class)
                .arity("1")
                .completionCandidates(List.of("table", "csv", "json", "parquet"))
                .build());
        return query;
    }

    /** The options of {@code fpw shell}, which belongs to the same program as {@code fpw query}. */
    private static CommandSpec shell() {
        CommandSpec shell = CommandSpec.create().name(SHELL);
        shell.addOption(OptionSpec.builder("-h", "--help").build());
        shell.addOption(OptionSpec.builder("-V", "--version").build());
        shell.addOption(OptionSpec.builder("--no-history").build());
        shell.addOption(value(String.class, "--release"));
        shell.addOption(value(String.class, "--reason"));
        shell.addOption(value(String.class, "--known-on"));
        shell.addOption(value(Path.class, "--force"));
        shell.addOption(value(Path.class, "--warehouse"));
        shell.addOption(OptionSpec.builder("--format")
                .type(String.class)
                .arity("1")
                .completionCandidates(List.of("table", "csv", "json"))
                .build());
        return shell;
    }

    private static OptionSpec value(Class<?> type, String... names) {
        return OptionSpec.builder(names).type(type).arity("1").build();
    }
}
