package uk.fpw.warehouse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * PostgreSQL in a container, started once per JVM by the first test that needs it. Each test has its own database;
 * roles belong to the server and are shared.
 */
public final class PostgresServer {

    /** Password of the administrator and of all users created by tests. */
    public static final String PASSWORD = "test";

    /** The only image used by tests; {@code .ci/containers} builds it if no registry serves it. */
    private static final String IMAGE = "postgres:17";

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private final PostgreSQLContainer container;

    private PostgresServer(PostgreSQLContainer container) {
        this.container = container;
    }

    /**
     * The server of this JVM. Skips the calling test if Docker does not respond; a server that does not start fails it.
     */
    public static PostgresServer running() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            String test = StackWalker.getInstance().walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                    .filter(name -> name.endsWith("IT"))
                    .findFirst()
                    .orElse("a test"));
            String message = "did not run: no Docker; start Docker and run the tests again to try PostgreSQL too";
            if (SAID.add(test)) {
                System.err.println(test + " " + message);
            }
            Assumptions.abort(message);
        }
        return Running.SERVER;
    }

    /** Started once, on first use. */
    private static final class Running {

        static final PostgresServer SERVER = new PostgresServer(start());

        @SuppressWarnings("resource") // Lives as long as the JVM.
        private static PostgreSQLContainer start() {
            PostgreSQLContainer container = new PostgreSQLContainer(IMAGE)
                    .withDatabaseName("postgres")
                    .withUsername("postgres")
                    .withPassword(PASSWORD);
            // These settings only affect speed: the data need not survive the container, nor the password an attack.
            container.withTmpFs(Map.of("/var/lib/postgresql/data", "rw"));
            container.withCommand(
                    "postgres",
                    "-c",
                    "fsync=off",
                    "-c",
                    "full_page_writes=off",
                    "-c",
                    "jit=off",
                    "-c",
                    "scram_iterations=1");
            container.start();
            try {
                // The initial password was hashed with the default number of iterations, which costs milliseconds per
                // connection.
                new TestDatabase(container.getJdbcUrl(), container.getUsername(), PASSWORD)
                        .execute("alter role " + container.getUsername() + " password '" + PASSWORD + "'");
            } catch (SQLException failed) {
                throw new IllegalStateException("PostgreSQL does not respond", failed);
            }
            return container;
        }
    }

    /** A new, empty database, accessed as administrator. */
    public TestDatabase newDatabase() {
        return make("");
    }

    private TestDatabase make(String options) {
        String name = "test_" + DATABASES.incrementAndGet();
        try {
            administration().execute("create database " + name + options);
        } catch (SQLException failed) {
            throw new IllegalStateException("database " + name + " could not be made", failed);
        }
        String url = "jdbc:postgresql://" + container.getHost() + ":" + container.getMappedPort(5432) + "/" + name;
        return new TestDatabase(url, container.getUsername(), container.getPassword());
    }

    /** A new database with the content of another one. Nobody may be connected to the other. */
    public TestDatabase copyOf(TestDatabase template) {
        return make(" template " + name(template));
    }

    /** Recreates a database as a copy of another one. Nobody may be connected to either. */
    public void copy(TestDatabase template, TestDatabase target) {
        try {
            administration().execute("drop database " + name(target) + " with (force)");
            administration().execute("create database " + name(target) + " template " + name(template));
        } catch (SQLException failed) {
            throw new IllegalStateException("database " + name(target) + " could not be made", failed);
        }
    }

    /**
     * Recreates an empty database as a copy of one that is migrated once per JVM. Nobody may be connected to it. A
     * database with tables is left unchanged.
     *
     * @return whether it was empty
     */
    boolean fill(TestDatabase database) {
        try {
            if (!database.query("select 1 from pg_class where relname = 'flyway_schema_history'")
                    .isEmpty()) {
                return false;
            }
        } catch (SQLException failed) {
            throw new IllegalStateException("database " + name(database) + " could not be read", failed);
        }
        copy(DatabaseTemplate.MIGRATED.onPostgres(), database);
        return true;
    }

    private TestDatabase administration() {
        return new TestDatabase(container.getJdbcUrl(), container.getUsername(), container.getPassword());
    }

    /** Restores a dump of a database into an empty one with PostgreSQL's own programs. */
    public void restore(TestDatabase source, TestDatabase target) {
        String command = "pg_dump -Fc -U " + container.getUsername() + " " + name(source) + " | pg_restore -U "
                + container.getUsername() + " --exit-on-error -d " + name(target);
        try {
            Container.ExecResult result = container.execInContainer("bash", "-c", "set -o pipefail; " + command);
            if (result.getExitCode() != 0) {
                throw new IllegalStateException(command + " failed: " + result.getStderr());
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(command + " failed", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    /**
     * Copies the server's client programs to a folder, as if installed here, because those of another version may not
     * work.
     */
    public Path programs(Path folder) throws IOException {
        Files.createDirectories(folder);
        // fpw does not pass it on.
        String engine = System.getenv("DOCKER_HOST");
        String variable = engine == null ? "" : "export DOCKER_HOST='" + engine + "'\n";
        for (String program : List.of("pg_dump", "pg_restore")) {
            Path script = Files.writeString(
                    folder.resolve(program),
                    "#!/bin/sh\n" + variable + "exec docker exec -i -e PGUSER -e PGPASSWORD -e PGDATABASE "
                            + container.getContainerId() + " " + program + " -h localhost \"$@\"\n");
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        }
        return folder;
    }

    private static String name(TestDatabase database) {
        return database.url().substring(database.url().lastIndexOf('/') + 1);
    }
}
