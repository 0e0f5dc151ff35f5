package uk.fpw.nightly.cli.force;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.fpw.ingest.SourcePasswords;
import uk.fpw.ingest.database.DatabaseTable;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.cli.option.FormatOption;
import uk.fpw.nightly.cli.option.JsonOutput;
import uk.fpw.profile.FeedDraft;
import uk.fpw.profile.ProfileFields;
import uk.fpw.profile.ProfileReport;
import uk.fpw.profile.ProfiledSource;
import uk.fpw.profile.Profiler;
import uk.fpw.profile.SourceProfile;
import uk.fpw.warehouse.failure.DiskFull;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.connection.ProposedConnection;
import uk.fpw.warehouse.force.connection.SourceConnection;

/** Implements {@code fpw profile}. */
@Command(
        name = "profile",
        description = {
            "Profiles a file, or a table of a database, and writes a draft feed: types, "
                    + "date patterns, blanks, distinct values, duplicates, possible keys, and columns that "
                    + "may contain personal data.",
            "Shows the format of values, never a value. The source is only read."
        })
public final class ProfileCommand implements Callable<Integer> {

    private static final long MOST_OF_A_TABLE = 1_000_000;

    /** What to profile: one of the two. */
    private static final class Given {

        @Parameters(
                paramLabel = "SOURCE",
                description = {
                    "A file (.csv, .csv.gz, any text with a header and a character between fields, .xlsx or "
                            + ".parquet); or CONNECTION.TABLE or CONNECTION.FILE, with a connection of the force "
                            + "folder."
                })
        @Nullable
        private String source;

        @ArgGroup(exclusive = false)
        @Nullable
        private TableOptions table;
    }

    @ArgGroup(multiplicity = "1")
    private final Given given = new Given();

    @Mixin
    private final ForceOption force = new ForceOption();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Write the feed to this file, such as my-force/feeds/devices.yml, "
                    + "instead of the screen. It must not exist.")
    private @Nullable Path out;

    @Option(names = "--header", description = "The first line is the header, although it looks like a row of data.")
    private boolean hasHeader;

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "Read no more than the first N rows; the profile says so if there are more. Default: all "
                    + "rows of a file, 1,000,000 of a table.")
    private @Nullable Long rows;

    @Mixin
    private final FormatOption format = new FormatOption();

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public ProfileCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Path target = out == null ? null : context.workingFolder().resolve(out).normalize();
        if (rows != null && rows < 1) {
            throw wrong("--rows " + rows + ": is less than 1; read at least one row, or leave it out");
        }
        String feedName = target == null ? null : feedName(target);
        try (Opened opened = open()) {
            SourceProfile profile = profile(opened.source);
            FeedDraft draft = new FeedDraft(profile, feedName, opened.connection);
            if (format.isJson()) {
                printJson(profile, draft, target, opened.entry);
            } else {
                print(profile, draft, target, opened.entry);
            }
            return 0;
        }
    }

    private void print(SourceProfile profile, FeedDraft draft, @Nullable Path target, @Nullable String entry) {
        ProfileReport.lines(profile, draft).forEach(context.out()::println);
        context.out().println();
        if (entry != null) {
            context.out().println("The connection, for connections.yml:");
            context.out().println();
            context.out().println(entry);
            context.out().println();
        }
        if (target == null) {
            context.out().println("The feed, for feeds/" + draft.name() + ".yml (--out writes it):");
            context.out().println();
            context.out().print(draft.yaml());
            return;
        }
        write(target, draft.yaml());
        context.out()
                .println("The feed is in " + context.shown(target)
                        + ": read it, resolve the decisions in its comments; then run fpw check.");
        if (draft.pseudonymises()) {
            context.out().println("A run needs a secret key for it, see 'Privacy' in docs/force-folder.md.");
        }
    }

    private void printJson(SourceProfile profile, FeedDraft draft, @Nullable Path target, @Nullable String entry) {
        if (target != null) {
            write(target, draft.yaml());
        }
        Map<String, @Nullable Object> feed = new LinkedHashMap<>();
        feed.put("feed", draft.name());
        feed.put("yaml", draft.yaml());
        feed.put("connection", entry == null ? null : entry.strip());
        feed.put("file", target);
        feed.put("needs_pseudonym_key", draft.pseudonymises());
        Map<String, @Nullable Object> fields = ProfileFields.of(profile, draft);
        fields.put("draft", feed);
        JsonOutput.print(context.out(), fields);
    }

    private SourceProfile profile(ProfiledSource opened) {
        try {
            long most = rows != null ? rows : opened.isTable() ? MOST_OF_A_TABLE : Long.MAX_VALUE;
            return Profiler.profile(opened, most, scratch(), this::progress);
        } catch (UncheckedIOException failed) {
            throw unavailable(failed, scratch());
        }
    }

    /** The error for a folder that cannot be written to. */
    public static FpwException unavailable(UncheckedIOException failed, Path folder) {
        boolean isFull = DiskFull.causeOf(failed, folder) != null;
        Throwable cause = failed.getCause() == null ? failed : failed.getCause();
        return FpwException.unavailable(
                failed.getMessage() + ": "
                        + (isFull
                                ? "the disk is full; free some space, and profile again"
                                : cause.getMessage() + "; check the storage, and profile again"),
                failed);
    }

    /**
     * A source.
     *
     * @param connection name of the connection by which a feed reaches it
     * @param entry the connection for {@code connections.yml}; null if it is there
     * @param end ends its session
     */
    private record Opened(
            ProfiledSource source,
            String connection,
            @Nullable String entry,
            Runnable end) implements AutoCloseable {

        Opened(ProfiledSource source, String connection, Runnable end) {
            this(source, connection, null, end);
        }

        @Override
        public void close() {
            end.run();
        }
    }

    private Opened open() {
        if (given.table != null) {
            ProposedConnection connection = given.table.connection();
            DatabaseTable table = given.table.open(connection, context.environment());
            return new Opened(ProfiledSource.of(table), connection.database().name(), connection.entry(), table::close);
        }
        String source = Objects.requireNonNull(given.source);
        Path file = path(source);
        if (file != null && Files.exists(file)) {
            Force folder = forceOrNull();
            return new Opened(ProfiledSource.of(file, hasHeader), dropOf(folder, file), () -> {});
        }
        int dot = source.indexOf('.');
        boolean mayBeTable = dot > 0 && dot < source.length() - 1 && source.indexOf('/') < 0;
        if (!mayBeTable || file == null) {
            throw wrong("there is no file " + (file == null ? source : file)
                    + "; correct the path, or specify a table as CONNECTION.TABLE, or with --url and --table");
        }
        Force read = forceOrNull();
        if (read == null) {
            throw wrong("there is no file " + file + "; correct the path, or give the force folder whose connection '"
                    + source.substring(0, dot)
                    + "' is meant with --force, or name the database of a table with --url and --table");
        }
        return connection(read, source, dot);
    }

    private Opened connection(Force read, String source, int dot) {
        String name = source.substring(0, dot);
        String rest = source.substring(dot + 1);
        SourceConnection connection = read.connections().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> wrong("there is neither a file " + source + " nor a connection '" + name
                        + "' in connections.yml; the connections are "
                        + String.join(
                                ", ",
                                read.connections().stream()
                                        .map(SourceConnection::name)
                                        .toList())));
        if (connection instanceof SourceConnection.Database database) {
            String password = new SourcePasswords(context.environment()).of(database);
            DatabaseTable table = DatabaseTable.open(rest, database, password);
            return new Opened(ProfiledSource.of(table), name, table::close);
        }
        Path folder = connection.folder();
        if (folder == null) {
            throw wrong("connection '" + name + "' is neither a database nor a folder of files; use another one");
        }
        return new Opened(ProfiledSource.of(folder.resolve(rest), hasHeader), name, () -> {});
    }

    /** The drop folder that contains the file, or else the first one. */
    private static String dropOf(@Nullable Force read, Path file) {
        if (read == null) {
            return "drop";
        }
        String first = null;
        for (SourceConnection connection : read.connections()) {
            Path folder = connection.folder();
            if (folder != null) {
                if (folder.equals(file.getParent())) {
                    return connection.name();
                }
                first = first == null ? connection.name() : first;
            }
        }
        return first == null ? "drop" : first;
    }

    /** Only tables need a force folder; for a file it names the drop folder. */
    private @Nullable Force forceOrNull() {
        return force.isGiven(context) ? force.read(context) : null;
    }

    private @Nullable Path path(String named) {
        try {
            return context.workingFolder().resolve(named).normalize();
        } catch (InvalidPathException noPath) {
            return null;
        }
    }

    private static String feedName(Path target) {
        String file = String.valueOf(target.getFileName());
        String name = file.replaceFirst("\\.ya?ml$", "");
        if (!name.matches("[a-z][a-z0-9_]*") || !file.endsWith(".yml")) {
            throw wrong("--out " + file
                    + ": the file of a feed has the name of the feed (lower-case letters, digits "
                    + "and _) and ends in .yml; use a name such as devices.yml");
        }
        if (Files.exists(target)) {
            throw wrong(
                    "--out: " + target + " already exists, and is not overwritten; use another file, or move it away");
        }
        if (target.getParent() == null || !Files.isDirectory(target.getParent())) {
            throw wrong("--out: there is no folder " + target.getParent() + "; create it, or use another one");
        }
        if (!Files.isWritable(target.getParent())) {
            throw wrong("--out: this user has no permission to write to " + target.getParent()
                    + "; correct its permissions, or use another folder");
        }
        return name;
    }

    private static void write(Path target, String yaml) {
        try {
            Files.writeString(
                    target, yaml, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException there) {
            throw wrong("--out: " + target + " already exists, and is not overwritten");
        } catch (IOException failed) {
            throw unavailable(new UncheckedIOException(target + " cannot be written", failed), target);
        }
    }

    private static Path scratch() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    private void progress(long rows) {
        context.err().println(String.format(Locale.ROOT, "  %,d rows read ...", rows));
    }

    private static FpwException wrong(String message) {
        return FpwException.configuration(message);
    }
}
