package uk.fpw.nightly;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.postgresql.PGConnection;
import uk.fpw.warehouse.testing.BenchTable;
import uk.fpw.warehouse.testing.TestDatabase;

/**
 * Loads a table of twelve columns from PostgreSQL, each load in a process of its own; the peers are PostgreSQL's
 * {@code copy} with its output discarded, a plain Spark job and dlt. Also loads it from a gzip file; the peer is
 * DuckDB's reader. {@code bench/run pull} starts it.
 */
final class PullBenchmark {

    private static final String COPY = "PostgreSQL's copy of the table to nowhere";
    private static final String DATABASE = "connection: cases\ntable: public.pulled\n";
    private static final String PASSWORD_VARIABLE = "FPW_PULL_PASSWORD";

    /** As wide as the main table of a case system: numbers, codes, instants, a short text. */
    private static final String TABLE = """
            create table public.pulled (
                id bigint primary key,
                change_seq bigint not null,
                case_ref varchar(20) not null,
                kind varchar(20) not null,
                status varchar(20) not null,
                unit varchar(10),
                opened_at timestamptz not null,
                changed_at timestamptz not null,
                closed_on date,
                priority integer,
                is_urgent boolean not null,
                note varchar(200))""";

    private static final String ROWS = """
            insert into public.pulled
            select n, n, 'C' || n % 400000, 'kind ' || n % 17, 'status ' || n % 7, case when n % 11 > 0 then 'unit ' \
            || n % 40 end,
                timestamptz '2015-01-01 00:00:00Z' + n * interval '1 minute', timestamptz '2016-01-01 00:00:00Z' + n * \
            interval '1 minute',
                case when n % 3 > 0 then date '2015-01-01' + n % 4000 end, case when n % 13 > 0 then n % 5 end, n % 20 \
            = 0,
                case when n % 2 = 0 then md5(n::text) || ' ' || md5((n * 7)::text) end
            from generate_series(1, :rows) n""";

    private static final String FILE = """
            copy (
                select id, change_seq, case_ref, kind, status, unit,
                    to_char(opened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as opened_at,
                    to_char(changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as changed_at,
                    closed_on, priority, case when is_urgent then 'true' else 'false' end as is_urgent, note
                from public.pulled
            ) to stdout (format csv, header)""";

    private static final String COLUMNS = """
            key: [id]
            item: id
            columns:
              - {name: id, type: whole, privacy: not_personal, description: Number.}
              - {name: change_seq, type: whole, required: true, privacy: not_personal, description: Number of the \
            change.}
              - {name: case_ref, type: text, privacy: not_personal, description: Case.}
              - {name: kind, type: text, privacy: not_personal, description: Kind.}
              - {name: status, type: text, privacy: not_personal, description: Status.}
              - {name: unit, type: text, privacy: not_personal, description: Unit.}
              - {name: opened_at, type: instant, privacy: not_personal, description: When it was opened.}
              - {name: changed_at, type: instant, privacy: not_personal, description: When it changed.}
              - {name: closed_on, type: date, privacy: not_personal, description: When it was closed.}
              - {name: priority, type: whole, privacy: not_personal, description: Priority.}
              - {name: is_urgent, type: boolean, privacy: not_personal, description: Whether it is urgent.}
              - {name: note, type: text, privacy: not_personal, description: Note.}
            """;

    private final Path root;
    private final Path folder;
    private final long rows;
    private final String heap;
    private final TestDatabase source;

    private PullBenchmark(Path root, Path folder, long rows, String heap, TestDatabase source) {
        this.root = root;
        this.folder = folder;
        this.rows = rows;
        this.heap = heap;
        this.source = source;
    }

    /**
     * {@code PullBenchmark ROOT FOLDER ROWS HEAP [--json FILE]}: root of the project, an empty working folder, rows of
     * the table, heap of each Java process.
     */
    public static void main(String[] arguments) throws Exception {
        TestDatabase source = TestDatabase.postgres();
        new PullBenchmark(
                        Path.of(arguments[0]),
                        Path.of(arguments[1]),
                        Long.parseLong(arguments[2]),
                        arguments[3],
                        source)
                .run(List.of(arguments));
        source.drop();
    }

    private void run(List<String> arguments) throws Exception {
        source.execute(TABLE);
        source.execute(ROWS.replace(":rows", Long.toString(rows)));
        source.execute("vacuum analyze public.pulled");
        forceFolder();
        BenchTable table = new BenchTable(String.format(Locale.ROOT, "%,d rows of 12 columns, heap %s", rows, heap));
        table.time(COPY, this::copy);
        table.time("fpw, first load", () -> load("changes", "2016-01-11"));
        table.time("fpw, nothing changed, feed of changes", () -> load("changes", "2016-01-12"));
        source.execute("update public.pulled set change_seq = change_seq + " + rows
                + ", status = 'changed' where id % 100 = 0");
        table.time("fpw, 1 % changed, feed of changes", () -> load("changes", "2016-01-13"));
        load("whole", "2016-01-13");
        table.time("fpw, nothing changed, full extract compared", () -> load("whole", "2016-01-14"));
        table.time("plain Spark job", this::spark);
        table.time("dlt", this::dlt);
        file();
        table.time("fpw, first load of the same rows in a gzip file", () -> load("files", "2016-01-14"));
        table.time("DuckDB's reader of that file, into a table in memory", this::duckdb);
        table.print(COPY, arguments);
    }

    private void copy() throws SQLException, IOException {
        try (Connection connection = source.open()) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy public.pulled to stdout (format binary)", OutputStream.nullOutputStream());
        }
    }

    /** The table as an operational system would write it into a file. */
    private void file() throws SQLException, IOException {
        Files.createDirectories(force().resolve("drop"));
        try (Connection connection = source.open();
                OutputStream file = new GZIPOutputStream(Files.newOutputStream(file(force())))) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut(FILE, file);
        }
    }

    private static Path file(Path force) {
        return force.resolve("drop/files.csv.gz");
    }

    private void load(String feed, String date) throws IOException, InterruptedException {
        start(
                Map.of(PASSWORD_VARIABLE, source.password(), "FPW_JAVA_OPTS", "-Xmx" + heap),
                List.of(root.resolve("fpw").toString(), "ingest", feed, "--date", date, "--force", force().toString()));
    }

    private void spark() throws IOException, InterruptedException {
        Path lib = root.resolve("target/dist/lib");
        List<String> words = new ArrayList<>(List.of("java", "-Xmx" + heap));
        for (String opened : List.of(
                "java.nio",
                "sun.nio.ch",
                "java.lang",
                "java.util",
                "sun.security.action",
                "java.lang.invoke",
                "sun.util.calendar")) {
            words.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        words.addAll(List.of(
                "-cp",
                root.resolve("jobs/metrics/target/test-classes") + ":" + lib + "/spark/*:" + lib + "/shared/*",
                "uk.fpw.metrics.JdbcPeer",
                source.url(),
                source.user(),
                source.password(),
                Long.toString(rows),
                folder.resolve("spark").toString()));
        start(Map.of(), words);
    }

    private void dlt() throws IOException, InterruptedException {
        String url = source.url()
                .replace("jdbc:postgresql://", "postgresql://" + source.user() + ":" + source.password() + "@");
        start(
                Map.of("RUNTIME__DLTHUB_TELEMETRY", "false"),
                List.of(
                        root.resolve("target/dlt/bin/python").toString(),
                        root.resolve("bench/dlt/pull").toString(),
                        url,
                        folder.resolve("dlt").toString()));
    }

    private void duckdb() throws IOException, InterruptedException {
        start(
                Map.of(),
                List.of(
                        root.resolve("target/dlt/bin/python").toString(),
                        "-c",
                        "import duckdb, sys; duckdb.sql(f\"create table pulled as from read_csv('{sys.argv[1]}')\")",
                        file(force()).toString()));
    }

    /** Its output goes to a file, and is shown only if it fails. */
    private void start(Map<String, String> environment, List<String> words) throws IOException, InterruptedException {
        Path said = folder.resolve("said.log");
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("FPW_"));
        builder.environment().putAll(environment);
        int code = builder.start().waitFor();
        if (code != 0) {
            throw new IllegalStateException(words.get(0) + " ended with " + code + ": " + Files.readString(said));
        }
    }

    private Path force() {
        return folder.resolve("force");
    }

    private void forceFolder() throws IOException {
        write("force.yml", """
                force: pull
                name: Pull
                zone: Europe/London
                pages: {made: false}
                storage:
                  warehouse: ../warehouse
                """);
        write(
                "connections.yml",
                "connections:\n  - {name: cases, kind: jdbc, url: \"" + source.url() + "\", user: " + source.user()
                        + ", password_variable: " + PASSWORD_VARIABLE
                        + "}\n  - {name: drop, kind: files, path: drop}\n");
        // a force needs events and a queue, although no night is run here
        write(
                "staging/opened.yml",
                "staging: opened\nsource: changes\nitem_kind: case\nfeeds: [changes]\nevents: [opened, closed]\n");
        write(
                "staging/opened.sql",
                "select cast(id as string) as item_key, 'opened' as event, opened_at as occurred_at, 0 as "
                        + "event_order from changes");
        write("queues/open.yml", """
                queue: open
                version: 1
                title: Open cases
                description: From opening on.
                item_kind: case
                item_unit: cases
                enters: [opened]
                leaves: [{event: closed, as: closed, served: true}]
                slices: []
                """);
        feed("changes", DATABASE + "extract: changes\ncursor: {column: change_seq, look_back: 100}\nreconcile: none\n");
        feed("whole", DATABASE + "extract: full\n");
        feed("files", "connection: drop\nfile: files.csv.gz\nextract: full\n");
    }

    private void write(String file, String text) throws IOException {
        Path path = force().resolve(file);
        Files.createDirectories(path.resolveSibling(""));
        Files.writeString(path, text);
    }

    private void feed(String name, String origin) throws IOException {
        write(
                "feeds/" + name + ".yml",
                "feed: " + name + "\nsource: " + name + "\ndescription: Cases.\n" + origin + COLUMNS);
    }
}
