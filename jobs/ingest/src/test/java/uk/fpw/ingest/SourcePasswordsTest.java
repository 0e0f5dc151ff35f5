package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.connection.SourceConnection;
import uk.fpw.warehouse.testing.SchemaDefaults;

class SourcePasswordsTest {

    @Test
    void passwordComesFromTheVariableOfTheConnection() {
        assertThat(new SourcePasswords(Map.of("FPW_DFU_PASSWORD", "s3cret")).of(database("FPW_DFU_PASSWORD")))
                .isEqualTo("s3cret");
        assertThat(new SourcePasswords(Map.of()).of(database(""))).isEmpty();
    }

    /** The folder also names the host that the value would be sent to. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "FPW_PSEUDONYM_KEY",
                "FPW_PSEUDONYM_KEY_FILE",
                "PGPASSWORD",
                "AWS_SECRET_ACCESS_KEY",
                "XFPW_DFU_PASSWORD",
                "FPW_DFU_PASSWORD_FILE"
            })
    void otherSecretsOfTheEnvironmentAreNotSentAnywhere(String variable) {
        SourcePasswords passwords = new SourcePasswords(Map.of(variable, "0123456789abcdef-the-key"));
        assertThatThrownBy(() -> passwords.of(database(variable)))
                .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessage("connections.yml: connection 'dfu': password_variable: is not a valid name for "
                        + "a password variable; name it FPW_..._PASSWORD, such as FPW_DFU_PASSWORD, both "
                        + "in the force folder and in the environment");
    }

    private static SourceConnection.Database database(String variable) {
        return SchemaDefaults.database("dfu", "jdbc:postgresql://db.example/dfu", "reader", variable, 5000, 10);
    }
}
