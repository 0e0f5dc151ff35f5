package uk.fpw.nightly.run.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.connection.DatabaseUrl;
import uk.fpw.warehouse.store.schema.Migrations;

/**
 * Objects in an embedded database that no migration creates. A database with any of them does not belong to fpw,
 * whatever else is missing from it.
 */
final class ForeignTables {

    private static final String MODE = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";

    /** Schemas, tables and views, regardless of their content. */
    private static final String OBJECTS = """
            select schema_name from information_schema.schemata where lower(schema_name) <> 'information_schema'
            union all
            select table_schema || '.' || table_name from information_schema.tables where lower(table_schema) <> \
            'information_schema'
            """;

    private ForeignTables() {}

    /**
     * Rejects a database that does not belong to a warehouse.
     *
     * @throws FpwException with {@code CONFIGURATION}, listing its content
     */
    static void refuse(Connection connection) throws SQLException {
        Set<String> foreign = objects(connection);
        foreign.removeAll(ownTables());
        if (!foreign.isEmpty()) {
            throw FpwException.configuration("the database "
                    + DatabaseUrl.plain(connection.getMetaData().getURL()).split(";", 2)[0]
                    + " does not belong to a warehouse: it contains " + String.join(", ", foreign)
                    + ". Nothing was changed. Use a separate database for the "
                    + "force (force.yml: storage.database)");
        }
    }

    /** All objects that any version of the migrations creates, found by running them on an empty database. */
    private static Set<String> ownTables() throws SQLException {
        Set<String> ownTables = new TreeSet<>();
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + MODE;
        try (Connection reference = DriverManager.getConnection(url, "fpw", "")) {
            Migrations.written(url)
                    .dataSource(url, "fpw", "")
                    .callbacks(new AfterEach(ownTables))
                    .load()
                    .migrate();
            Migrations.of(new DriverManagerDataSource(url, "fpw", "")).migrate();
            ownTables.addAll(objects(reference));
        }
        return ownTables;
    }

    /** Collects the objects after each migration, because a later one may drop or rename them. */
    private static final class AfterEach extends BaseCallback {

        private final Set<String> seen;

        AfterEach(Set<String> seen) {
            this.seen = seen;
        }

        @Override
        public boolean supports(Event event, Context context) {
            return event == Event.AFTER_EACH_MIGRATE;
        }

        @Override
        public void handle(Event event, Context context) {
            try {
                seen.addAll(objects(context.getConnection()));
            } catch (SQLException failed) {
                throw new IllegalStateException("the tables of the migrations could not be listed", failed);
            }
        }
    }

    private static Set<String> objects(Connection connection) throws SQLException {
        Set<String> objects = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(OBJECTS)) {
            while (rows.next()) {
                objects.add(rows.getString(1));
            }
        }
        return objects;
    }
}
