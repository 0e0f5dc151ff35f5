package uk.fpw.query.shell;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jline.builtins.Less;
import org.jline.builtins.Source;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import uk.fpw.query.QueryException;

/**
 * The shell on a terminal: lines are edited, completed and saved, and results longer than the screen are paged. Only
 * this class loads JLine.
 */
public final class InteractiveShell {

    private static final String PROMPT = "fpw> ";
    private static final String CONTINUED = "...> ";

    private final Terminal terminal;
    private final Shell shell;
    private final LineReader reader;

    /**
     * Creates the shell on a terminal.
     *
     * @param history history file; null to save nothing
     */
    public InteractiveShell(Terminal terminal, Shell shell, @Nullable Path history) {
        this.terminal = terminal;
        this.shell = shell;
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("fpw")
                .parser(new SqlParser())
                .completer(new SqlCompleter(shell.release(), shell::keywords))
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, CONTINUED)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
                .option(LineReader.Option.HISTORY_TIMESTAMPED, false);
        if (history != null) {
            builder.variable(LineReader.HISTORY_FILE, history);
        }
        this.reader = builder.build();
    }

    /**
     * Runs on the terminal of this process until the user ends it. Uses the programs stty and tty, so that no native
     * code is loaded.
     */
    static int onThisTerminal(Shell shell, @Nullable Path history) throws IOException {
        try (Terminal terminal = TerminalBuilder.builder()
                .system(true)
                .provider(TerminalBuilder.PROP_PROVIDER_EXEC)
                .encoding(StandardCharsets.UTF_8)
                .dumb(true)
                .build()) {
            return new InteractiveShell(terminal, shell, history).run();
        }
    }

    /** Runs until the user ends it. A failing statement does not end the shell. */
    public int run() {
        terminal.handle(Terminal.Signal.INT, signal -> shell.cancel());
        PrintWriter out = terminal.writer();
        out.println(shell.release().line() + ". End statements with a semicolon; .help for more");
        boolean goesOn = true;
        while (goesOn) {
            try {
                goesOn = run(reader.readLine(PROMPT));
            } catch (UserInterruptException dropped) {
                goesOn = true; // what was being typed is dropped, as in other shells
            } catch (EndOfFileException end) {
                goesOn = false;
            }
        }
        out.flush();
        return 0;
    }

    private boolean run(String input) {
        List<String> inputs =
                Shell.isCommand(input) ? List.of(input) : Statements.of(input).whole();
        for (String one : inputs) {
            StringWriter text = new StringWriter();
            try {
                boolean goesOn = shell.run(one, width(), new PrintWriter(text), new PrintWriter(text));
                show(printable(text.toString()));
                if (!goesOn) {
                    return false;
                }
            } catch (QueryException failure) {
                terminal.writer().println(printable(String.valueOf(failure.getMessage())));
                terminal.flush();
            } catch (IOException impossible) {
                throw new IllegalStateException("text in memory can always be written", impossible);
            }
        }
        return true;
    }

    /** Removes control characters of values, which the terminal would interpret. */
    private static String printable(String text) {
        return text.replaceAll("\r(?!\n)|[\\p{Cc}&&[^\r\n\t]]", "?");
    }

    private void show(String text) {
        long lines = text.lines().count();
        if (terminal.getType().startsWith(Terminal.TYPE_DUMB) || lines < terminal.getHeight()) {
            terminal.writer().print(text);
            terminal.flush();
            return;
        }
        Less pager = new Less(terminal, Path.of(""));
        pager.chopLongLines = true;
        pager.noInit = true;
        try {
            pager.run(new Source.InputStreamSource(
                    new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), true, "answer"));
        } catch (IOException unreadable) {
            throw new IllegalStateException("text in memory can always be read", unreadable);
        } catch (InterruptedException left) {
            Thread.currentThread().interrupt();
        }
    }

    private int width() {
        return terminal.getWidth() > 0 ? terminal.getWidth() : Integer.MAX_VALUE;
    }
}
