package uk.fpw.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

class SparkSessionsTest {

    private static final String MASTER = "spark://m:7077";

    @Test
    void clusterOfSparksOwnSettingsMustAuthenticate() {
        assertThatThrownBy(() -> SparkSessions.requireSecretOrConsent(MASTER, Map.of(), null))
                .isInstanceOfSatisfying(FpwException.class, refused -> assertThat(refused.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessage("spark-defaults.conf names the Spark cluster spark://m:7077 without spark.authenticate: "
                        + "whoever reaches it can run code on its workers and read the rows that they compute. Name "
                        + "it in installation.yml (spark, master), with its secret or with unauthenticated: accepted");
        SparkSessions.requireSecretOrConsent(MASTER, Map.of(), "true");
        SparkSessions.requireSecretOrConsent(MASTER, Map.of("spark.master", MASTER), null);
    }
}
