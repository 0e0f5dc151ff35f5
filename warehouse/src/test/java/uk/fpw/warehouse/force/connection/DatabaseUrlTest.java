package uk.fpw.warehouse.force.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.fpw.layout.EmbeddedDatabase;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.testing.SchemaDefaults;

class DatabaseUrlTest {

    private static final String H2_SETTINGS =
            "; remove it; allowed settings are MODE, DATABASE_TO_LOWER, DATABASE_TO_UPPER, "
                    + "CASE_INSENSITIVE_IDENTIFIERS, DEFAULT_NULL_ORDERING, AUTO_SERVER, WRITE_DELAY, "
                    + "CACHE_SIZE, LOCK_TIMEOUT";

    @TempDir
    private Path temp;

    @Test
    void passwordGoesInClearTextOnlyToAServerThatTheDriverMakesSureOf() {
        assertThat(DatabaseUrl.requireAuth("jdbc:postgresql://db/fpw")).isEqualTo("!password");
        assertThat(DatabaseUrl.requireAuth("jdbc:postgresql://db/fpw?sslmode=require&ApplicationName=verify-full"))
                .isEqualTo("!password");
        assertThat(DatabaseUrl.requireAuth("jdbc:postgresql://db/fpw?ApplicationName=a&sslmode=verify-full"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://dfu-db/dfu",
                "jdbc:postgresql://db1.police.uk:5432,[2001:db8::1]:5433/fpw?sslmode=verify-full&sslrootcert=/etc/"
                        + "ssl/a%20b.pem",
                "jdbc:postgresql://db/fpw?ApplicationName=fpw&connectTimeout=5&currentSchema=a,"
                        + "b&targetServerType=primary",
                "jdbc:h2:file:/srv/lab;MODE=PostgreSQL;auto_server=TRUE",
                "jdbc:h2:tcp://127.0.0.1:9092/lab",
                "jdbc:sqlserver://db\\unit:1433;databaseName=dfu;encrypt=true",
                "jdbc:oracle:thin:@//dfu-db/dfu",
                "jdbc:oracle:thin:@dfu-db:1521:dfu",
                "jdbc:mysql://db:3306/dfu?sslMode=VERIFY_IDENTITY",
                "jdbc:db2://db:50000/dfu"
            })
    void harmlessUrlsOfSourcesPass(String url) {
        assertThat(DatabaseUrl.problemOfSource(url)).isNull();
    }

    /** Each would run code, read or write a file, or create a database if it reached the driver. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:h2:file:/srv/lab;INIT=RUNSCRIPT FROM '/tmp/x.sql' | INIT",
                "jdbc:h2:file:/srv/lab;init=RUNSCRIPT FROM '/tmp/x.sql' | init",
                "jdbc:h2:file:/srv/lab;MODE=PostgreSQL;IFEXISTS=FALSE | IFEXISTS",
                "jdbc:h2:file:/srv/lab;DATABASE_EVENT_LISTENER='x.Y' | DATABASE_EVENT_LISTENER",
                "jdbc:h2:file:/srv/lab;TRACE_LEVEL_FILE=3 | TRACE_LEVEL_FILE",
                "jdbc:h2:file:/srv/lab;JAVA_OBJECT_SERIALIZER='x.Y' | JAVA_OBJECT_SERIALIZER",
                "jdbc:h2:file:/srv/lab;AUTHREALM=x | AUTHREALM",
                "jdbc:postgresql://db/fpw?socketFactory=x.Y&socketFactoryArg=/tmp/x.xml | socketFactory",
                "jdbc:postgresql://db/fpw?sslmode=require&sslfactory=x.Y | sslfactory",
                "jdbc:postgresql://db/fpw?authenticationPluginClassName=x.Y | authenticationPluginClassName",
                "jdbc:postgresql://db/fpw?sslhostnameverifier=x.Y | sslhostnameverifier",
                "jdbc:postgresql://db/fpw?sslpasswordcallback=x.Y | sslpasswordcallback",
                "jdbc:postgresql://db/fpw?sslpassword=hunter2 | sslpassword",
                "jdbc:postgresql://db/fpw?loggerFile=/tmp/x.jsp | loggerFile",
                "jdbc:postgresql://db/fpw?jaasLogin=true | jaasLogin",
                "jdbc:postgresql://db/fpw?service=x | service",
                "jdbc:postgresql://db/fpw?options=-c%20x=y | options",
                "jdbc:postgresql://db/fpw?SSLMODE=disable | SSLMODE",
                "jdbc:mysql://db/dfu?autoDeserialize=true | autoDeserialize",
                "jdbc:mysql://db/dfu?allowLoadLocalInfile=true | allowLoadLocalInfile",
                "jdbc:sqlserver://db;socketFactoryClass=x.Y | socketFactoryClass",
                "jdbc:db2://db:50000/dfu?x=y | x"
            })
    void otherSettingsAreRefusedByName(String url, String setting) {
        assertThat(text(DatabaseUrl.problemOfSource(url)))
                .startsWith("has the setting '" + setting + "', which a force folder may not set; remove it; ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:mem:x",
                "jdbc:h2:~/x",
                "jdbc:h2:./x",
                "jdbc:h2:/srv/x",
                "jdbc:h2:file:memFS:x",
                "jdbc:h2:file:~/x",
                "jdbc:h2:zip:/srv/a.zip!/x",
                "jdbc:h2:ssl://host:1/x",
                "jdbc:h2:tcp://host/x",
                "jdbc:h2:file:",
                "jdbc:postgresql:fpw",
                "jdbc:postgresql://db",
                "jdbc:postgresql://db/fpw#x",
                "jdbc:postgresql://db;x/fpw",
                "jdbc:postgresql://db/../fpw%20x",
                "jdbc:postgresql://fpw:hunter2@db/fpw",
                "jdbc:oracle:thin:@ldap://x/y",
                "jdbc:duckdb:/etc/passwd",
                "JDBC:h2:mem:x",
                "jdbc:x"
            })
    void otherFormsAreRefused(String url) {
        assertThat(text(DatabaseUrl.problemOfSource(url))).startsWith("is ").doesNotContain("hunter2");
    }

    @Test
    void messagesSayWhatMayBeSet() {
        assertThat(text(DatabaseUrl.problemOfSource("jdbc:h2:file:/srv/lab;INIT=CALL 1")))
                .isEqualTo("has the setting 'INIT', which a force folder may not set" + H2_SETTINGS);
        assertThat(text(DatabaseUrl.problemOfSource("jdbc:h2:file:/srv/lab;hunter2")))
                .isEqualTo("has something that is not a setting, which a force folder may not set" + H2_SETTINGS);
        assertThat(text(DatabaseUrl.problemOfSource("jdbc:h2:file:/srv/lab;MODE=PostgreSQL;mode=Oracle")))
                .isEqualTo("has the setting 'mode' twice; keep one of them");
        assertThat(text(DatabaseUrl.problemOfSource("jdbc:h2:file:/srv/lab;MODE=a\\;INIT=CALL 1")))
                .isEqualTo("has a value of the setting 'MODE' with characters that are not allowed; use "
                        + "letters and digits");
        assertThat(text(DatabaseUrl.problemOfSource("jdbc:oracle:thin:@//db/dfu?x=y")))
                .isEqualTo("has the setting 'x', which a force folder may not set; remove it; a URL "
                        + "of this driver has no settings");
    }

    @Test
    void warehouseIsKeptInPostgresOrInAFile() {
        assertThat(DatabaseUrl.problemOfStorage("jdbc:postgresql://db/fpw?sslmode=verify-full"))
                .isNull();
        assertThat(DatabaseUrl.problemOfStorage(Force.Storage.embedded(temp).jdbcUrl()))
                .isNull();
        assertThat(text(DatabaseUrl.problemOfStorage("jdbc:h2:tcp://db:9092/x")))
                .isEqualTo("is not a URL of the form jdbc:h2:file:/path/of/database; use this form");
        assertThat(text(DatabaseUrl.problemOfStorage("jdbc:mysql://db/x")))
                .isEqualTo("is a URL of an unsupported kind; write jdbc:postgresql://host:5432/database, "
                        + "as described in docs/force-folder.md");
    }

    @Test
    void embeddedWarehouseWritesEachCommitBeforeItReturns() {
        String file = "jdbc:h2:file:/srv/fpw;AUTO_SERVER=TRUE";
        assertThat(storage(file).jdbcUrl()).isEqualTo(file + ";WRITE_DELAY=0");
        assertThat(storage("jdbc:h2:file:/srv/fpw").jdbcUrl()).isEqualTo("jdbc:h2:file:/srv/fpw;WRITE_DELAY=0");
        assertThat(storage(file + ";write_delay=0").jdbcUrl()).isEqualTo(file + ";write_delay=0");
        assertThat(storage("jdbc:postgresql://db/fpw").jdbcUrl()).isEqualTo("jdbc:postgresql://db/fpw");
        assertThat(DatabaseUrl.problemOfStorage(file)).isNull();
        assertThat(DatabaseUrl.problemOfStorage(file + ";write_delay=0")).isNull();
        assertThat(text(DatabaseUrl.problemOfStorage("jdbc:h2:file:/srv/fpw;Write_Delay=500;AUTO_SERVER=TRUE")))
                .isEqualTo("has a WRITE_DELAY other than 0, by which a killed process could undo a release that "
                        + "readers had already seen; remove it; WRITE_DELAY=0 is set without it");
        assertThat(DatabaseUrl.problemOfSource("jdbc:h2:file:/srv/lab;WRITE_DELAY=500"))
                .isNull();
    }

    private static Force.Storage storage(String url) {
        return new Force.Storage(Path.of("/srv"), url, "fpw", "");
    }

    @Test
    void h2IsASourceOnlyWhereTheEnvironmentSaysSo() throws IOException {
        Files.createDirectories(temp.resolve("systems"));
        Files.createFile(temp.resolve("elsewhere.mv.db"));
        Files.createSymbolicLink(temp.resolve("systems/link.mv.db"), temp.resolve("elsewhere.mv.db"));
        String folder = temp + "/systems";
        H2Sources allowed = H2Sources.of(Map.of(H2Sources.VARIABLE, folder + ", 127.0.0.1:9092"));

        assertThat(allowed.refusal(database("jdbc:h2:file:" + folder + "/dfu;MODE=PostgreSQL")))
                .isNull();
        assertThat(allowed.refusal(database("jdbc:h2:file:" + folder + "/../systems/dfu")))
                .isNull();
        assertThat(allowed.refusal(database("jdbc:h2:tcp://127.0.0.1:9092/lab")))
                .isNull();
        assertThat(allowed.refusal(database("jdbc:postgresql://db/dfu"))).isNull();
        Map.of(
                        "jdbc:h2:file:" + folder + "/../other/dfu",
                        temp + "/other",
                        "jdbc:h2:file:" + folder + "-other/dfu",
                        folder + "-other",
                        "jdbc:h2:file:" + folder + "/link",
                        temp.toRealPath().toString(),
                        "jdbc:h2:tcp://127.0.0.1:9093/lab",
                        "127.0.0.1:9093")
                .forEach((url, place) -> assertThat(allowed.refusal(database(url)))
                        .hasToString("connections.yml: connection 'lab': url: is an H2 database, which can "
                                + "contain Java code, and its folder or port is not allowed in the environment; use "
                                + "another kind of database; for a trial with a "
                                + "database of your own, set FPW_H2_SOURCES="
                                + place));
        assertThat(H2Sources.of(Map.of()).refusal(database("jdbc:h2:file:" + folder + "/dfu")))
                .isNotNull();
        assertThat(allowed.refusal(database("jdbc:h2:file:" + folder + "/dfu;INIT=CALL 1")))
                .hasToString("connections.yml: connection 'lab': url: has the setting 'INIT', which a force folder may "
                        + "not set"
                        + H2_SETTINGS);
    }

    @Test
    void embeddedDatabaseIsOpenedWithOrderedWrites() throws Exception {
        String url = Force.Storage.embedded(temp.toRealPath()).jdbcUrl();
        String opening = DatabaseUrl.opening(url);

        assertThat(opening)
                .isEqualTo(url.replace("jdbc:h2:file:", "jdbc:h2:ordered:") + ";COMPRESS=TRUE;TRACE_LEVEL_FILE=0");
        assertThat(DatabaseUrl.plain(opening)).isEqualTo(url);
        assertThat(DatabaseUrl.opening("jdbc:postgresql://db/fpw")).isEqualTo("jdbc:postgresql://db/fpw");
        try (Connection connection = StorageTimeouts.connect(url, "fpw", "");
                Statement statement = connection.createStatement();
                ResultSet path = statement.executeQuery("select database_path()")) {
            assertThat(path.next()).isTrue();
            assertThat(path.getString(1)).startsWith("ordered:/");
            assertThat(EmbeddedDatabase.file(path.getString(1)))
                    .isEqualTo(temp.toRealPath().resolve("fpw.mv.db"))
                    .exists();
        }
    }

    private static SourceConnection.Database database(String url) {
        return SchemaDefaults.database("lab", url, "reader", "", 1, 1);
    }

    private static @Nullable String text(DatabaseUrl.@Nullable Problem problem) {
        return problem == null ? null : problem.problem() + "; " + problem.remedy();
    }
}
