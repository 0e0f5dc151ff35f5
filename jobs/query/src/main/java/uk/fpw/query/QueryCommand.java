package uk.fpw.query;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import uk.fpw.text.Plural;

/** The command line of {@code fpw query}. */
@Command(
        name = "fpw query",
        mixinStandardHelpOptions = true,
        versionProvider = QueryMain.Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Runs a read-only query on one release of the warehouse. A release always contains the data of "
                    + "exactly one business date.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:a bug in this software",
            "2:an error in the command line, the SQL or the force folder",
            "4:there is no release yet, or its files cannot be read",
            "10:a file of the release is missing or damaged"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fpw query --tables",
            "  fpw query --describe mart.queue_daily",
            "  fpw query --definition mart.queue_daily",
            "  fpw query --name flows_by_month --param queue=awaiting_examination",
            "  fpw query -f question.sql --format json",
            "  fpw query \"from mart.queue_monthly where is_total\" --format csv --output m.csv",
            "  fpw query --name silent_cases --reason \"morning review of open cases\""
        })
final class QueryCommand implements Callable<Integer> {

    private static final String NAME = "fpw query";

    /** Most rows for programs, unless more are requested: a forgotten join would fill the disk. */
    private static final long ROWS_FOR_PROGRAMS = 10_000_000;

    private static final ResultPrinter.Hints HINTS = new ResultPrinter.Hints(
            "--max-rows 0 for all",
            "--format csv or json shows them whole",
            "a wider window, --format csv or json, or --output FILE shows them");

    private final Map<String, String> environment;
    private final Path here;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "SQL",
            description = "A single SELECT statement on the tables of the release.")
    private @Nullable String sql;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Read the SQL from a file; - for standard input.")
    private @Nullable Path file;

    @Option(names = "--name", paramLabel = "QUERY", description = "Run a ready-made query; see --list.")
    private @Nullable String readyQuery;

    @Option(
            names = {"-p", "--param"},
            paramLabel = "NAME=VALUE",
            description = "Value of a parameter that the query declares; can be repeated. --list shows those of the "
                    + "ready-made queries.")
    private List<String> parameters = new ArrayList<>();

    @Option(names = "--show", description = "With --name: print the query instead of running it.")
    private boolean show;

    @Option(names = "--list", description = "List the ready-made queries.")
    private boolean list;

    @Option(names = "--tables", description = "List the tables of the release.")
    private boolean tables;

    @Option(
            names = "--describe",
            paramLabel = "TABLE",
            description = "List the columns of a table: type, unit, additivity, meaning.")
    private @Nullable String describe;

    @Option(
            names = "--definition",
            paramLabel = "TABLE",
            description = "Print the query that computes a table from the events, as used by the audit "
                    + "to recount it. It can be run here.")
    private @Nullable String definition;

    @Mixin
    private final ReleaseOptions which = new ReleaseOptions();

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    @Mixin
    private final HistoryOption knownOn = new HistoryOption();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "table, csv, json or parquet (with --output). Default: ${DEFAULT-VALUE}.",
            defaultValue = "table")
    private OutputFormat format = OutputFormat.TABLE;

    @Option(names = "--output", paramLabel = "FILE", description = "Write the result to a file instead of the screen.")
    private @Nullable Path output;

    @Option(
            names = "--max-rows",
            paramLabel = "N",
            description = "Maximum number of rows; 0 for all. Default: 1000 for table; the other formats write all, "
                    + "and fail beyond 10 million.")
    private @Nullable Long maxRows;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Stop the query after that many seconds; 0 for no limit. Default: "
                    + TimeLimit.DEFAULT_SECONDS + ".")
    private int seconds = TimeLimit.DEFAULT_SECONDS;

    private final InputStream in;
    private final int lineWidth;

    /**
     * Creates the command.
     *
     * @param here folder against which relative paths are resolved
     * @param lineWidth width of the terminal; {@link Integer#MAX_VALUE} if the output is not a terminal
     */
    QueryCommand(Map<String, String> environment, Path here, InputStream in, int lineWidth) {
        this.environment = environment;
        this.here = here;
        this.in = in;
        this.lineWidth = lineWidth;
    }

    @Override
    public Integer call() throws IOException {
        checkCommandLine();
        if (list) {
            print(
                    Catalogue.readyQueries(),
                    "`fpw query --name NAME` runs one, with --show prints it",
                    outputFile(null));
            return 0;
        }
        if (definition != null) {
            out().print(Catalogue.definition(definition));
            return 0;
        }
        if (show && readyQuery != null) {
            out().print(ReadyQueries.named(readyQuery).sql());
            return 0;
        }
        String text = sqlText();
        List<QueryParameters.Bound> bound = QueryParameters.bind(QueryParameters.of(text), parameters);
        text = QueryParameters.placed(text, bound);
        if (knownOn.isGiven() && !FeedHistory.isNamedIn(text)) {
            throw QueryException.wrong("--known-on is for history.<feed>, and the query names none; leave it out, or "
                    + "choose the release of that day with --release");
        }
        AvailableReleases releases = which.releases(environment, here, NAME, err());
        OutputFile target = outputFile(releases.warehouse());
        ReleaseManifest chosen = which.choose(releases, NAME, err());
        FeedHistory history = knownOn.history(releases, chosen);
        if (tables) {
            print(Catalogue.tables(chosen), chosen.line(), target);
        } else if (describe != null) {
            print(Catalogue.columns(history.withTablesNamedIn(describe), describe), chosen.line(), target);
        } else if (format == OutputFormat.PARQUET && target != null) {
            try (ReadRecord record = record(releases, chosen)) {
                writeParquet(chosen, history, record, text, bound, target);
            }
        } else {
            String query = text;
            try (ReadRecord record = record(releases, chosen);
                    RecordedSession session = RecordedSession.open(chosen, history, record, null, bound)) {
                new TimeLimit(seconds)
                        .enforce(
                                session::cancel,
                                () -> session.shown(print(session.run(query), chosen.line(), target)
                                        .rowCount()));
            }
        }
        return 0;
    }

    private void checkCommandLine() {
        long asked = java.util.stream.Stream.of(
                        sql != null,
                        file != null,
                        readyQuery != null,
                        list,
                        tables,
                        describe != null,
                        definition != null)
                .filter(given -> given)
                .count();
        if (asked != 1) {
            throw QueryException.wrong((asked == 0 ? "no query given" : "more than one query given")
                    + "; give one of: 'SQL', -f FILE, --name QUERY, --list, --tables, --describe TABLE, "
                    + "--definition TABLE. See --help");
        }
        which.check();
        if (!parameters.isEmpty() && (show || list || tables || describe != null || definition != null)) {
            throw QueryException.wrong("--param is only allowed when a query is run");
        }
        if (definition != null && output != null) {
            throw QueryException.wrong("--definition prints a query; redirect it to a file with > FILE");
        }
        if (show && readyQuery == null) {
            throw QueryException.wrong("--show prints a ready-made query; add --name QUERY");
        }
        if (maxRows != null && maxRows < 0) {
            throw QueryException.wrong("--max-rows " + maxRows + " is negative; use a number of rows, or 0 for all");
        }
        if (seconds < 0) {
            throw QueryException.wrong("--seconds " + seconds + " is negative; use a number of seconds, or 0 for none");
        }
        if (format == OutputFormat.PARQUET) {
            if (output == null) {
                throw QueryException.wrong(
                        "--format parquet needs --output FILE: Parquet cannot be shown on the screen");
            }
            if (list || tables || describe != null || definition != null) {
                throw QueryException.wrong(
                        "--list, --tables, --describe and --definition support only table, csv and json");
            }
            if (maxRows != null) {
                throw QueryException.wrong("--max-rows cannot be used with --format parquet; use LIMIT in the SQL");
            }
        }
    }

    private String sqlText() throws IOException {
        if (readyQuery != null) {
            return ReadyQueries.named(readyQuery).sql();
        }
        if (file == null) {
            return sql == null ? "" : sql;
        }
        if (file.toString().equals("-")) {
            byte[] bytes = in.readAllBytes();
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException wrong) {
                throw QueryException.wrong("--file -: standard input is not UTF-8 text", wrong);
            }
        }
        try {
            return Files.readString(here.resolve(file));
        } catch (NoSuchFileException missing) {
            throw QueryException.wrong("--file " + file + ": there is no such file", missing);
        } catch (IOException unreadable) {
            throw QueryException.wrong(
                    "--file " + file + ": cannot be read as UTF-8 text: " + unreadable.getMessage(), unreadable);
        }
    }

    private @Nullable OutputFile outputFile(@Nullable Path warehouse) {
        return output == null ? null : OutputFile.of(output, here, warehouse);
    }

    private ReadRecord record(AvailableReleases releases, ReleaseManifest chosen) {
        return reason.record(releases, chosen, NAME, "--reason TEXT");
    }

    private ResultWriter.Written print(QueryResult result, String source, @Nullable OutputFile target)
            throws IOException {
        ResultPrinter printer = printer(target == null ? lineWidth : Integer.MAX_VALUE);
        ResultWriter.Written written;
        if (target == null) {
            written = printer.write(result, out());
            out().flush();
        } else {
            written = target.write(temporary -> {
                try (Writer out = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8)) {
                    return requireWhole(printer.write(result, out));
                }
            });
        }
        requireWhole(written);
        printer.note(written, source, format == OutputFormat.TABLE && target == null ? out() : err());
        return written;
    }

    /** Fails if rows are missing that nobody chose to leave out: programs would take the file for a whole one. */
    private ResultWriter.Written requireWhole(ResultWriter.Written written) {
        if (maxRows == null && format != OutputFormat.TABLE && written.hasMore()) {
            throw tooManyRows();
        }
        return written;
    }

    private static QueryException tooManyRows() {
        return QueryException.wrong("the result has more than " + Plural.grouped(ROWS_FOR_PROGRAMS, "row")
                + "; filter or aggregate, or write all: --max-rows 0");
    }

    private ResultPrinter printer(int width) {
        long max = maxRows != null
                ? maxRows
                : format == OutputFormat.TABLE ? ResultPrinter.ROWS_FOR_PEOPLE : ROWS_FOR_PROGRAMS;
        return describe != null || tables || list
                ? ResultPrinter.ofDescriptions(format, width, max, HINTS)
                : ResultPrinter.ofRows(format, width, max, HINTS);
    }

    private void writeParquet(
            ReleaseManifest chosen,
            FeedHistory history,
            ReadRecord record,
            String text,
            List<QueryParameters.Bound> bound,
            OutputFile target)
            throws IOException {
        long[] count = new long[1];
        target.write(temporary -> {
            try (RecordedSession session = RecordedSession.open(chosen, history, record, temporary, bound)) {
                new TimeLimit(seconds).enforce(session::cancel, () -> count[0] = session.writeParquet(text, temporary));
            }
            return temporary;
        });
        err().println(Plural.grouped(count[0], "row") + " · " + chosen.line());
        err().flush();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
