package uk.fpw.nightly.run.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.fpw.nightly.program.Child;
import uk.fpw.nightly.program.ProcessSupervisor;
import uk.fpw.nightly.program.Program;
import uk.fpw.nightly.program.ProgramException;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.connection.DatabaseUrl;
import uk.fpw.warehouse.force.connection.StorageTimeouts;

/**
 * PostgreSQL's own programs dump a database, because they cover everything that it can contain, including owners and
 * grants. Connection and password are passed in the environment, so that no list of processes shows them.
 */
final class PostgresPrograms {

    /** Environment variable with their folder; empty for the programs on the path. */
    private static final String FOLDER_VARIABLE = "FPW_PG_BIN";

    private static final Pattern URL = Pattern.compile("jdbc:postgresql://([^/?]*)/([^?]*)(?:\\?(.*))?");
    private static final Pattern HOST = Pattern.compile("\\[?([^\\]]*?)]?(?::(\\d+))?");

    /** Settings of the driver that have other names in the programs. */
    private static final Map<String, String> SETTINGS = Map.of(
            "sslmode", "PGSSLMODE",
            "sslrootcert", "PGSSLROOTCERT",
            "sslcert", "PGSSLCERT",
            "sslkey", "PGSSLKEY",
            "channelBinding", "PGCHANNELBINDING",
            "gssEncMode", "PGGSSENCMODE");

    private final Force.Storage storage;
    private final String password;
    private final ProcessSupervisor processes;
    private final String folder;

    PostgresPrograms(Force.Storage storage, String password, ProcessSupervisor processes) {
        this.storage = storage;
        this.password = password;
        this.processes = processes;
        this.folder = processes.environment().getOrDefault(FOLDER_VARIABLE, "");
    }

    /** Dumps the database as seen by the exported snapshot of a transaction. */
    void dump(String snapshot, Path file) throws IOException {
        run(
                List.of(program("pg_dump"), "--format=custom", "--no-password", "--snapshot=" + snapshot),
                file,
                ProcessBuilder.Redirect.PIPE,
                ProcessBuilder.Redirect.to(file.toFile()));
    }

    /**
     * Restores a dump, completely or not at all. Everything first belongs to this user, who need not be an
     * administrator; the next run gives it to the role that owns the warehouse.
     */
    void restore(Path file) throws IOException {
        run(
                List.of(
                        program("pg_restore"),
                        "--no-password",
                        "--exit-on-error",
                        "--no-owner",
                        "--single-transaction",
                        "--dbname=" + environment().get("PGDATABASE")),
                file,
                ProcessBuilder.Redirect.from(file.toFile()),
                ProcessBuilder.Redirect.DISCARD);
    }

    private String program(String name) {
        return folder.isBlank() ? name : Path.of(folder, name).toString();
    }

    private void run(List<String> command, Path file, ProcessBuilder.Redirect in, ProcessBuilder.Redirect out)
            throws IOException {
        Path said = Files.createTempFile("fpw-pg-", ".txt");
        try (Child process = start(command, builder -> {
            builder.redirectInput(in).redirectOutput(out).redirectError(said.toFile());
            builder.environment().putAll(environment());
            builder.environment().put("PGPASSWORD", password);
        })) {
            process.dismiss();
            int code = process.waitFor();
            if (code != 0) {
                throw FpwException.unavailable(command.get(0) + " failed (" + code + ") with " + file + ": "
                        + Files.readString(said, StandardCharsets.UTF_8).strip()
                        + "\nIt must not be older than the server. Roles that it misses are created by an "
                        + "administrator (docs/postgresql.md); nothing of a restore that fails stays");
            }
        } finally {
            Files.delete(said);
        }
    }

    private Child start(List<String> command, Consumer<ProcessBuilder> settings) {
        try {
            return processes.start(Program.POSTGRESQL, command, settings);
        } catch (ProgramException missing) {
            Throwable cause = missing.getCause();
            if (cause == null) {
                throw missing;
            }
            throw FpwException.configuration(
                    command.get(0) + " cannot be started (" + cause.getMessage()
                            + "); install PostgreSQL's client programs (Debian: postgresql-client), not older than the "
                            + "server, or set " + FOLDER_VARIABLE + " to the folder that has them",
                    missing);
        }
    }

    /** The environment variables from which PostgreSQL's programs read the connection. */
    Map<String, String> environment() {
        Matcher url = URL.matcher(storage.jdbcUrl());
        if (!url.matches()) {
            throw new IllegalStateException("not the URL of a PostgreSQL database");
        }
        Map<String, String> environment = new TreeMap<>();
        List<String> hosts = new ArrayList<>();
        List<String> ports = new ArrayList<>();
        for (String given : url.group(1).split(",", -1)) {
            Matcher host = HOST.matcher(given);
            if (host.matches()) {
                hosts.add(host.group(1));
                ports.add(Objects.requireNonNullElse(host.group(2), "5432"));
            }
        }
        environment.put("PGHOST", String.join(",", hosts));
        environment.put("PGPORT", String.join(",", ports));
        environment.put("PGDATABASE", url.group(2));
        environment.put("PGUSER", storage.jdbcUser());
        environment.put("PGCONNECT_TIMEOUT", Integer.toString(StorageTimeouts.CONNECT_SECONDS));
        environment.put("PGREQUIREAUTH", DatabaseUrl.requireAuth(storage.jdbcUrl()));
        if (url.group(3) != null) {
            for (String setting : url.group(3).split("&", -1)) {
                String[] parts = setting.split("=", 2);
                String name = SETTINGS.get(parts[0]);
                if (name != null && parts.length > 1) {
                    environment.put(name, parts[1]);
                } else if (setting.equals("ssl=true")) {
                    environment.putIfAbsent("PGSSLMODE", "verify-full");
                }
            }
        }
        return environment;
    }
}
