package uk.fpw.warehouse.store.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.text.Sha256;
import uk.fpw.warehouse.failure.FpwException;

/**
 * The repeatable migration that creates the published tables and views, their comments and their grants from the
 * models. Its checksum is the digest of the models, so it runs whenever they change; in one transaction if the database
 * supports transactional DDL (PostgreSQL). It does not touch what is already correct.
 */
final class MartMigration implements JavaMigration {

    private static final int CHECKSUM_DIGITS = 8;

    private final int number;
    private final List<Model> marts;
    private final List<PublishedView> views;

    /**
     * SHA-256 (hex) of everything that this migration creates. Cached, since Flyway asks for the checksum repeatedly.
     */
    private final String digest;

    /**
     * A migration to these models.
     *
     * @param number version number of the models, see {@link Models#number()}
     */
    MartMigration(int number, List<Model> marts, List<Model> toolViews) {
        this.number = number;
        this.marts = marts;
        this.views = PublishedViews.of(marts, toolViews);
        this.digest = digest(marts, views);
    }

    /**
     * Rejects changes that would lose data, before anything is changed.
     *
     * @throws FpwException with {@code CONFIGURATION}, naming each obstacle and its fix
     */
    void refuseLosses(Connection connection) throws SQLException {
        List<String> refusals = new SchemaPlan(marts, views, ExistingSchema.of(connection)).refusals();
        if (!refusals.isEmpty()) {
            throw FpwException.configuration("the published tables could not be migrated, and were left unchanged: "
                    + String.join("; ", refusals));
        }
    }

    /** Whether a later version of this software created the published tables, in which case there is nothing to do. */
    boolean isOutdated(Connection connection) throws SQLException {
        return lastNumber(connection) > number;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        SchemaPlan plan = new SchemaPlan(marts, views, ExistingSchema.of(connection));
        List<String> statements = new ArrayList<>(plan.drops());
        statements.addAll(plan.tables());
        statements.addAll(plan.views());
        execute(connection, statements);
        execute(connection, plan.comments(ExistingSchema.of(connection)));
        execute(
                connection,
                List.of(
                        "delete from ops.models where position = " + number,
                        "insert into ops.models (position, digest, made_at) values (" + number + ", "
                                + PortableSql.text(digest) + ", current_timestamp)"));
    }

    private static void execute(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static int lastNumber(Connection connection) throws SQLException {
        if (!ExistingSchema.hasTable(connection, "ops", "models")) {
            return 0;
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select coalesce(max(position), 0) from ops.models")) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    private static String digest(List<Model> marts, List<PublishedView> views) {
        return Sha256.hex(Models.digest(marts) + views);
    }

    @Override
    public @Nullable MigrationVersion getVersion() {
        return null; // Repeatable migrations have no version.
    }

    @Override
    public String getDescription() {
        return "published tables and views of the models";
    }

    @Override
    public Integer getChecksum() {
        return Integer.parseUnsignedInt(digest.substring(0, CHECKSUM_DIGITS), 16);
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }
}
