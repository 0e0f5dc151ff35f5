package uk.fpw.nightly.run.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;

/** An embedded database that another, real process has open. */
@Tag("thorough")
class EmbeddedDatabaseOpenerIT {

    @TempDir
    private Path folder;

    @Test
    void processThatServesTheDatabaseAndIsSuspendedIsNotWaitedForForEver() throws Exception {
        Process server = server();
        try {
            signal(server, "STOP");
            assertThatThrownBy(() -> EmbeddedDatabaseOpener.open(
                            config(), "the warehouse", Duration.ofSeconds(1), Duration.ofSeconds(2)))
                    .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                            .isEqualTo(ExitCode.UNAVAILABLE))
                    .hasMessageMatching(
                            "the database the warehouse is served by another process, which has not responded for 2 s "
                                    + "\\(process " + server.pid() + "\\)"
                                    + "\\. It is suspended or overloaded: resume it \\(kill -CONT PID\\) or end "
                                    + "it, then run again");
            signal(server, "CONT");
            endOfAttempts();
            try (HikariDataSource opened = EmbeddedDatabaseOpener.open(config(), "the warehouse")) {
                assertThat(opened.getConnection().isValid(5)).isTrue();
            }
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    @Test
    void databaseThatIsBeingOpenedOrClosedElsewhereIsWaitedForWithinABound() throws Exception {
        // another process leaves this for a moment when it begins to serve the database
        Files.createDirectories(folder);
        Process server = server();
        try {
            String lock = Files.readString(folder.resolve("fpw.lock.db"));
            Files.writeString(folder.resolve("fpw.lock.db"), lock.replaceAll("(?m)^server=.*$", ""));
            signal(server, "STOP");
            assertThatThrownBy(() -> EmbeddedDatabaseOpener.open(
                            config(), "the warehouse", Duration.ofMillis(1), Duration.ofSeconds(30)))
                    .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                            .isEqualTo(ExitCode.LOCK_HELD))
                    .hasMessageMatching(
                            "another process has been opening or closing the database the warehouse for 0 s \\(process "
                                    + server.pid() + "\\)"
                                    + "\\. Run again when it has ended");
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    @Test
    void fullDiskIsNoOtherProcess() {
        HikariConfig config = config();
        config.setDataSource((DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    throw new SQLException(
                            "Error opening database: \"Lock file recently modified\"",
                            "HY000",
                            8000,
                            new IOException("No space left on device"));
                }));

        assertThatThrownBy(() -> EmbeddedDatabaseOpener.open(
                        config, "the warehouse", Duration.ofSeconds(5), Duration.ofSeconds(30)))
                .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.UNAVAILABLE))
                .hasMessageStartingWith("a disk is full: free space for the warehouse " + folder + " is ");
    }

    /** Waits for abandoned attempts, which would open the database again when its server ends. */
    private static void endOfAttempts() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("within-")) {
                thread.join();
            }
        }
    }

    private HikariConfig config() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(Force.Storage.embedded(folder).jdbcUrl());
        config.setUsername("fpw");
        config.setPassword("");
        config.setMaximumPoolSize(1);
        return config;
    }

    private Process server() throws Exception {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dh2.bindAddress=127.0.0.1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Server.class.getName(),
                        Force.Storage.embedded(folder).jdbcUrl())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said = server.inputReader();
        assertThat(said.readLine()).isEqualTo("open");
        return server;
    }

    private static void signal(Process process, String signal) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Opens the database and serves it until it is killed. */
    static final class Server {

        private Server() {}

        public static void main(String[] arguments) throws Exception {
            DriverManager.getConnection(arguments[0], "fpw", "");
            System.out.println("open");
            Thread.currentThread().join();
        }
    }
}
