package uk.fpw.warehouse.force.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.warehouse.force.yaml.ForceFolderException;

class ProposedConnectionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdbc:postgresql://dfu-db:5432/Digital-Lab?sslmode=require       | digital_lab
            jdbc:sqlserver://dfu-db:1433;encrypt=true;databaseName=Niche_RMS | niche_rms
            jdbc:sqlserver://dfu-db\\LAB                                     | lab
            jdbc:oracle:thin:@//dfu-db:1521/cases.police.uk                 | cases_police_uk
            jdbc:mysql://dfu-db/2024                                        | source
            jdbc:mariadb://dfu-db/lab                                       | lab
            jdbc:h2:tcp://dfu-db:9092/~/lab                                 | lab
            """)
    void connectionIsCalledLikeItsDatabase(String url, String name) {
        SourceConnection.Database database =
                ProposedConnection.of(url, "fpw_reader", null).database();
        assertThat(database.name()).isEqualTo(name);
        assertThat(database.jdbcUrl()).isEqualTo(url);
        assertThat(database.fetchRows()).isEqualTo(5_000);
    }

    @Test
    void entryIsAsConnectionsYmlWantsIt() {
        assertThat(ProposedConnection.of("jdbc:postgresql://db/dfu", "o'neil: \"x\"", "FPW_DFU_PASSWORD")
                        .entry())
                .isEqualTo("  - {name: dfu, kind: jdbc, url: \"jdbc:postgresql://db/dfu\", user: \"o'neil: "
                        + "\\\"x\\\"\", password_variable: \"FPW_DFU_PASSWORD\"}");
    }

    @Test
    void whatCheckWouldRefuseIsRefusedAndNoPasswordShown() {
        assertRefused(
                "jdbc:postgresql://reader:hunter2@db/dfu",
                null,
                "--url: contains a user or a password; remove them from the URL; put the user in --user and "
                        + "the environment variable with the password in --password-variable");
        assertRefused(
                "jdbc:h2:file:/srv/lab;INIT=CALL 1",
                null,
                "--url: has the setting 'INIT', which a force folder may not set; remove it; allowed settings are "
                        + "MODE, DATABASE_TO_LOWER, DATABASE_TO_UPPER, CASE_INSENSITIVE_IDENTIFIERS, "
                        + "DEFAULT_NULL_ORDERING, "
                        + "AUTO_SERVER, WRITE_DELAY, CACHE_SIZE, LOCK_TIMEOUT");
        assertRefused(
                "jdbc:h2:file:{folder}/lab",
                null,
                "--url: contains {folder}, but there is no force folder; write the path itself");
        assertRefused(
                "jdbc:postgresql://db/dfu",
                "PATH",
                "--password-variable: the value is not the name of an environment variable that starts with FPW_ and "
                        + "ends in _PASSWORD");
    }

    private static void assertRefused(String url, @Nullable String passwordVariable, String message) {
        assertThatThrownBy(() -> ProposedConnection.of(url, "reader", passwordVariable))
                .isInstanceOf(ForceFolderException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("hunter2");
    }
}
