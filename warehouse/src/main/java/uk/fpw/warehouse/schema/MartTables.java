package uk.fpw.warehouse.schema;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.NightFailure;

/**
 * The repeatable migration that makes the published tables and views, their comments and their grants from the models. Its checksum is the digest of the models: it runs whenever they change, in one
 * transaction where the database has such for DDL (PostgreSQL), and leaves what it finds right as it is.
 */
final class MartTables implements JavaMigration {

    private static final int CHECKSUM_DIGITS = 8;

    private final List<Model> marts;
    private final List<PublishedView> views;

    MartTables(List<Model> marts, List<Model> toolViews) {
        this.marts = marts;
        this.views = PublishedViews.of(marts, toolViews);
    }

    /**
     * Whether nothing would be taken away. Asked before anything is changed.
     *
     * @return true, since what is not allowed is refused
     * @throws NightFailure with {@code CONFIGURATION}, naming each obstacle and its remedy
     */
    boolean isAllowed(Connection connection) throws SQLException {
        List<String> refusals = new SchemaPlan(marts, views, DatabaseShape.of(connection)).refusals();
        if (!refusals.isEmpty()) {
            throw new NightFailure(
                    ExitCode.CONFIGURATION,
                    "the published tables could not be brought up to date; nothing was changed: "
                            + String.join("; ", refusals));
        }
        return true;
    }

    /** Whether the models of this software were in the database once and have been followed by others: then a newer version made it what it is, and nothing is to be done. */
    boolean isOutdated(Connection connection) throws SQLException {
        List<String> digests = digests(connection);
        return digests.contains(digest()) && !digest().equals(digests.get(digests.size() - 1));
    }

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        SchemaPlan plan = new SchemaPlan(marts, views, DatabaseShape.of(connection));
        List<String> statements = new ArrayList<>(plan.drops());
        statements.addAll(plan.tables());
        statements.addAll(plan.views());
        statements.addAll(plan.grants());
        execute(connection, statements);
        execute(connection, plan.comments(DatabaseShape.of(connection)));
        List<String> digests = digests(connection);
        if (digests.isEmpty() || !digest().equals(digests.get(digests.size() - 1))) {
            execute(
                    connection,
                    List.of("insert into ops.models (position, digest, made_at) values (" + (digests.size() + 1) + ", "
                            + Sql.text(digest()) + ", current_timestamp)"));
        }
    }

    private static void execute(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> digests(Connection connection) throws SQLException {
        if (!DatabaseShape.hasTable(connection, "ops", "models")) {
            return List.of();
        }
        List<String> digests = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select digest from ops.models order by position")) {
            while (rows.next()) {
                digests.add(rows.getString(1));
            }
        }
        return digests;
    }

    /** SHA-256, hex, of everything that this migration makes. */
    private String digest() {
        MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
        sha256.update(Models.digest(marts).getBytes(StandardCharsets.UTF_8));
        sha256.update(views.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(sha256.digest());
    }

    @Override
    public @Nullable MigrationVersion getVersion() {
        return null; // repeatable
    }

    @Override
    public String getDescription() {
        return "published tables and views of the models";
    }

    @Override
    public Integer getChecksum() {
        return Integer.parseUnsignedInt(digest().substring(0, CHECKSUM_DIGITS), 16);
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }
}
