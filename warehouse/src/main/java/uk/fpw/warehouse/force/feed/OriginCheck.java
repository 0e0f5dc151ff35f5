package uk.fpw.warehouse.force.feed;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.sql.SqlFileCheck;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.FolderFiles;

/** Checks what a feed reads, a file of a drop folder or a table or query of a database, and how it finds changes. */
public record OriginCheck(DefinitionFile feed, FolderFiles files) {

    private static final List<String> OF_DATABASES = List.of("table", "cursor", "reconcile");
    private static final Pattern READS = Pattern.compile("(?is)\\(*\\s*(select|with)\\b.*");

    /**
     * Checks the feed against its connection.
     *
     * @param connection the entry of connections.yml; null if it is unknown
     */
    void check(DefinitionFile.@Nullable Part connection) {
        if (connection != null && connection.is("kind", "files")) {
            readsFiles(String.valueOf(feed.text("connection")));
        } else if (connection != null && connection.is("kind", "jdbc")) {
            readsDatabase(String.valueOf(feed.text("connection")));
        }
        FeedColumns columns = new FeedColumns(feed);
        if (feed.has("cursor")) {
            cursor(columns);
        }
        if (feed.has("reconcile") && feed.is("extract", "full")) {
            feed.error(
                    "reconcile",
                    "is set, but extract is full, which compares the whole source every night",
                    "remove it");
        }
        DefinitionFile.Part deleted = columns.column("deleted");
        if (deleted != null) {
            columns.requireType(
                    "deleted",
                    deleted,
                    Set.of("boolean"),
                    "use a column of type boolean that is true where the source has deleted the row");
        }
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

    private String query() {
        return "feeds/" + feed.baseName() + ".sql";
    }

    private boolean hasQuery() {
        return files.baseNames("feeds", ".sql").contains(feed.baseName());
    }

    private void readsFiles(String connection) {
        feed.refuse(
                OF_DATABASES,
                "is set, but connection '" + connection + "' is a folder of files",
                "remove it, or use a connection of kind jdbc");
        if (hasQuery()) {
            feed.errors()
                    .add(
                            query(),
                            "is a query, but connection '" + connection + "' of feed '" + feed.baseName()
                                    + "' is a folder of files",
                            "remove it, or use a connection of kind jdbc in the feed");
        }
        if (!feed.has("file")) {
            feed.error(
                    "file",
                    "is missing",
                    "enter the name of the file that the source drops into the folder of connection '" + connection
                            + "'");
        }
    }

    private void readsDatabase(String connection) {
        String problem = "is set, but connection '" + connection + "' is a database";
        feed.refuse(List.of("file", "format", "delivery"), problem, "remove it, or use a connection of kind files");
        feed.refuse(List.of("ignored"), problem, "remove it: only the columns listed here are read from a table");
        if (feed.has("table") && hasQuery()) {
            feed.error("table", "is set, but there is also a query " + query(), "remove one of them");
        } else if (!feed.has("table") && !hasQuery()) {
            feed.error("table", "is missing", "set the table to read, or write a query in " + query());
        }
        if (feed.is("extract", "changes") && !feed.has("cursor")) {
            feed.error(
                    "extract",
                    "is changes, but there is no cursor column to detect changes in the database",
                    "set cursor to a column that increases with every change, or set extract to full");
        }
    }

    private void cursor(FeedColumns columns) {
        if (feed.is("extract", "full")) {
            feed.error("cursor", "is set, but extract is full", "remove it, or set extract to changes");
        }
        String field = "cursor.column";
        DefinitionFile.Part column = columns.column(field);
        if (column == null
                || !columns.requireType(
                        field,
                        column,
                        FeedColumns.ORDERED,
                        "choose a column of type whole, date, instant or local_time that increases with every "
                                + "change")) {
            return;
        }
        String type = column.text("type");
        if (feed.has("cursor.max_gap") && type != null && !type.equals("whole")) {
            feed.error("cursor.max_gap", "is set, but '" + column.text("name") + "' is of type " + type, "remove it");
        } else {
            columns.refusePattern(field, column);
        }
    }
}
