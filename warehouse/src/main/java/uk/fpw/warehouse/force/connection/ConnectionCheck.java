package uk.fpw.warehouse.force.connection;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.Locations;

/** Checks {@code connections.yml} beyond its structure: each kind of connection has its own fields. */
public record ConnectionCheck(DefinitionFile connections, Path folder) {

    /** Placeholder in a URL for the absolute path of the force folder. */
    static final String FOLDER = "{folder}";

    private static final List<String> OF_FILES = List.of("path");
    private static final List<String> OF_DATABASES =
            List.of("url", "user", "password_variable", "fetch_rows", "timeout_seconds", "max_sessions");

    /** A user or password in a JDBC URL: as a parameter, before the host, or in Oracle's syntax. */
    private static final Pattern CREDENTIALS = Pattern.compile(
            ".*([?&;:(](user|user[ _]?name|uid|password|passwd|pwd)=|://[^/]*@|^jdbc:oracle:[a-z]+:[^@/]*/[^@]*@).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    public void check() {
        DefinitionFile.Entry.requireDistinct(connections.texts("connections", "name"));
        for (DefinitionFile.Part entry : connections.parts("connections")) {
            if (entry.is("kind", "files")) {
                require(entry, "path", "enter the folder into which the system drops its files");
                refuse(entry, OF_DATABASES, "jdbc");
            } else if (entry.is("kind", "jdbc")) {
                require(entry, "url", "enter the URL of the database, such as jdbc:postgresql://dfu-db/dfu");
                require(entry, "user", "enter a database user with read-only rights");
                refuse(entry, OF_FILES, "files");
            }
            path(entry);
            checkUrl(entry);
        }
    }

    private static void require(DefinitionFile.Part entry, String field, String remedy) {
        if (!entry.has(field)) {
            entry.error(field, "is required for a connection of kind " + entry.text("kind"), remedy);
        }
    }

    private static void refuse(DefinitionFile.Part entry, List<String> fields, String otherKind) {
        entry.refuse(
                fields,
                "is not allowed for a connection of kind " + entry.text("kind"),
                "remove it, or set kind to " + otherKind);
    }

    private static void path(DefinitionFile.Part entry) {
        String path = entry.text("path");
        String scheme = path == null ? null : Locations.scheme(path);
        if (path != null && path.indexOf('\0') >= 0) {
            entry.error("path", "contains a character that is not allowed in a path", "name a folder");
        } else if (scheme != null) {
            entry.error("path", Locations.elsewhere(scheme), Locations.NAME_A_FOLDER);
        }
    }

    private void checkUrl(DefinitionFile.Part entry) {
        String url = entry.text("url");
        if (url == null || !url.matches("jdbc:[a-z0-9]+:.+")) {
            return;
        }
        if (CREDENTIALS.matcher(url).matches()) {
            entry.error(
                    "url",
                    "contains a user or a password",
                    "remove them from the URL; put the user in user and the environment variable "
                            + "with the password in password_variable");
        } else if (url.contains(FOLDER) && folder.toString().matches(".*[;?&].*")) {
            entry.error(
                    "url",
                    "is replaced by the path " + folder
                            + ", which contains a character that starts the settings in a database URL",
                    "move the force folder to a path without ';', '?' or '&'");
        } else if (url.replace(FOLDER, "").matches(".*[{}].*")) {
            entry.error(
                    "url",
                    "has braces around something other than the word folder",
                    "use {folder} for the path of the force folder, or remove the braces");
        } else {
            DatabaseUrl.Problem problem = DatabaseUrl.problemOfSource(url.replace(FOLDER, folder.toString()));
            if (problem != null) {
                entry.error("url", problem.problem(), problem.remedy());
            }
        }
    }
}
