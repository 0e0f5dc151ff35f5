package uk.fpw.warehouse.force.connection;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionFiles;
import uk.fpw.warehouse.force.yaml.Locations;

/** Checks {@code connections.yml} beyond its structure: each kind has fields of its own. */
public final class ConnectionCheck {

    /** Stands in an address for the absolute path of the force folder. */
    static final String FOLDER = "{folder}";

    private static final List<String> OF_FILES = List.of("path");
    private static final List<String> OF_DATABASES =
            List.of("url", "user", "password_variable", "fetch_rows", "timeout_seconds", "max_sessions");

    /** A user or a password in a JDBC address: as a parameter, before the host, or as Oracle writes it. */
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
                require(entry, "path", "files", "name the folder into which the system drops its files");
                refuseFields(entry, OF_DATABASES, "files", "jdbc");
            } else if ("jdbc".equals(kind)) {
                require(entry, "url", "jdbc", "give the address of the database, such as jdbc:postgresql://dfu-db/dfu");
                require(entry, "user", "jdbc", "name a user of the database that may only read");
                refuseFields(entry, OF_FILES, "jdbc", "files");
            }
            path(entry);
            address(entry);
        }
    }

    private void require(DefinitionFile.Part entry, String field, String kind, String remedy) {
        if (!entry.tree().has(field)) {
            add(entry.path(field), "is missing for a connection of kind " + kind, remedy);
        }
    }

    private void refuseFields(DefinitionFile.Part entry, List<String> fields, String kind, String otherKind) {
        for (String field : fields) {
            if (entry.tree().has(field)) {
                add(
                        entry.path(field),
                        "is given for a connection of kind " + kind,
                        "remove it, or make the kind " + otherKind);
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
            add(entry.path("path"), "holds a character that no path can hold", "name a folder");
        } else if (scheme != null) {
            add(entry.path("path"), Locations.elsewhere(scheme), Locations.NAME_A_FOLDER);
        }
    }

    private void address(DefinitionFile.Part entry) {
        String url = entry.text("url");
        if (url == null || !url.matches("jdbc:[a-z0-9]+:.+")) {
            return;
        }
        if (CREDENTIALS.matcher(url).matches()) {
            add(
                    entry.path("url"),
                    "holds a user or a password",
                    "leave them out of the address; name the user in user and the variable that holds the password "
                            + "in password_variable");
            return;
        }
        if (url.contains(FOLDER) && folder.toString().matches(".*[;?&].*")) {
            add(
                    entry.path("url"),
                    "stands for the path " + folder
                            + ", which holds a character after which a database expects settings",
                    "move the force folder to a path without ';', '?' and '&'");
            return;
        }
        if (url.replace(FOLDER, "").matches(".*[{}].*")) {
            add(
                    entry.path("url"),
                    "has braces that do not hold the word folder",
                    "write {folder} for the path of the force folder, or remove them");
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
