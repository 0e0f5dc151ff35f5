package uk.fpw.warehouse.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

class SparkClusterTest {

    private static final String SECRET = "0123456789abcdef";

    @TempDir
    private Path folder;

    @Test
    void connectionsAreAuthenticatedAndEncryptedWithTheSecretOfTheFile() throws IOException {
        Path secret = secret(SECRET + "\n", "rw-r-----");
        SparkCluster cluster = read("""
                spark:
                  master: spark://10.0.0.1:7077
                  host: 10.0.0.5
                  driver_port: 40000
                  block_manager_port: 40001
                  secret_file: %s
                  settings:
                    spark.executor.memory: 2g
                    spark.cores.max: 8
                    spark.excludeOnFailure.enabled: true
                """.formatted(secret));
        assertThat(cluster.sparkSettings(Map.of()))
                .isEqualTo(Map.ofEntries(
                        Map.entry("spark.master", "spark://10.0.0.1:7077"),
                        Map.entry("spark.submit.deployMode", "client"),
                        Map.entry("spark.driver.host", "10.0.0.5"),
                        Map.entry("spark.driver.bindAddress", "10.0.0.5"),
                        Map.entry("spark.driver.port", "40000"),
                        Map.entry("spark.driver.blockManager.port", "40001"),
                        Map.entry("spark.authenticate", "true"),
                        Map.entry("spark.authenticate.secret", SECRET),
                        Map.entry("spark.network.crypto.enabled", "true"),
                        Map.entry("spark.io.encryption.enabled", "true"),
                        Map.entry("spark.executor.memory", "2g"),
                        Map.entry("spark.cores.max", "8"),
                        Map.entry("spark.excludeOnFailure.enabled", "true")));
        assertThat(cluster.describe(Map.of()))
                .isEqualTo("Spark computes on the cluster spark://10.0.0.1:7077, authenticated and encrypted");
    }

    @Test
    void variableReplacesTheSecretOfTheFile() throws IOException {
        SparkCluster cluster = read(cluster("secret_file: /none"));
        assertThat(cluster.sparkSettings(Map.of("FPW_SPARK_SECRET", SECRET + "+")))
                .containsEntry("spark.authenticate.secret", SECRET + "+");
    }

    @Test
    void masterWithoutASecretIsRefusedUnlessThatIsAccepted() throws IOException {
        assertRefused(
                read(cluster("driver_port: 40000")),
                Map.of(),
                "the Spark cluster spark://m:7077 has no secret: whoever reaches it can run code on its workers and "
                        + "read the rows that they compute. Set spark.authenticate.secret in its "
                        + "spark-defaults.conf, and FPW_SPARK_SECRET or spark.secret_file of the installation to the "
                        + "same secret; or accept it with unauthenticated: accepted");
        SparkCluster accepted = read(cluster("unauthenticated: accepted"));
        assertThat(accepted.sparkSettings(Map.of()))
                .isEqualTo(Map.of(
                        "spark.master",
                        "spark://m:7077",
                        "spark.submit.deployMode",
                        "client",
                        "spark.driver.host",
                        "d",
                        "spark.driver.bindAddress",
                        "d"));
        assertThat(accepted.describe(Map.of()))
                .isEqualTo("Spark computes on the cluster spark://m:7077, unauthenticated, which the installation "
                        + "accepts: whoever reaches it can read the rows that it computes");
    }

    @Test
    void secretThatOthersCanReadOrGuessIsRefusedWithoutBeingShown() throws IOException {
        Path open = secret(SECRET, "rw-r--r--");
        assertRefused(
                read(cluster("secret_file: " + open)),
                Map.of(),
                "spark.secret_file " + open + " is accessible to others (rw-r--r--): only its owner may write to it, "
                        + "and only its group may read it; restrict it (chmod 600 " + open
                        + "), and if others have used this machine, treat the key as compromised");
        assertRefused(
                read(cluster("driver_port: 40000")),
                Map.of("FPW_SPARK_SECRET", "guessed"),
                "FPW_SPARK_SECRET has no secret of at least 16 characters in one line; make one, such as with openssl "
                        + "rand -hex 32");
    }

    @Test
    void settingsThatRunCodeOrShowRowsAreRefused() throws IOException {
        for (String setting : new String[] {
            "spark.plugins: a.B",
            "spark.extraListeners: a.B",
            "spark.executor.extraJavaOptions: -Dx",
            "spark.jars: /x.jar",
            "spark.eventLog.enabled: true",
            "spark.authenticate: false",
            "spark.submit.deployMode: cluster"
        }) {
            String name = setting.substring(0, setting.indexOf(':'));
            assertThatThrownBy(() -> read(cluster("settings:\n    " + setting)))
                    .isInstanceOf(FpwException.class)
                    .hasMessageContaining("spark.settings." + name + ": is not a valid field here");
        }
    }

    @Test
    void otherMastersAreRefused() {
        for (String master : new String[] {"yarn", "k8s://https://k:6443", "local[4]"}) {
            assertThatThrownBy(() -> read("spark:\n  master: " + master + "\n  host: d\n"))
                    .isInstanceOf(FpwException.class)
                    .hasMessageContaining(":2: spark.master: ");
        }
    }

    private static String cluster(String further) {
        return "spark:\n  master: spark://m:7077\n  host: d\n  " + further + "\n";
    }

    private static void assertRefused(SparkCluster cluster, Map<String, String> environment, String message) {
        assertThatThrownBy(() -> cluster.sparkSettings(environment))
                .isInstanceOfSatisfying(FpwException.class, refused -> assertThat(refused.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessage(message);
    }

    private Path secret(String text, String permissions) throws IOException {
        return file("secret", text, permissions);
    }

    private SparkCluster read(String text) throws IOException {
        Path file = file("installation.yml", text, "rw-r--r--");
        return Objects.requireNonNull(
                Installation.of(Map.of("FPW_INSTALLATION", file.toString())).spark());
    }

    private Path file(String name, String text, String permissions) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return file;
    }
}
