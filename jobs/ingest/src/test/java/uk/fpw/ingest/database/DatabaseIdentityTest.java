package uk.fpw.ingest.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.force.connection.SourceConnection;
import uk.fpw.warehouse.store.ledger.feed.SourceContinuity.Identity;
import uk.fpw.warehouse.testing.SchemaDefaults;

/** Identities of databases, from recorded responses. */
class DatabaseIdentityTest {

    private static final SourceConnection.Database DATABASE =
            SchemaDefaults.database("dfu", "jdbc:test:dfu", "fpw_reader", "", 50, 60);

    private final List<String> calls = new ArrayList<>();

    @Test
    void postgresHasAnIdentifierAndATimeline() throws SQLException {
        assertThat(identity("PostgreSQL", List.of("7446253091839590435", "2, database 16384")))
                .isEqualTo(new Identity("7446253091839590435", "2, database 16384", true));
        assertThat(calls.get(1)).contains("pg_control_system()").contains("pg_control_checkpoint()");
    }

    @Test
    void sqlServerHasARecoveryFork() throws SQLException {
        List<@Nullable String> answer = new ArrayList<>();
        answer.add("0B7A9B8E-5A4C-4D1E-9B0F-3C2D1E0F9A8B");
        answer.add(null);
        assertThat(identity("Microsoft SQL Server", answer))
                .isEqualTo(new Identity("0B7A9B8E-5A4C-4D1E-9B0F-3C2D1E0F9A8B", null, true));
        assertThat(calls.get(1)).contains("recovery_fork_guid");
    }

    @Test
    void oracleHasAnIdentifierAndTheBeginningOfItsIncarnation() throws SQLException {
        assertThat(identity("Oracle", List.of("1689321455", "925702")))
                .isEqualTo(new Identity("1689321455", "925702", true));
        assertThat(calls.get(1)).contains("resetlogs_change#");
    }

    @Test
    void userWithoutTheRightGoesOnWithoutIt() throws SQLException {
        assertThat(identity("Oracle", new SQLException("ORA-00942: table or view does not exist", "42000", 942)))
                .isEqualTo(new Identity(null, null, false));
        assertThat(calls).last().isEqualTo("rollback");
        // SQL Server returns no row to users who may not see this one.
        assertThat(identity("Microsoft SQL Server", null)).isEqualTo(new Identity(null, null, false));
    }

    @Test
    void otherDatabasesHaveNone() throws SQLException {
        assertThat(identity("H2", null)).isNull();
        assertThat(calls).isEmpty();
    }

    /** @param answer the only row, an exception, or null for no row */
    private @Nullable Identity identity(String product, @Nullable Object answer) throws SQLException {
        calls.clear();
        Iterator<Boolean> rows = List.of(answer != null, false).iterator();
        ResultSet results =
                FakeDriver.part(ResultSet.class, Map.of("next", none -> rows.next(), "getString", arguments -> {
                    return ((List<?>) Objects.requireNonNull(answer)).get((Integer) arguments[0] - 1);
                }));
        PreparedStatement statement = FakeDriver.part(PreparedStatement.class, Map.of("executeQuery", none -> {
            if (answer instanceof SQLException refused) {
                throw refused;
            }
            return results;
        }));
        DatabaseMetaData metaData =
                FakeDriver.part(DatabaseMetaData.class, Map.of("getDatabaseProductName", none -> product));
        return DatabaseIdentity.of(
                FakeDriver.part(
                        Connection.class,
                        Map.of(
                                "getMetaData",
                                none -> metaData,
                                "setSavepoint",
                                none -> called("savepoint"),
                                "prepareStatement",
                                arguments -> {
                                    called(arguments[0].toString());
                                    return statement;
                                },
                                "rollback",
                                arguments -> called("rollback"))),
                DATABASE);
    }

    private @Nullable Object called(String what) {
        calls.add(what);
        return null;
    }
}
