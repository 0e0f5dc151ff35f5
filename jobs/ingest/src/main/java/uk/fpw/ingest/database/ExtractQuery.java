package uk.fpw.ingest.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.connection.SourceConnection;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;

/**
 * The query that reads a feed's columns, unordered since the database would have to sort the whole table.
 *
 * @param declared columns of the feed
 * @param columns the same columns as found in the database, in the feed's order
 * @param all all columns of the table or query
 * @param from SQL after {@code from}
 * @param cursor quoted name of the cursor column; null without a cursor
 * @param quoted quoted names of the columns, in the same order
 */
record ExtractQuery(
        List<Feed.Column> declared,
        List<SourceColumn> columns,
        List<SourceColumn> all,
        String from,
        @Nullable String cursor,
        List<String> quoted,
        SourceConnection.Database database) {

    /** Finds table and columns, and rejects deviations from the feed's declaration. */
    static ExtractQuery prepare(
            Connection connection,
            Feed feed,
            Origin.DatabaseRows rows,
            SourceConnection.Database database,
            SourceFailures failures)
            throws SQLException {
        Identifiers identifiers = new Identifiers(connection, failures);
        String from = rows.table() == null
                ? "(\n" + rows.sql() + "\n) fpw_extract"
                : identifiers.table(rows.table(), database.user());
        List<SourceColumn> found = probe(connection, from, database);
        List<SourceColumn> columns = new ArrayList<>();
        Set<String> missing = new LinkedHashSet<>();
        for (Feed.Column column : feed.columns()) {
            SourceColumn match = identifiers.column(column.from(), found);
            if (match == null) {
                missing.add(column.from());
            } else {
                columns.add(match);
            }
        }
        if (!missing.isEmpty()) {
            throw failures.badData(
                    "has no column " + String.join(", ", missing) + ", which feeds/" + feed.name() + ".yml declares",
                    "its columns are "
                            + found.stream().map(SourceColumn::name).collect(Collectors.joining(", "))
                            + "; correct name or from of the column, or check what has changed in the database");
        }
        refuseOtherTypes(feed, columns, failures);
        List<String> quoted =
                columns.stream().map(column -> identifiers.quote(column.name())).toList();
        String cursor = rows.cursor() == null
                ? null
                : quoted.get(position(feed, rows.cursor().column()));
        return new ExtractQuery(feed.columns(), List.copyOf(columns), found, from, cursor, quoted, database);
    }

    /**
     * The statement for reading rows. Rows with null in the cursor column are always read, since they would not be
     * found otherwise.
     *
     * @param threshold lowest cursor value to read; null for everything
     */
    PreparedStatement statement(Connection connection, @Nullable Object threshold) throws SQLException {
        String where = threshold == null ? "" : " where (" + cursor + " >= ? or " + cursor + " is null)";
        PreparedStatement statement = prepared(connection, "select " + selected() + " from " + from + where, database);
        if (threshold != null) {
            bind(statement, 1, threshold);
        }
        return statement;
    }

    /** The statement for reading rows that satisfy a condition. */
    PreparedStatement rangeStatement(Connection connection, String condition) throws SQLException {
        return prepared(connection, "select " + selected() + " from " + from + " where " + condition, database);
    }

    /** The statement for reading the highest cursor value below another one. */
    PreparedStatement highestBelow(Connection connection, Object value) throws SQLException {
        PreparedStatement statement =
                prepared(connection, "select max(" + cursor + ") from " + from + " where " + cursor + " < ?", database);
        bind(statement, 1, value);
        return statement;
    }

    /**
     * The statement for reading the newest value of a column.
     *
     * @param before upper bound, exclusive; null for none
     */
    PreparedStatement newest(Connection connection, int position, @Nullable Object before) throws SQLException {
        String column = quoted.get(position);
        String where = before == null ? "" : " where " + column + " < ?";
        PreparedStatement statement = prepared(connection, "select max(" + column + ") from " + from + where, database);
        if (before != null) {
            bind(statement, 1, before);
        }
        return statement;
    }

    /** Sets a parameter of a statement, a value of the cursor. */
    void bind(PreparedStatement statement, int index, Object value) throws SQLException {
        statement.setObject(index, product().parameter(value));
    }

    SourceProduct product() {
        return SourceProduct.ofUrl(database.jdbcUrl());
    }

    private String selected() {
        return String.join(", ", quoted);
    }

    static List<SourceColumn> probe(Connection connection, String from, SourceConnection.Database database)
            throws SQLException {
        try (PreparedStatement statement = prepared(connection, "select * from " + from + " where 1 = 0", database);
                ResultSet none = statement.executeQuery()) {
            ResultSetMetaData metaData = none.getMetaData();
            SourceProduct product = SourceProduct.ofUrl(database.jdbcUrl());
            List<SourceColumn> found = new ArrayList<>();
            for (int index = 1; index <= metaData.getColumnCount(); index++) {
                found.add(SourceColumn.of(metaData, index, product));
            }
            return found;
        }
    }

    static PreparedStatement prepared(Connection connection, String sql, SourceConnection.Database database)
            throws SQLException {
        PreparedStatement statement =
                connection.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        statement.setFetchSize(database.fetchRows());
        statement.setQueryTimeout(database.timeoutSeconds());
        return statement;
    }

    private static void refuseOtherTypes(Feed feed, List<SourceColumn> columns, SourceFailures failures) {
        List<String> problems = new ArrayList<>();
        Set<String> remedies = new LinkedHashSet<>();
        for (int index = 0; index < columns.size(); index++) {
            Feed.Column declared = feed.columns().get(index);
            SourceColumn found = columns.get(index);
            if (!found.fits(declared)) {
                problems.add("column " + found.name() + " is of type " + found.type() + ", but feeds/" + feed.name()
                        + ".yml declares " + declared.name() + " as "
                        + declared.type().name().toLowerCase(Locale.ROOT)
                        + (declared.patternText() == null ? "" : " written " + declared.patternText()));
                remedies.add(found.remedy(declared, "feeds/" + feed.name() + ".sql"));
            }
        }
        if (!problems.isEmpty()) {
            throw failures.badData(String.join("; ", problems), String.join("; ", remedies));
        }
    }

    private static int position(Feed feed, String column) {
        return feed.columns().indexOf(feed.column(column));
    }
}
