package uk.fpw.warehouse.force.feed;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.sql.SqlFileCheck;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.FolderFiles;
import uk.fpw.warehouse.force.yaml.Suggestions;

/** Checks what a feed reads, a file of a drop folder or a table or query of a database, and how it finds changes. */
public final class OriginCheck {

    private static final List<String> OF_FILES = List.of("file", "format", "delivery", "ignored");
    private static final List<String> OF_DATABASES = List.of("table", "cursor", "reconcile");
    private static final Set<String> CURSOR_TYPES = Set.of("whole", "date", "instant", "local_time");
    private static final Pattern READS = Pattern.compile("(?is)\\(*\\s*(select|with)\\b.*");

    private final DefinitionFile feed;
    private final FolderFiles files;
    private final ConfigErrors errors;
    private final String sqlFile;

    OriginCheck(DefinitionFile feed, FolderFiles files, ConfigErrors errors) {
        this.feed = feed;
        this.files = files;
        this.errors = errors;
        this.sqlFile = "feeds/" + feed.baseName() + ".sql";
    }

    /**
     * Checks the feed against its connection.
     *
     * @param connection the entry of connections.yml; null if it is unknown
     */
    void check(DefinitionFile.@Nullable Part connection) {
        String kind = connection == null ? null : connection.text("kind");
        if ("files".equals(kind)) {
            readsFiles(String.valueOf(feed.text("connection")));
        } else if ("jdbc".equals(kind)) {
            readsDatabase(String.valueOf(feed.text("connection")));
        }
        cursor();
        reconcile();
        deleted();
    }

    /** Checks that every query belongs to a feed and is a single query. */
    public static void checkQueries(FolderFiles files, ConfigErrors errors) {
        Set<String> feeds = files.baseNames("feeds", ".yml");
        for (String file : files.names("feeds", ".sql")) {
            String name = file.substring("feeds/".length(), file.length() - ".sql".length());
            if (!feeds.contains(name)) {
                errors.add(file, "has no matching .yml file", "add feeds/" + name + ".yml");
            }
            String sql = files.text(file);
            if (sql == null) {
                continue;
            }
            SqlFileCheck.Problem problem = SqlFileCheck.problemOfStandard(sql);
            if (problem != null) {
                errors.add(file, problem.line(), "", problem.problem(), problem.remedy());
            } else if (!READS.matcher(SqlFileCheck.standardCode(sql).strip()).matches()) {
                errors.add(file, "does not start with select or with", "write a single query that only reads");
            }
        }
    }

    private boolean hasQuery() {
        return files.baseNames("feeds", ".sql").contains(feed.baseName());
    }

    private void readsFiles(String connection) {
        for (String field : OF_DATABASES) {
            if (has(field)) {
                add(
                        field,
                        "is set, but connection '" + connection + "' is a folder of files",
                        "remove it, or use a connection of kind jdbc");
            }
        }
        if (hasQuery()) {
            errors.add(
                    sqlFile,
                    "is a query, but connection '" + connection + "' of feed '" + feed.baseName()
                            + "' is a folder of files",
                    "remove it, or use a connection of kind jdbc in the feed");
        }
        if (!has("file")) {
            add(
                    "file",
                    "is missing",
                    "enter the name of the file that the source drops into the folder of connection '" + connection
                            + "'");
        }
    }

    private void readsDatabase(String connection) {
        for (String field : OF_FILES) {
            if (has(field)) {
                add(
                        field,
                        "is set, but connection '" + connection + "' is a database",
                        field.equals("ignored")
                                ? "remove it: only the columns listed here are read from a table"
                                : "remove it, or use a connection of kind files");
            }
        }
        if (has("table") && hasQuery()) {
            add("table", "is set, but there is also a query " + sqlFile, "remove one of them");
        } else if (!has("table") && !hasQuery()) {
            add("table", "is missing", "set the table to read, or write a query in " + sqlFile);
        }
        if ("changes".equals(feed.text("extract")) && !has("cursor")) {
            add(
                    "extract",
                    "is changes, but there is no cursor column to detect changes in the database",
                    "set cursor to a column that increases with every change, or set extract to full");
        }
    }

    private void cursor() {
        if (!has("cursor")) {
            return;
        }
        if ("full".equals(feed.text("extract"))) {
            add("cursor", "is set, but extract is full", "remove it, or set extract to changes");
        }
        DefinitionFile.Part column = column("cursor.column", DefinitionFile.text(feed.at("cursor"), "column"));
        String type = column == null ? null : column.text("type");
        if (column == null || type == null) {
            return;
        }
        if (!CURSOR_TYPES.contains(type)) {
            add(
                    "cursor.column",
                    "'" + column.text("name") + "' is of type " + type,
                    "choose a column of type whole, date, instant or local_time that increases with every change");
        } else if (feed.at("cursor").has("max_gap") && !type.equals("whole")) {
            add("cursor.max_gap", "is set, but '" + column.text("name") + "' is of type " + type, "remove it");
        } else if (column.tree().has("pattern")) {
            add(
                    "cursor.column",
                    "'" + column.text("name")
                            + "' has a pattern, so the database stores it as text, which does not sort by time",
                    "choose a column of a date or time type");
        }
    }

    private void reconcile() {
        if (has("reconcile") && "full".equals(feed.text("extract"))) {
            add("reconcile", "is set, but extract is full, which compares the whole source every night", "remove it");
        }
    }

    private void deleted() {
        DefinitionFile.Part column = column("deleted", feed.text("deleted"));
        String type = column == null ? null : column.text("type");
        if (column != null && type != null && !type.equals("boolean")) {
            add(
                    "deleted",
                    "'" + column.text("name") + "' is of type " + type,
                    "use a column of type boolean that is true where the source has deleted the row");
        }
    }

    private DefinitionFile.@Nullable Part column(String field, @Nullable String name) {
        List<DefinitionFile.Part> columns = feed.parts("columns");
        if (name == null || columns.isEmpty()) {
            return null;
        }
        for (DefinitionFile.Part column : columns) {
            if (name.equals(column.text("name"))) {
                return column;
            }
        }
        Set<String> names = columns.stream()
                .map(column -> column.text("name"))
                .flatMap(Stream::ofNullable)
                .collect(Collectors.toSet());
        add(field, "'" + name + "' is not among the columns", Suggestions.remedy(name, names, "columns"));
        return null;
    }

    private boolean has(String field) {
        return feed.tree().has(field);
    }

    private void add(String field, String problem, String remedy) {
        errors.add(feed.file(), feed.line(field), field, problem, remedy);
    }
}
