package uk.fpw.warehouse.force.connection;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionFiles;
import uk.fpw.warehouse.force.yaml.Locations;

/** Checks {@code connections.yml} beyond its structure: each kind of connection has its own fields. */
public final class ConnectionCheck {

    /** Placeholder in a URL for the absolute path of the force folder. */
    static final String FOLDER = "{folder}";

    private static final List<String> OF_FILES = List.of("path");
    private static final List<String> OF_DATABASES =
            List.of("url", "user", "password_variable", "fetch_rows", "timeout_seconds", "max_sessions");

    /** A user or password in a JDBC URL: as a parameter, before the host, or in Oracle's syntax. */
    private static final Pattern CREDENTIALS = Pattern.compile(
            ".*([?&;:(](user|user[ _]?name|uid|password|passwd|pwd)=|://[^/]*@|^jdbc:oracle:[a-z]+:[^@/]*/[^@]*@).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final DefinitionFile connections;
    private final Path folder;
    private final ConfigErrors errors;

    public ConnectionCheck(DefinitionFile connections, Path folder, ConfigErrors errors) {
        this.connections = connections;
        this.folder = folder;
        this.errors = errors;
    }

    public void check() {
        List<DefinitionFile.Part> entries = connections.parts("connections");
        DefinitionFiles.checkDistinct(
                connections, entries, entry -> entry.text("name"), entry -> entry.path("name"), errors);
        for (DefinitionFile.Part entry : entries) {
            String kind = entry.text("kind");
            if ("files".equals(kind)) {
                require(entry, "path", "files", "enter the folder into which the system drops its files");
                refuseFields(entry, OF_DATABASES, "files", "jdbc");
            } else if ("jdbc".equals(kind)) {
                require(entry, "url", "jdbc", "enter the URL of the database, such as jdbc:postgresql://dfu-db/dfu");
                require(entry, "user", "jdbc", "enter a database user with read-only rights");
                refuseFields(entry, OF_FILES, "jdbc", "files");
            }
            path(entry);
            checkUrl(entry);
        }
    }

    private void require(DefinitionFile.Part entry, String field, String kind, String remedy) {
        if (!entry.tree().has(field)) {
            add(entry.path(field), "is required for a connection of kind " + kind, remedy);
        }
    }

    private void refuseFields(DefinitionFile.Part entry, List<String> fields, String kind, String otherKind) {
        for (String field : fields) {
            if (entry.tree().has(field)) {
                add(
                        entry.path(field),
                        "is not allowed for a connection of kind " + kind,
                        "remove it, or set kind to " + otherKind);
            }
        }
    }

    private void path(DefinitionFile.Part entry) {
        String path = entry.text("path");
        if (path == null) {
            return;
        }
        String scheme = Locations.scheme(path);
        if (path.indexOf('\0') >= 0) {
            add(entry.path("path"), "contains a character that is not allowed in a path", "name a folder");
        } else if (scheme != null) {
            add(entry.path("path"), Locations.elsewhere(scheme), Locations.NAME_A_FOLDER);
        }
    }

    private void checkUrl(DefinitionFile.Part entry) {
        String url = entry.text("url");
        if (url == null || !url.matches("jdbc:[a-z0-9]+:.+")) {
            return;
        }
        if (CREDENTIALS.matcher(url).matches()) {
            add(
                    entry.path("url"),
                    "contains a user or a password",
                    "remove them from the URL; put the user in user and the environment variable "
                            + "with the password in password_variable");
            return;
        }
        if (url.contains(FOLDER) && folder.toString().matches(".*[;?&].*")) {
            add(
                    entry.path("url"),
                    "is replaced by the path " + folder
                            + ", which contains a character that starts the settings in a database URL",
                    "move the force folder to a path without ';', '?' or '&'");
            return;
        }
        if (url.replace(FOLDER, "").matches(".*[{}].*")) {
            add(
                    entry.path("url"),
                    "has braces around something other than the word folder",
                    "use {folder} for the path of the force folder, or remove the braces");
            return;
        }
        DatabaseUrl.Problem problem = DatabaseUrl.problemOfSource(url.replace(FOLDER, folder.toString()));
        if (problem != null) {
            add(entry.path("url"), problem.problem(), problem.remedy());
        }
    }

    private void add(String field, String problem, String remedy) {
        errors.add(connections.file(), connections.line(field), field, problem, remedy);
    }
}
