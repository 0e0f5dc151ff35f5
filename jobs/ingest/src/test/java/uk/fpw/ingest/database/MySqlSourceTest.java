package uk.fpw.ingest.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.fpw.ingest.TestFeeds;
import uk.fpw.ingest.source.ColumnKind;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.connection.SourceConnection;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.testing.SchemaDefaults;

/** MySQL and MariaDB, by responses of their drivers 9.5.0 and 3.5.7 that were recorded with MariaDB 10.11. */
class MySqlSourceTest {

    private static final SourceConnection.Database DATABASE =
            SchemaDefaults.database("dfu", "jdbc:mysql://dfu-db:3306/dfu", "reader", "", 5000, 60);

    private static final Map<String, List<String>> TABLES =
            Map.of("dfu", List.of("submission", "exhibit"), "Crime", List.of("Case_File"));

    @Test
    void nameMayBeginWithADatabaseInAnyCase() throws SQLException {
        assertThat(identifiers().table("crime.case_file", "reader")).isEqualTo("`Crime`.`Case_File`");
        assertThat(identifiers().table("DFU.submission", "reader")).isEqualTo("`dfu`.`submission`");
        assertThat(identifiers().table("exhibit", "reader")).isEqualTo("`dfu`.`exhibit`");
    }

    @Test
    void nameThatIsNotFoundIsReportedWithThoseThatAre() {
        assertThatThrownBy(() -> identifiers().table("crimes.case_file", "reader"))
                .isInstanceOf(FpwException.class)
                .hasMessage("table: there is no database crimes that user 'reader' can see; the databases are Crime, "
                        + "dfu; correct table");
        assertThatThrownBy(() -> identifiers().table("crime.submission", "reader"))
                .hasMessage("table: there is no such table or view that user 'reader' can see; in database Crime "
                        + "there are Case_File; correct table, or check what has changed in the database");
        assertThatThrownBy(() -> identifiers().table("server.crime.case_file", "reader"))
                .hasMessage("table: tables of this database have no schema; write table as the name of a database and "
                        + "a table");
    }

    @Test
    void timestampIsAnInstantAndDatetimeALocalTime() throws SQLException {
        assertThat(column("TIMESTAMP").kind()).isEqualTo(ColumnKind.INSTANT);
        assertThat(column("DATETIME").kind()).isEqualTo(ColumnKind.LOCAL_TIME);

        Feed.Column local = new Feed.Column(
                "changed_at",
                "changed_at",
                Feed.Type.LOCAL_TIME,
                Feed.TextFormat.of(ZoneId.of("Europe/London")),
                false,
                Feed.Privacy.NOT_PERSONAL,
                "Test column.");
        assertThat(column("TIMESTAMP").fits(local)).isFalse();
        assertThat(column("TIMESTAMP").remedy(local, "feeds/submissions.sql"))
                .isEqualTo("declare the type instant, or cast it in a query in feeds/submissions.sql");
    }

    /** The drivers give what the session shows; as a time with offset they would take it for one of the process. */
    @Test
    void timestampIsReadInTheTimeZoneOfTheSession() throws SQLException {
        assertThat(SourceProduct.MYSQL.sessionStatement(59_500))
                .isEqualTo("set session time_zone = '+00:00', lock_wait_timeout = 59");
        ResultSet row = FakeDriver.part(ResultSet.class, Map.of("wasNull", none -> false, "getObject", arguments -> {
            assertThat(arguments[1]).isEqualTo(LocalDateTime.class);
            return LocalDateTime.of(2015, 7, 1, 11, 0);
        }));

        assertThat(column("TIMESTAMP").field(row, 1, TestFeeds.column("changed_at", "changed_at", Feed.Type.INSTANT)))
                .isEqualTo(LocalDateTime.of(2015, 7, 1, 11, 0).atOffset(ZoneOffset.UTC));
        assertThat(column("TIMESTAMP").read(row, 1)).isEqualTo("2015-07-01T11:00Z");
    }

    @ParameterizedTest
    @EnumSource(
            value = SourceProduct.class,
            names = {"MYSQL", "MARIADB"})
    void instantIsComparedInTheTimeZoneOfTheSession(SourceProduct product) {
        assertThat(product.parameter(Instant.parse("2015-07-01T11:00:00Z").atOffset(ZoneOffset.ofHours(1))))
                .isEqualTo(LocalDateTime.of(2015, 7, 1, 11, 0));
        assertThat(product.parameter(7L)).isEqualTo(7L);
    }

    @Test
    void dateWithoutMonthIsReadAsItIsWrittenAndRefusedLater() throws SQLException {
        ResultSet row = FakeDriver.part(
                ResultSet.class,
                Map.of(
                        "getObject",
                        arguments -> {
                            throw new DateTimeException("Invalid value for MonthOfYear (valid values 1 - 12): 0");
                        },
                        "getString",
                        arguments -> "2015-00-00"));
        SourceColumn date = new SourceColumn("seized_on", "DATE", ColumnKind.DATE, false);

        assertThat(date.field(row, 1, TestFeeds.column("seized_on", "seized_on", Feed.Type.DATE)))
                .isEqualTo("2015-00-00");
    }

    /** MySQL's driver sets no savepoint in a read-only session, and would read all rows into memory. */
    @Test
    void sessionsOfMySqlAvoidWhatItsDriverCannotDo() {
        Properties properties = new Properties();
        SourceProduct.MYSQL.addProperties(properties, DATABASE);

        assertThat(properties)
                .containsOnly(
                        Map.entry("useCursorFetch", "true"),
                        Map.entry("yearIsDateType", "false"),
                        Map.entry("zeroDateTimeBehavior", "CONVERT_TO_NULL"));
        assertThat(SourceProduct.ofUrl(DATABASE.jdbcUrl()).needsSavepoints()).isFalse();
        assertThat(SourceProduct.ofUrl("jdbc:postgresql://dfu-db/dfu").needsSavepoints())
                .isTrue();
    }

    private static SourceColumn column(String type) throws SQLException {
        ResultSetMetaData columns = FakeDriver.part(
                ResultSetMetaData.class,
                Map.of(
                        "getColumnTypeName", none -> type,
                        "getColumnType", none -> Types.TIMESTAMP,
                        "getPrecision", none -> 19,
                        "getScale", none -> 0,
                        "getColumnLabel", none -> "changed_at"));
        return SourceColumn.of(columns, 1, SourceProduct.MARIADB);
    }

    private static Identifiers identifiers() throws SQLException {
        DatabaseMetaData metaData = FakeDriver.part(
                DatabaseMetaData.class,
                Map.of(
                        "getIdentifierQuoteString", none -> "`",
                        "getSearchStringEscape", none -> "\\",
                        "supportsSchemasInDataManipulation", none -> false,
                        "getCatalogs", none -> rows("TABLE_CAT", List.of("dfu", "Crime")),
                        "getSchemas", none -> rows("TABLE_SCHEM", List.of()),
                        "getTables",
                                arguments -> rows("TABLE_NAME", Objects.requireNonNull(TABLES.get(arguments[0])))));
        Connection connection =
                FakeDriver.part(Connection.class, Map.of("getMetaData", none -> metaData, "getCatalog", none -> "dfu"));
        return new Identifiers(connection, new SourceFailures(DATABASE, "", "table", null));
    }

    private static ResultSet rows(String column, List<String> values) {
        Iterator<String> rows = values.iterator();
        return FakeDriver.part(
                ResultSet.class,
                Map.of(
                        "next",
                        none -> rows.hasNext(),
                        "getString",
                        arguments -> arguments[0].equals(column) ? rows.next() : "TABLE"));
    }
}
