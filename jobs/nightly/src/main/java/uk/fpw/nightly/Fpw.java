package uk.fpw.nightly;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import uk.fpw.nightly.cli.force.CheckCommand;
import uk.fpw.nightly.cli.force.InitCommand;
import uk.fpw.nightly.cli.force.ProfileCommand;
import uk.fpw.nightly.cli.force.TestCommand;
import uk.fpw.nightly.cli.keep.AcceptCommand;
import uk.fpw.nightly.cli.keep.BackupCommand;
import uk.fpw.nightly.cli.keep.BiCommand;
import uk.fpw.nightly.cli.keep.EraseCommand;
import uk.fpw.nightly.cli.keep.NotifyCommand;
import uk.fpw.nightly.cli.keep.PinCommand;
import uk.fpw.nightly.cli.keep.ReadersCommand;
import uk.fpw.nightly.cli.keep.RekeyCommand;
import uk.fpw.nightly.cli.keep.RelocateCommand;
import uk.fpw.nightly.cli.keep.RestoreCommand;
import uk.fpw.nightly.cli.keep.RestrictCommand;
import uk.fpw.nightly.cli.keep.RetainCommand;
import uk.fpw.nightly.cli.keep.TrustCommand;
import uk.fpw.nightly.cli.keep.UnpinCommand;
import uk.fpw.nightly.cli.keep.WithdrawCommand;
import uk.fpw.nightly.cli.keep.WithdrawLoadCommand;
import uk.fpw.nightly.cli.keep.WithdrawReleaseCommand;
import uk.fpw.nightly.cli.look.CatalogCommand;
import uk.fpw.nightly.cli.look.DiffCommand;
import uk.fpw.nightly.cli.look.ItemsCommand;
import uk.fpw.nightly.cli.look.LooksCommand;
import uk.fpw.nightly.cli.look.RejectionsCommand;
import uk.fpw.nightly.cli.look.ReleasesCommand;
import uk.fpw.nightly.cli.look.VerifyCommand;
import uk.fpw.nightly.cli.make.ExportCommand;
import uk.fpw.nightly.cli.make.IngestCommand;
import uk.fpw.nightly.cli.make.MetricsCommand;
import uk.fpw.nightly.cli.make.NightlyCommand;
import uk.fpw.nightly.cli.make.PublicationCommand;
import uk.fpw.nightly.cli.make.ReleaseCommand;
import uk.fpw.nightly.cli.make.ReportCommand;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.CommandProvider;
import uk.fpw.nightly.cli.option.FpwVersion;
import uk.fpw.nightly.cli.status.StatusCommand;
import uk.fpw.nightly.run.ReportedException;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.failure.Damage;
import uk.fpw.warehouse.failure.Exhaustion;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.yaml.ConfigError;
import uk.fpw.warehouse.force.yaml.ForceFolderException;

/** The command line. */
@Command(
        name = "fpw",
        description = {
            "The Force Performance Warehouse: loads the records of operational systems every "
                    + "night, computes queues and waits, and publishes tables for analysts."
        },
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = FpwVersion.class,
        commandListHeading = "%nCommands (fpw COMMAND --help explains each):%n",
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Success; for fpw nightly: a release was published.",
            "1:Unexpected error (probably a bug in this software); for fpw test: an example differs.",
            "2:Error in the command line or the force folder; a retry cannot help.",
            "3:A feed's data cannot be loaded; a retry with the same file cannot help.",
            "4:A file is missing, a database does not respond or a disk is full; a retry may help. "
                    + "Or nothing has been loaded yet.",
            "5:The candidate failed its audit; the previous release stays current.",
            "6:Another run is in progress; a retry may help.",
            "7:No release was published by the deadline (status --fail-unless-released-by).",
            "8:A release was published, but a later step failed; the next run recovers it.",
            "9:Released, but without feeds that could not be loaded (--incomplete) or were not delivered; "
                    + "figures that depend on them are not available.",
            "10:A file of the warehouse is missing or damaged; the message says what brings it back.",
            "129:Stopped because its terminal was closed (SIGHUP); run again.",
            "130:Stopped from the keyboard (SIGINT); run again.",
            "143:Stopped by SIGTERM; run again."
        },
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  FPW_FORCE              force folder where --force is not given",
            "  FPW_PSEUDONYM_KEY      key of the pseudonyms, at least 32 bytes in hex or base64; or its file:",
            "  FPW_PSEUDONYM_KEY_FILE",
            "  FPW_ERASURES_FILE      list of erasures, by which restored backups are recognised",
            "                         (fpw-erasures.json beside the file with the key)",
            "  FPW_INSTALLATION       file with settings of this installation (/etc/fpw/installation.yml)",
            "  FPW_JAVA_OPTS          further options of the application's JVM, such as -Xmx1g",
            "  FPW_SPARK_HEAP         heap of the Spark process (2g)",
            "  FPW_SPARK_JAVA_OPTS    further options of its JVM",
            "  FPW_SPARK_SECONDS      most seconds that it may take for a run (14400)",
            "  FPW_SPARK_SECRET       secret of the Spark cluster that the installation's settings name",
            "  FPW_CATALOG_TOKEN      token that readers of fpw catalog must send",
            "  FPW_MAIL_PASSWORD      password of the mail server's user",
            "  FPW_NOTIFY_WEBHOOK     URL that is told of releases and failures",
            "  FPW_DRIVERS            folder of JDBC drivers beyond those of H2 and PostgreSQL",
            "  FPW_PG_BIN             folder of pg_dump and pg_restore, where they are not on the PATH",
            "  FPW_H2_SOURCES         folders and host:port of H2 databases that feeds may read, "
                    + "separated by commas; for trials",
            "  FPW_STATE              folder (~/.local/state/fpw) that lists the embedded",
            "                         databases created here, and stores the history of",
            "                         fpw shell",
            "  SPARK_HOME             run Spark by this installation's spark-submit instead",
            "  JAVA_HOME              the JDK to use, 17 or newer",
            "",
            "Start with: ./fpw demo"
        })
public final class Fpw implements Runnable {

    /** The commands, in the order of the help. */
    static final List<String> NAMES = List.of(
            "nightly",
            "ingest",
            "metrics",
            "release",
            "export",
            "publication",
            "report",
            "rejections",
            "check",
            "query",
            "shell",
            "catalog",
            "status",
            "releases",
            "diff",
            "items",
            "looks",
            "verify",
            "pin",
            "unpin",
            "accept",
            "backup",
            "restore",
            "relocate",
            "rekey",
            "erase",
            "restrict",
            "retain",
            "readers",
            "bi",
            "notify",
            "trust",
            "withdraw",
            "init",
            "profile",
            "test");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private Fpw() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        CliContext context = CliContext.ofThisProcess();
        int code;
        try {
            code = commandLine(context, arguments).execute(arguments);
        } catch (OutOfMemoryError failed) {
            code = report(new IllegalStateException(failed), context);
        }
        System.exit(code);
    }

    /**
     * Builds the command line with every command, or, if the arguments begin with a command, with that one alone:
     * collecting the options of all commands takes longer than some of them run.
     */
    public static CommandLine commandLine(CliContext context, String... arguments) {
        CommandLine commands = new CommandLine(new Fpw());
        if (arguments.length > 0 && NAMES.contains(arguments[0])) {
            commands.addSubcommand(command(arguments[0], context));
        } else {
            addAll(commands, context);
        }
        addHelp(commands);
        return commands.setUsageHelpAutoWidth(true)
                .setOut(new PrintWriter(context.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(context.err(), true, StandardCharsets.UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((wrong, given) -> reportUsageError(wrong))
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, context));
    }

    /** Adds --help and --version to every command, except to those that pass all their arguments on. */
    private static void addHelp(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        spec.usageMessage().sortOptions(false);
        spec.mixinStandardHelpOptions(spec.unmatchedArgsBindings().isEmpty());
        command.getSubcommands().values().forEach(Fpw::addHelp);
    }

    private static void addAll(CommandLine commands, CliContext context) {
        NAMES.forEach(name -> commands.addSubcommand(command(name, context)));
        ServiceLoader.load(CommandProvider.class)
                .forEach(provider -> commands.addSubcommand(provider.command(context)));
        if (!commands.getSubcommands().containsKey(MissingDemoCommand.NAME)) {
            commands.addSubcommand(new MissingDemoCommand());
            beginWithInit(commands.getCommandSpec().usageMessage());
        }
        commands.addSubcommand(new CompletionCommand(context, () -> commandLine(context)))
                .addSubcommand(new ArchiveClassesStubCommand(context))
                .addSubcommand(new FetchCopiesCommand(context))
                .addSubcommand(new ManPagesCommand(context, () -> commandLine(context)));
    }

    private static Object command(String name, CliContext context) {
        return switch (name) {
            case "nightly" -> new NightlyCommand(context);
            case "ingest" -> new IngestCommand(context);
            case "metrics" -> new MetricsCommand(context);
            case "release" -> new ReleaseCommand(context);
            case "export" -> new ExportCommand(context);
            case "publication" -> new PublicationCommand(context);
            case "report" -> new ReportCommand(context);
            case "rejections" -> new RejectionsCommand(context);
            case "check" -> new CheckCommand(context);
            case "query" -> new QueryStubCommand(context);
            case "shell" -> new ShellStubCommand(context);
            case "catalog" -> new CatalogCommand(context);
            case "status" -> new StatusCommand(context);
            case "releases" -> new ReleasesCommand(context);
            case "diff" -> new DiffCommand(context);
            case "items" -> new ItemsCommand(context);
            case "looks" -> new LooksCommand(context);
            case "verify" -> new VerifyCommand(context);
            case "pin" -> new PinCommand(context);
            case "unpin" -> new UnpinCommand(context);
            case "accept" -> new AcceptCommand(context);
            case "backup" -> new BackupCommand(context);
            case "restore" -> new RestoreCommand(context, () -> commandLine(context));
            case "relocate" -> new RelocateCommand(context);
            case "rekey" -> new RekeyCommand(context);
            case "erase" -> new EraseCommand(context);
            case "restrict" -> new RestrictCommand(context);
            case "retain" -> new RetainCommand(context);
            case "readers" -> new ReadersCommand(context);
            case "bi" -> new BiCommand(context);
            case "notify" -> new NotifyCommand(context);
            case "trust" -> new TrustCommand(context);
            case "init" -> new InitCommand(context);
            case "profile" -> new ProfileCommand(context);
            case "test" -> new TestCommand(context);
            case "withdraw" ->
                new CommandLine(new WithdrawCommand())
                        .addSubcommand(new WithdrawReleaseCommand(context))
                        .addSubcommand(new WithdrawLoadCommand(context));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static void beginWithInit(UsageMessageSpec usage) {
        String[] footer = usage.footer();
        footer[footer.length - 1] = "Start with: fpw init my-force";
        usage.footer(footer);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given; see --help for the commands");
    }

    /** Reports an error on the command line: what is wrong, what may have been meant, and where the help is. */
    private static int reportUsageError(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("fpw: " + message(wrong));
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err);
        err.println("Try " + command.getCommandSpec().qualifiedName() + " --help");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static @Nullable String message(ParameterException wrong) {
        if (wrong instanceof CommandLine.UnmatchedArgumentException unmatched
                && wrong.getCommandLine().getParent() == null
                && !unmatched.isUnknownOption()) {
            return "there is no command '" + unmatched.getUnmatched().get(0) + "'";
        }
        return wrong.getMessage();
    }

    private static int report(Exception failure, CliContext context) {
        if (failure instanceof ReportedException reported) {
            return reported.exitCode().code();
        }
        if (failure instanceof ForceFolderException wrong) {
            context.err().println(text(wrong.errors()));
            return ExitCode.CONFIGURATION.code();
        }
        // a database that ran out of memory reports its file as damaged
        FpwException own = Exhaustion.ofThisProcess(failure);
        FpwException damaged = own != null ? own : Damage.causeOf(failure);
        // the cause of a commit whose outcome is unknown
        Throwable cause = damaged != null ? damaged : failure instanceof FpwException ? failure : failure.getCause();
        if (cause instanceof FpwException known) {
            context.err().println("fpw: " + known.getMessage());
            return known.exitCode().code();
        }
        FpwException exhausted = Exhaustion.causeOf(failure, context.workingFolder());
        if (exhausted != null) {
            context.err().println("fpw: " + exhausted.getMessage());
            return exhausted.exitCode().code();
        }
        context.err()
                .println("fpw: unexpected error (probably a bug in this software); please "
                        + "report it with the details below");
        failure.printStackTrace(context.err());
        return ExitCode.INTERNAL.code();
    }

    /** All errors, one per line, with their number. */
    static String text(List<ConfigError> errors) {
        StringBuilder text = new StringBuilder("fpw: the force folder has " + Plural.of(errors.size(), "error") + ":");
        errors.forEach(error -> text.append(System.lineSeparator()).append("  ").append(error));
        return text.toString();
    }
}
