package uk.fpw.warehouse.force.connection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.yaml.ConfigError;
import uk.fpw.warehouse.force.yaml.FolderFiles;

/**
 * The H2 databases that feeds may read. An H2 file can contain Java code that runs on opening, so their folders and
 * ports are configured in the environment of the installation and never in a force folder. Used by the demonstration
 * and tests.
 */
public final class H2Sources {

    /** Environment variable with absolute folders and {@code host:port} of H2 servers, comma-separated. */
    public static final String VARIABLE = "FPW_H2_SOURCES";

    private static final Pattern FILE = Pattern.compile("jdbc:h2:file:([^;]*).*");
    private static final Pattern SERVER = Pattern.compile("jdbc:h2:tcp://([^/]+)/.*");

    private final List<String> allowed;

    private H2Sources(List<String> allowed) {
        this.allowed = allowed;
    }

    /** The databases allowed by the environment. */
    public static H2Sources of(Map<String, String> environment) {
        return new H2Sources(
                Arrays.stream(environment.getOrDefault(VARIABLE, "").split(","))
                        .map(String::strip)
                        .filter(entry -> !entry.isEmpty())
                        .toList());
    }

    /** Why a database cannot be a source, with file and fix; null if it can. Checks its settings and its location. */
    public @Nullable ConfigError refusal(SourceConnection.Database database) {
        String field = "connection '" + database.name() + "': url";
        DatabaseUrl.Problem problem = DatabaseUrl.problemOfSource(database.jdbcUrl());
        if (problem != null) {
            return new ConfigError(FolderFiles.CONNECTIONS, 0, field, problem.problem(), problem.remedy());
        }
        if (!database.jdbcUrl().startsWith("jdbc:h2:") || isAllowed(database.jdbcUrl())) {
            return null;
        }
        return new ConfigError(
                FolderFiles.CONNECTIONS,
                0,
                field,
                "is an H2 database, which can contain Java code, and its folder or port is not allowed in the "
                        + "environment",
                "use another kind of database; for a trial with a database of your own, set " + VARIABLE + "="
                        + place(database.jdbcUrl()));
    }

    /**
     * What the variable would have to contain: the folder of the file with links resolved, or host and port of the
     * server.
     */
    private static String place(String url) {
        Matcher server = SERVER.matcher(url);
        if (server.matches()) {
            return server.group(1);
        }
        Matcher file = FILE.matcher(url);
        if (file.matches()) {
            try {
                Path database = Path.of(file.group(1) + ".mv.db").normalize();
                Path folder = (Files.exists(database) ? database.toRealPath() : database).getParent();
                if (folder != null) {
                    return folder.toString();
                }
            } catch (IOException | InvalidPathException unreadable) {
                // Use a general placeholder.
            }
        }
        return "FOLDER or HOST:PORT";
    }

    private boolean isAllowed(String url) {
        Matcher server = SERVER.matcher(url);
        if (server.matches()) {
            return allowed.contains(server.group(1));
        }
        Matcher file = FILE.matcher(url);
        if (!file.matches()) {
            return false;
        }
        try {
            Path database = Path.of(file.group(1) + ".mv.db").normalize();
            return allowed.stream().anyMatch(folder -> isIn(folder, database));
        } catch (InvalidPathException notAPath) {
            return false;
        }
    }

    private static boolean isIn(String folder, Path database) {
        if (!folder.startsWith("/")) {
            return false;
        }
        try {
            Path named = Path.of(folder).normalize();
            if (!database.startsWith(named)) {
                return false;
            }
            // Compare the target of links, if the file exists.
            return !Files.exists(database) || database.toRealPath().startsWith(named.toRealPath());
        } catch (IOException | InvalidPathException unreadable) {
            return false;
        }
    }
}
