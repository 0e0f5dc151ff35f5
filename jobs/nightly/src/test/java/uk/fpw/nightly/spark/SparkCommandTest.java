package uk.fpw.nightly.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.nightly.program.ProcessSupervisor;
import uk.fpw.nightly.program.Program;
import uk.fpw.nightly.program.ProgramStarter;
import uk.fpw.warehouse.failure.FpwException;

class SparkCommandTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void embeddedSparkRunsInTheSameJavaWithItsOwnHeapInUtcAndOnTheLoopbackAddress() throws IOException {
        install();
        List<String> words = command(Map.of("FPW_SPARK_HEAP", "3g")).commandLine("/run.json", Path.of("/spark.log"));
        assertThat(words.get(0))
                .isEqualTo(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
        assertThat(words)
                .contains(
                        "-Xmx3g",
                        "-Duser.timezone=UTC",
                        "-Dh2.bindAddress=127.0.0.1",
                        "-Dh2.allowedClasses=org.h2.server.TcpServer",
                        "-Dfpw.metrics.log=/spark.log",
                        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED")
                .endsWith(
                        "-cp",
                        folder.resolve("lib/spark/*") + ":" + folder.resolve("lib/shared/*"),
                        "uk.fpw.metrics.MetricsMain",
                        "/run.json");
    }

    @Test
    void javaOptionsOfTheEmbeddedSparkCanBeReplaced() throws IOException {
        install();
        assertThat(command(Map.of()).commandLine("/run.json", Path.of("/spark.log")))
                .contains("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        assertThat(new SparkCommand(processes(Map.of()), 1_000_000, null)
                        .commandLine("/run.json", Path.of("/spark.log")))
                .contains("-XX:+UseSerialGC")
                .doesNotContain("-XX:TieredStopAtLevel=1");
        assertThat(command(Map.of("FPW_SPARK_JAVA_OPTS", "-XX:+UseG1GC"))
                        .commandLine("/run.json", Path.of("/spark.log")))
                .contains("-XX:+UseG1GC")
                .doesNotContain("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    }

    @Test
    void embeddedSparkUsesTheArchiveOfItsClassesIfOneWasMade() throws IOException {
        install();
        String option = "-XX:SharedArchiveFile=" + folder.resolve("lib/spark.jsa");
        assertThat(command(Map.of()).commandLine("/run.json", Path.of("/spark.log")))
                .doesNotContain(option);
        Files.createFile(folder.resolve("lib/spark.jsa"));
        assertThat(command(Map.of()).commandLine("/run.json", Path.of("/spark.log")))
                .contains(option, "-Xlog:cds=off");
    }

    @Test
    void sparkHomeMeansSparkSubmitWithTheMissingJars() throws IOException {
        Path lib = Files.createDirectories(folder.resolve("lib/spark"));
        Path jars = Files.createDirectories(folder.resolve("spark/jars"));
        for (String jar : List.of(
                "fpw-metrics-0.1.0.jar", "fpw-warehouse-0.1.0.jar", "h2-2.4.240.jar", "jackson-core-2.21.2.jar")) {
            Files.createFile(lib.resolve(jar));
        }
        Files.createFile(jars.resolve("jackson-core-2.18.0.jar")); // Spark's own version stays the only one
        List<String> words = command(
                        Map.of("SPARK_HOME", folder.resolve("spark").toString()))
                .commandLine("/run.json", Path.of("/spark.log"));
        assertThat(words)
                .containsExactly(
                        folder.resolve("spark/bin/spark-submit").toString(),
                        "--class",
                        "uk.fpw.metrics.MetricsMain",
                        "--driver-memory",
                        "2g",
                        "--driver-java-options",
                        "-Duser.timezone=UTC -Dfile.encoding=UTF-8 -Dh2.bindAddress=127.0.0.1 "
                                + "-Dh2.allowedClasses=org.h2.server.TcpServer -Dfpw.metrics.log=/spark.log",
                        "--jars",
                        lib.resolve("fpw-warehouse-0.1.0.jar") + "," + lib.resolve("h2-2.4.240.jar"),
                        lib.resolve("fpw-metrics-0.1.0.jar").toString(),
                        "/run.json");
    }

    @Test
    void checkNamesTheSparkOfSparkHomeAndTheLibrariesThatItReplaces() throws IOException {
        Path lib = Files.createDirectories(folder.resolve("lib/spark"));
        Path jars = Files.createDirectories(folder.resolve("spark/jars"));
        for (String jar : List.of(
                "spark-core_2.13-4.1.3.jar",
                "netty-buffer-4.2.18.Final.jar",
                "netty-all-4.2.18.Final.jar",
                "netty-transport-native-epoll-4.2.18.Final-linux-x86_64.jar",
                "netty-transport-native-epoll-4.2.18.Final-linux-aarch_64.jar",
                "lz4-java-1.14.0.jar",
                "h2-2.4.240.jar")) {
            Files.createFile(lib.resolve(jar));
        }
        for (String jar : List.of(
                "spark-core_2.13-4.1.1.jar",
                "netty-buffer-4.1.130.Final.jar",
                "netty-all-4.1.130.Final.jar",
                "netty-transport-native-epoll-4.2.18.Final-linux-x86_64.jar",
                "lz4-java-1.8.1.jar")) {
            Files.createFile(jars.resolve(jar));
        }
        assertThat(command(Map.of("SPARK_HOME", folder.resolve("spark").toString()))
                        .describe())
                .containsExactly(
                        "SPARK_HOME has Spark 4.1.1; 4.1.3 was tried, no other version: compare a release of both "
                                + "before you rely on it",
                        "it replaces libraries of ours by other versions, which may lack security fixes: lz4-java "
                                + "1.8.1 for 1.14.0, netty 4.1.130.Final for 4.2.18.Final (2 libraries), "
                                + "spark-core_2.13 4.1.1 for 4.1.3");
        assertThat(command(Map.of()).describe()).isEmpty();
    }

    @Test
    void sparkHomeThatIsNoneIsNamed() throws IOException {
        install();
        assertThatThrownBy(() -> command(
                                Map.of("SPARK_HOME", folder.resolve("none").toString()))
                        .describe())
                .isInstanceOf(FpwException.class)
                .hasMessage(folder.resolve("none/jars") + " cannot be read; set SPARK_HOME to a Spark installation "
                        + "that this user can read");
    }

    @Test
    void clusterNeedsASparkOfItsOwnVersion() throws IOException {
        install();
        Path file = folder.resolve("installation.yml");
        Files.writeString(file, "spark:\n  master: spark://m:7077\n  host: d\n  unauthenticated: accepted\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        SparkCommand command = command(Map.of("FPW_INSTALLATION", file.toString()));
        assertThat(command.settings()).containsEntry("spark.master", "spark://m:7077");
        assertThatThrownBy(() -> command.commandLine("/run.json", Path.of("/spark.log")))
                .isInstanceOf(FpwException.class)
                .hasMessage("the installation computes on spark://m:7077, and SPARK_HOME is not set; set it to a Spark "
                        + "installation of the same version as that of the cluster");
    }

    @Test
    void sparkGetsLibrariesAndCredentialsForTablesInAnObjectStoreOnly() throws IOException {
        install();
        Path part = Files.createDirectories(folder.resolve("lib/s3"));
        for (String jar :
                List.of("iceberg-aws-1.12.0.jar", "failsafe-3.3.2.jar", "s3-2.57.8.jar", "fpw-s3-0.1.0.jar")) {
            Files.createFile(part.resolve(jar));
        }
        Path installation = Files.writeString(folder.resolve("installation.yml"), "object_store: {bucket: tables}\n");
        Files.setPosixFilePermissions(installation, PosixFilePermissions.fromString("rw-r--r--"));
        Map<String, String> environment =
                Map.of("FPW_INSTALLATION", installation.toString(), "AWS_SECRET_ACCESS_KEY", "canary");
        SparkCommand command = new SparkCommand(processes(environment), 0, "s3://tables/kent");

        assertThat(command.commandLine("/run.json", Path.of("/spark.log")))
                .contains(folder.resolve("lib/spark/*") + ":" + folder.resolve("lib/shared/*") + ":"
                        + folder.resolve("lib/s3/*"))
                .noneMatch(word -> word.contains("canary"));
        assertThat(command.settings())
                .containsEntry("spark.sql.catalog.fpw.io-impl", "uk.fpw.s3.S3Files")
                .doesNotContainValue("canary");
        assertThat(command.program().sees("AWS_SECRET_ACCESS_KEY")).isTrue();
        assertThat(command.program().sees("FPW_DATABASE_PASSWORD")).isFalse();
        assertThat(Program.AUDIT.sees("AWS_SECRET_ACCESS_KEY")).isFalse();

        Files.createFile(folder.resolve("lib/spark/fpw-metrics-0.1.0.jar"));
        Files.createDirectories(folder.resolve("spark/jars"));
        Map<String, String> submitting = new HashMap<>(environment);
        submitting.put("SPARK_HOME", folder.resolve("spark").toString());
        assertThat(new SparkCommand(processes(submitting), 0, "s3://tables/kent")
                        .commandLine("/run.json", Path.of("/spark.log")))
                .contains(part.resolve("fpw-s3-0.1.0.jar") + "," + part.resolve("s3-2.57.8.jar"));
    }

    @Test
    void sparkGetsNoSecretInItsEnvironment() {
        assertThat(Stream.of(
                                "FPW_PSEUDONYM_KEY",
                                "FPW_PSEUDONYM_KEY_FILE",
                                "FPW_DATABASE_PASSWORD",
                                "FPW_SPARK_SECRET",
                                "DFU_PASSWORD",
                                "PGPASSWORD",
                                "AWS_SECRET_ACCESS_KEY",
                                "JAVA_TOOL_OPTIONS",
                                "https_proxy",
                                "PATH",
                                "JAVA_HOME",
                                "SPARK_CONF_DIR",
                                "LC_ALL")
                        .filter(Program.SPARK::sees))
                .containsExactly("PATH", "JAVA_HOME", "SPARK_CONF_DIR", "LC_ALL");
    }

    @Test
    void installationWithoutSparkIsNamed() {
        assertThatThrownBy(() -> command(Map.of()).commandLine("/run.json", Path.of("/spark.log")))
                .isInstanceOf(FpwException.class)
                .hasMessage("the installation is not complete: " + folder.resolve("lib/spark")
                        + " is missing; run fpw from its own folder once, or install lib/app, lib/spark, "
                        + "lib/shared, lib/audit, lib/query and lib/report together");
    }

    private void install() throws IOException {
        Files.createDirectories(folder.resolve("lib/spark"));
        Files.createDirectories(folder.resolve("lib/shared"));
    }

    private SparkCommand command(Map<String, String> environment) {
        return new SparkCommand(processes(environment));
    }

    private ProcessSupervisor processes(Map<String, String> environment) {
        return new ProcessSupervisor(folder.resolve("lib"), environment, ProgramStarter.PROCESSES);
    }
}
