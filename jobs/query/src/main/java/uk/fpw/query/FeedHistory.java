package uk.fpw.query;

import static uk.fpw.model.DuckSql.name;
import static uk.fpw.model.DuckSql.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.FeedHistoryFile;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.file.WrittenFile;
import uk.fpw.model.DuckSql;

/**
 * The tables {@code history.<feed>}: every version of each row that was loaded until the business date of a release,
 * without erased and restricted rows and withdrawn loads. They are no tables of the release, and are opened only for
 * SQL that names one, each time on record.
 */
public final class FeedHistory {

    static final String SCHEMA = "history";

    /** Finds names of feeds; what else it finds is harmless, such as columns of an alias. */
    private static final Pattern NAME =
            Pattern.compile("\\bhistory\"?\\s*+\\.\\s*+\"?(\\w++)", Pattern.CASE_INSENSITIVE);

    private static final List<ReleaseManifest.Column> OWN = List.of(
            new ReleaseManifest.Column(
                    "row_key", "text", "Key of the row in its source, or its pseudonym: the same in all its versions."),
            new ReleaseManifest.Column("known_on", "date", "Business date of the load that brought the version."),
            new ReleaseManifest.Column("valid_from", "date", "First day on which we held the version: known_on."),
            new ReleaseManifest.Column(
                    "valid_to",
                    "date",
                    "Day on which the next version of the row became known, and this one was no longer held; null "
                            + "while there is none."),
            new ReleaseManifest.Column(
                    "change",
                    "text",
                    "new, changed or deleted (the source no longer had the row; the values are the last ones)."),
            new ReleaseManifest.Column("load_id", "text", "The load that brought the version."));

    private static final Set<String> OWN_NAMES =
            OWN.stream().map(ReleaseManifest.Column::name).collect(Collectors.toUnmodifiableSet());

    private final Path warehouse;
    private final ReleaseManifest release;
    private final @Nullable LocalDate knownOn;

    /**
     * The history that belongs to a release.
     *
     * @param knownOn if given, only the rows that were held at the end of that day, as they were known then
     * @throws QueryException if that day is after the business date of the release
     */
    public FeedHistory(Path warehouse, ReleaseManifest release, @Nullable LocalDate knownOn) {
        this.warehouse = warehouse;
        this.release = release;
        this.knownOn = knownOn;
        if (knownOn != null && knownOn.isAfter(LocalDate.parse(release.businessDate()))) {
            throw QueryException.wrong("--known-on " + knownOn + " is after " + release.businessDate()
                    + ", the business date of release " + release.id() + "; give that day or an earlier one");
        }
    }

    /** Whether a text names a table of the history. */
    static boolean isNamedIn(String sql) {
        return NAME.matcher(sql).find();
    }

    /** The release with the tables of the history, if a text names one; else the release itself. */
    public ReleaseManifest withTablesNamedIn(String sql) {
        return isNamedIn(sql)
                ? release.with(read().feeds().stream().map(this::table).toList())
                : release;
    }

    /** The error of a query that names a feed that does not exist; null if all do. */
    @Nullable
    QueryException unknownFeed(String sql) {
        List<String> feeds =
                read().feeds().stream().map(FeedHistoryFile.Feed::name).toList();
        Matcher found = NAME.matcher(sql);
        while (found.find()) {
            String named = found.group(1);
            if (feeds.stream().noneMatch(named::equalsIgnoreCase)) {
                return QueryException.wrong("there is no history." + named + ", since the force has no feed '" + named
                        + "'; feeds: " + String.join(", ", feeds));
            }
        }
        return null;
    }

    /** Fails if files were replaced, as when rows are erased: an old list must not be taken for damage. */
    void requireFiles(List<ReleaseManifest.Table> tables) {
        for (ReleaseManifest.Table table : tables) {
            if (table.schema().equals(SCHEMA)
                    && !table.files().stream().allMatch(file -> Files.isRegularFile(file.path()))) {
                throw QueryException.unavailable(table.name() + " cannot be read: since the latest release its files "
                        + "were replaced, as when rows are erased or restricted, or they are only in an object store; "
                        + "the next release of `fpw nightly` lists them again");
            }
        }
    }

    private FeedHistoryFile read() {
        Path file = new WarehouseFolder(warehouse).feedHistory();
        try {
            return FeedHistoryFile.read(file);
        } catch (NoSuchFileException missing) {
            throw QueryException.unavailable(
                    "the history of the feeds is not there: " + file
                            + " is missing; the next release of `fpw nightly` writes it",
                    missing);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw QueryException.unavailable(
                    file + " cannot be read: " + unreadable.getMessage()
                            + "; the next release of `fpw nightly` writes it again",
                    unreadable);
        }
    }

    private ReleaseManifest.Table table(FeedHistoryFile.Feed feed) {
        List<ReleaseManifest.Column> columns = new ArrayList<>();
        for (ReleaseFile.Column column : feed.columns()) {
            columns.add(new ReleaseManifest.Column(shown(column.name()), column.type(), column.description()));
        }
        columns.addAll(OWN);
        List<WrittenFile> files = feed.files().stream()
                .map(file -> new WrittenFile(warehouse.resolve(file).normalize()))
                .toList();
        return new ReleaseManifest.Table(
                SCHEMA + "." + feed.name(),
                "A version of a row of the feed " + feed.name() + ".",
                0,
                columns,
                files,
                List.of(),
                false,
                query(feed, files));
    }

    /** A column of the feed that is named like one of the history's own gets an underscore. */
    private static String shown(String column) {
        return OWN_NAMES.contains(column) ? column + "_" : column;
    }

    /** Grain: version of a row; with {@code knownOn} a row that was held then. */
    private String query(FeedHistoryFile.Feed feed, List<WrittenFile> files) {
        String last = knownOn == null ? release.businessDate() : knownOn.toString();
        String withdrawn = feed.withdrawnLoads().isEmpty()
                ? ""
                : " and _load_id not in ("
                        + feed.withdrawnLoads().stream().map(DuckSql::text).collect(Collectors.joining(", ")) + ")";
        String declared = feed.columns().stream()
                .map(column -> "cast(null as "
                        + QuerySession.duckType(SCHEMA + "." + feed.name() + "." + column.name(), column.type())
                        + ") as " + name(column.name()) + ", ")
                .collect(Collectors.joining());
        String values = feed.columns().stream()
                .map(column -> "if(_op = 'delete', lag(" + name(column.name()) + ") over version, "
                        + name(column.name()) + ") as " + name(shown(column.name())) + ", ")
                .collect(Collectors.joining());
        return """
                with stored as (
                    -- a column that was added to the feed is in no file before the next load
                    select %scast(null as varchar) as _key where false
                    union all by name
                    select * from %s where _known_on <= %s%s
                ),
                versions as (
                    select %s_key as row_key, _known_on as known_on, _known_on as valid_from,
                        lead(_known_on) over version as valid_to,
                        case
                            when _op = 'delete' then 'deleted'
                            when coalesce(lag(_op) over version, 'delete') = 'delete' then 'new'
                            else 'changed'
                        end as change,
                        _load_id as load_id
                    from stored window version as (partition by _key order by _seq)
                )
                select * from versions%s
                """.formatted(
                declared,
                DuckSql.rowsOf(
                        files.stream().map(file -> file.path().toString()).toList()),
                "date " + text(last),
                withdrawn,
                values,
                knownOn == null ? "" : " where valid_to is null and change <> 'deleted'");
    }
}
