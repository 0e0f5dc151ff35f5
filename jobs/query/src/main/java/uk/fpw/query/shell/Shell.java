package uk.fpw.query.shell;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.query.Catalogue;
import uk.fpw.query.FeedHistory;
import uk.fpw.query.OutputFormat;
import uk.fpw.query.QueryException;
import uk.fpw.query.QueryParameters;
import uk.fpw.query.QueryResult;
import uk.fpw.query.ReadRecord;
import uk.fpw.query.ReadyQueries;
import uk.fpw.query.RecordedSession;
import uk.fpw.query.ReleaseManifest;
import uk.fpw.query.ResultPrinter;
import uk.fpw.query.ResultWriter;

/**
 * Executes the statements and dot commands of {@code fpw shell}, wherever they come from. One session over one release.
 */
public final class Shell implements AutoCloseable {

    private static final ResultPrinter.Hints HINTS = new ResultPrinter.Hints(
            ".maxrows 0 for all",
            ".format csv or json shows them whole",
            "a wider window, .format csv or .format json shows them");

    /** The dot commands. */
    enum Command {
        HELP("", "this list"),
        TABLES("", "the tables of the release"),
        DESCRIBE("TABLE", "the columns of a table: type, unit, additivity, meaning"),
        DEFINITION("TABLE", "the query that computes a table from the events"),
        LIST("", "the ready-made queries"),
        SHOW("QUERY", "the text of a ready-made query"),
        RUN("QUERY [NAME=VALUE ...]", "a ready-made query, with its parameters"),
        FORMAT("table|csv|json", "format of results"),
        REASON("TEXT", "why tables of single cases or people are read, for the record"),
        MAXROWS("N", "maximum number of rows; 0 for all, on a terminal and for tables at most 100,000"),
        QUIT("", "ends the shell, like Ctrl-D");

        private final String argument;
        private final String meaning;

        Command(String argument, String meaning) {
            this.argument = argument;
            this.meaning = meaning;
        }

        /** As typed. */
        String word() {
            return "." + name().toLowerCase(Locale.ROOT);
        }
    }

    /** Most rows of a result held in memory, to be laid out as a table or to be paged. */
    private static final long MAX_IN_MEMORY = 100_000;

    private static final ResultPrinter.Hints HINTS_IN_MEMORY =
            new ResultPrinter.Hints("`fpw query` with --output FILE writes them all", HINTS.texts(), HINTS.columns());

    private static final Pattern REASON_LINE = Pattern.compile("reason\\s+", Pattern.CASE_INSENSITIVE);
    private static final Pattern QUOTED = Pattern.compile("'[^']*+'|\"[^\"]*+\"");
    private static final Pattern WORD = Pattern.compile("((?:[^\\s'\"]++|" + QUOTED.pattern() + ")++)|\\S");

    private final ReleaseManifest release;
    private final FeedHistory history;
    private final ReadRecord record;
    private final RecordedSession session;
    private final boolean isInteractive;
    private OutputFormat format;
    private @Nullable Long maxRows;
    private volatile @Nullable RecordedSession running;
    private volatile boolean isCancelled;

    /**
     * Opens a session over a release.
     *
     * @param record of what is read of single cases or people; closed with the shell
     * @param isInteractive whether the session is interactive: then a result has at most 1,000 rows unless more are
     *     requested
     */
    public Shell(
            ReleaseManifest release,
            FeedHistory history,
            ReadRecord record,
            OutputFormat format,
            boolean isInteractive) {
        this.release = release;
        this.history = history;
        this.record = record;
        this.format = format;
        this.isInteractive = isInteractive;
        this.session = RecordedSession.open(release, history, record);
    }

    /** Whether a line is a dot command and not the beginning of a statement. */
    static boolean isCommand(String line) {
        return line.matches("\\s*\\.\\s*[A-Za-z].*");
    }

    /** The release that is queried. */
    public ReleaseManifest release() {
        return release;
    }

    /** The keywords of DuckDB's SQL. */
    public List<String> keywords() {
        List<String> words = new ArrayList<>();
        session.run("select keyword_name from duckdb_keywords()")
                .rows()
                .forEachRemaining(row -> words.add(String.valueOf(row.get(0))));
        return words;
    }

    /** Cancels the running statement, if any: it fails. */
    public void cancel() {
        RecordedSession now = running;
        if (now != null) {
            isCancelled = true;
            now.cancel();
        }
    }

    /**
     * Runs one statement without its semicolon, or one dot command.
     *
     * @param lineWidth width of the terminal; {@link Integer#MAX_VALUE} if the output is not a terminal
     * @return false if the shell is to end
     * @throws QueryException if it cannot be run
     */
    public boolean run(String input, int lineWidth, PrintWriter out, PrintWriter err) throws IOException {
        if (!isCommand(input)) {
            printResult(session, input, lineWidth, out, err);
            return true;
        }
        String line = input.strip().substring(1).strip().replaceFirst(";$", "");
        if (REASON_LINE.matcher(line).lookingAt()) { // a sentence, in which a quote is an apostrophe
            record.giveReason(REASON_LINE.matcher(line).replaceFirst(""));
            return true;
        }
        List<String> words = words(line);
        Command command = command(words.get(0));
        List<String> arguments = words.subList(1, words.size());
        switch (command) {
            case QUIT -> {
                return false;
            }
            case HELP -> help(out);
            case TABLES -> describe(Catalogue.tables(release), release.line(), lineWidth, out, err);
            case DESCRIBE -> {
                String table = only(command, arguments);
                describe(
                        Catalogue.columns(history.withTablesNamedIn(table), table),
                        release.line(),
                        lineWidth,
                        out,
                        err);
            }
            case DEFINITION -> out.print(Catalogue.definition(only(command, arguments)));
            case LIST ->
                describe(
                        Catalogue.readyQueries(),
                        "`.run QUERY` runs one, `.show QUERY` prints it",
                        lineWidth,
                        out,
                        err);
            case SHOW -> out.print(ReadyQueries.named(only(command, arguments)).sql());
            case RUN -> runReadyQuery(arguments, lineWidth, out, err);
            case FORMAT -> format = format(only(command, arguments));
            case REASON -> throw wrong(command);
            case MAXROWS -> maxRows = number(only(command, arguments));
        }
        out.flush();
        return true;
    }

    private void printResult(RecordedSession asked, String sql, int lineWidth, PrintWriter out, PrintWriter err)
            throws IOException {
        isCancelled = false;
        running = asked;
        try {
            boolean isInMemory = isInteractive || format == OutputFormat.TABLE;
            long wanted = maxRows != null ? maxRows : isInMemory ? ResultPrinter.ROWS_FOR_PEOPLE : 0;
            boolean isTooMuch = isInMemory && (wanted == 0 || wanted > MAX_IN_MEMORY);
            asked.shown(print(
                            isTooMuch
                                    ? ResultPrinter.ofRows(format, lineWidth, MAX_IN_MEMORY, HINTS_IN_MEMORY)
                                    : ResultPrinter.ofRows(format, lineWidth, wanted, HINTS),
                            asked.run(sql),
                            release.line(),
                            out,
                            err)
                    .rowCount());
        } catch (QueryException failure) {
            // DuckDB's message depends on where the statement was interrupted
            throw isCancelled ? QueryException.wrong("stopped", failure) : failure;
        } finally {
            running = null;
        }
    }

    private void describe(QueryResult result, String source, int lineWidth, PrintWriter out, PrintWriter err)
            throws IOException {
        print(ResultPrinter.ofDescriptions(format, lineWidth, 0, HINTS), result, source, out, err);
    }

    private ResultWriter.Written print(
            ResultPrinter printer, QueryResult result, String source, PrintWriter out, PrintWriter err)
            throws IOException {
        ResultWriter.Written written = printer.write(result, out);
        out.flush();
        printer.note(written, source, format == OutputFormat.TABLE ? out : err);
        return written;
    }

    /**
     * Runs a query with parameters in a session of its own, because the table of parameter values must be created
     * before the session is locked.
     */
    private void runReadyQuery(List<String> arguments, int lineWidth, PrintWriter out, PrintWriter err)
            throws IOException {
        if (arguments.isEmpty()) {
            throw wrong(Command.RUN);
        }
        String sql = ReadyQueries.named(arguments.get(0)).sql();
        List<QueryParameters.Bound> bound =
                QueryParameters.bind(QueryParameters.of(sql), arguments.subList(1, arguments.size()));
        try (RecordedSession own = RecordedSession.open(release, history, record, null, bound)) {
            printResult(own, QueryParameters.placed(sql, bound), lineWidth, out, err);
        }
    }

    /** The words of a dot command; a word with blanks is quoted, as in {@code queue='in examination'}. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            if (word.group(1) == null) {
                throw QueryException.wrong("a quote does not end: " + line.substring(word.start())
                        + "; end it, or put \" around a word that contains '");
            }
            words.add(QUOTED.matcher(word.group(1))
                    .replaceAll(quoted -> Matcher.quoteReplacement(
                            quoted.group().substring(1, quoted.group().length() - 1))));
        }
        return words;
    }

    private static void help(PrintWriter out) {
        out.println("A statement can only read (SELECT, WITH, FROM, VALUES, DESCRIBE, SUMMARIZE) and ends with a "
                + "semicolon. Other commands:");
        for (Command command : Command.values()) {
            out.printf(
                    Locale.ROOT, "  %-28s  %s%n", (command.word() + " " + command.argument).strip(), command.meaning);
        }
    }

    private static Command command(String word) {
        return Stream.of(Command.values())
                .filter(command -> command.word().equals("." + word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> QueryException.wrong("there is no command '." + word + "'; there are "
                        + Stream.of(Command.values()).map(Command::word).collect(Collectors.joining(", "))));
    }

    private static String only(Command command, List<String> arguments) {
        if (arguments.size() != 1) {
            throw wrong(command);
        }
        return arguments.get(0);
    }

    private static QueryException wrong(Command command) {
        return QueryException.wrong("use the form " + command.word() + " " + command.argument);
    }

    private static OutputFormat format(String word) {
        return Stream.of(OutputFormat.values())
                .filter(format ->
                        format != OutputFormat.PARQUET && format.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> wrong(Command.FORMAT));
    }

    private static long number(String word) {
        if (!word.matches("[0-9]{1,15}")) {
            throw wrong(Command.MAXROWS);
        }
        return Long.parseLong(word);
    }

    @Override
    public void close() {
        session.close();
        record.close();
    }
}
