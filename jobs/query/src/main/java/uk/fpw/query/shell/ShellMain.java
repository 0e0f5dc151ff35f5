package uk.fpw.query.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uk.fpw.query.AvailableReleases;
import uk.fpw.query.HistoryOption;
import uk.fpw.query.OutputFormat;
import uk.fpw.query.QueryException;
import uk.fpw.query.QueryMain;
import uk.fpw.query.ReadRecord;
import uk.fpw.query.ReasonOption;
import uk.fpw.query.ReleaseManifest;
import uk.fpw.query.ReleaseOptions;

/**
 * {@code fpw shell}: many queries on one release. Edits lines on a terminal; otherwise reads a script from standard
 * input.
 */
@Command(
        name = "fpw shell",
        mixinStandardHelpOptions = true,
        versionProvider = QueryMain.Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Interactive, read-only SQL shell on one release of the warehouse. Releases published "
                    + "during the session are not visible.",
            "A statement ends with a semicolon; .help lists other commands. The tab key "
                    + "completes SQL, tables and columns; the arrow keys recall earlier input.",
            "Input that does not come from a terminal is run as a script: the first statement that "
                    + "fails ends it with its exit code.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:a bug in this software",
            "2:an error in the command line, the SQL of a script or the force folder",
            "4:there is no release yet, or its files cannot be read",
            "10:a file of the release is missing or damaged"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  fpw shell --force my-force", "  fpw shell --force my-force < questions.sql"})
public final class ShellMain implements Callable<Integer> {

    private static final String NAME = "fpw shell";

    @Mixin
    private final ReleaseOptions which = new ReleaseOptions();

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    @Mixin
    private final HistoryOption knownOn = new HistoryOption();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "table, csv or json. Default: ${DEFAULT-VALUE}.",
            defaultValue = "table")
    private OutputFormat format = OutputFormat.TABLE;

    @Option(
            names = "--no-history",
            description = "Do not save the history. By default it is saved in the file shell_history "
                    + "of the folder FPW_STATE (~/.local/state/fpw), which only you can read.")
    private boolean withoutHistory;

    private final Map<String, String> environment;
    private final Path here;
    private final @Nullable InputStream script;
    private final PrintWriter out;
    private final PrintWriter err;

    private ShellMain(
            Map<String, String> environment,
            Path here,
            @Nullable InputStream script,
            PrintWriter out,
            PrintWriter err) {
        this.environment = environment;
        this.here = here;
        this.script = script;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs the shell and ends the process with its exit code. The launcher sets {@code fpw.terminal} if both input and
     * output are a terminal.
     */
    public static void main(String[] arguments) {
        System.exit(run(
                arguments,
                System.getenv(),
                Path.of("").toAbsolutePath(),
                Boolean.getBoolean("fpw.terminal") ? null : System.in,
                QueryMain.standardOut(),
                QueryMain.standardErr()));
    }

    /**
     * Runs the shell.
     *
     * @param script statements and dot commands; null to edit lines on the terminal of this process
     */
    public static int run(
            String[] arguments,
            Map<String, String> environment,
            Path here,
            @Nullable InputStream script,
            PrintWriter out,
            PrintWriter err) {
        return QueryMain.execute(
                NAME, new CommandLine(new ShellMain(environment, here, script, out, err)), arguments, out, err);
    }

    @Override
    public Integer call() throws IOException {
        which.check();
        if (format == OutputFormat.PARQUET) {
            throw QueryException.wrong("--format parquet is only supported by fpw query with --output FILE");
        }
        AvailableReleases releases = which.releases(environment, here, NAME, err);
        ReleaseManifest release = which.choose(releases, NAME, err);
        err.flush();
        ReadRecord record = reason.record(releases, release, NAME, ".reason TEXT");
        try (Shell shell = new Shell(release, knownOn.history(releases, release), record, format, script == null)) {
            if (script == null) {
                Path history = withoutHistory ? null : ShellHistory.file(which.folders(environment, here), err);
                return InteractiveShell.onThisTerminal(shell, history);
            }
            try {
                run(script, shell);
            } catch (CharacterCodingException wrong) {
                throw QueryException.wrong("the standard input is not UTF-8 text", wrong);
            }
            return 0;
        }
    }

    /** Runs statements and dot commands line by line, so that piped input is processed as it arrives. */
    private void run(InputStream in, Shell shell) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
        StringBuilder text = new StringBuilder();
        for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (Shell.isCommand(line) && Statements.isBlank(text.toString())) {
                text.setLength(0);
                if (!shell.run(line, Integer.MAX_VALUE, out, err)) {
                    return;
                }
                continue;
            }
            text.append(line).append('\n');
            if (line.indexOf(';') < 0) {
                continue;
            }
            Statements statements = Statements.of(text.toString());
            text.setLength(0);
            text.append(statements.rest());
            for (String statement : statements.whole()) {
                shell.run(statement, Integer.MAX_VALUE, out, err);
            }
        }
        if (!Statements.isBlank(text.toString())) {
            shell.run(text.toString(), Integer.MAX_VALUE, out, err);
        }
    }
}
