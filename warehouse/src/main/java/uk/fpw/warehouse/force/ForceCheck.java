package uk.fpw.warehouse.force;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.connection.DatabaseUrl;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.FolderFiles;
import uk.fpw.warehouse.force.yaml.Locations;
import uk.fpw.warehouse.force.yaml.Zones;

/** Checks {@code force.yml} beyond its structure. */
final class ForceCheck {

    private final Path folder;
    private final ConfigErrors errors;

    ForceCheck(Path folder, ConfigErrors errors) {
        this.folder = folder;
        this.errors = errors;
    }

    void force(DefinitionFile force) {
        Zones.check(force, "zone", force.text("zone"), errors);
        String warehouse = DefinitionFile.text(force.at("storage"), "warehouse");
        if (warehouse != null) {
            warehouse(force, warehouse);
        }
        String database = DefinitionFile.text(force.at("storage"), "database");
        if (database != null && database.toLowerCase(Locale.ROOT).matches(".*([?&;](user|password)=|://[^/]*@).*")) {
            errors.add(
                    force.file(),
                    force.line("storage.database"),
                    "storage.database",
                    "contains a user or a password",
                    "remove them from the URL; put the user in storage.user and the environment "
                            + "variable with the password in storage.password_variable");
            return;
        }
        DatabaseUrl.Problem problem = database == null || !database.matches("jdbc:(postgresql|h2):.*")
                ? null
                : DatabaseUrl.problemOfStorage(database);
        if (problem != null) {
            errors.add(
                    force.file(),
                    force.line("storage.database"),
                    "storage.database",
                    problem.problem(),
                    problem.remedy());
        }
    }

    private void warehouse(DefinitionFile force, String warehouse) {
        String scheme = Locations.scheme(warehouse);
        if (scheme != null) {
            errors.add(
                    force.file(),
                    force.line("storage.warehouse"),
                    "storage.warehouse",
                    Locations.elsewhere(scheme),
                    Locations.NAME_A_FOLDER);
            return;
        }
        Path path = path(force, "storage.warehouse", warehouse);
        if (path == null) {
            return;
        }
        Path inside = folder.relativize(path);
        String top = inside.getName(0).toString();
        if (top.isEmpty() || FolderFiles.FOLDERS.containsKey(top)) {
            errors.add(
                    force.file(),
                    force.line("storage.warehouse"),
                    "storage.warehouse",
                    "'" + warehouse + "' is a folder of definitions",
                    "use a separate folder, such as ../var/warehouse");
        } else if (path.toString().contains(";")) {
            errors.add(
                    force.file(),
                    force.line("storage.warehouse"),
                    "storage.warehouse",
                    "the path " + path + " contains ';', which starts the settings in the URL of the embedded database",
                    "choose a path without it");
        }
    }

    /** Parses a path; adds an error and returns null if the text is not one. */
    private @Nullable Path path(DefinitionFile definition, String field, String text) {
        try {
            return folder.resolve(text).normalize();
        } catch (InvalidPathException notAPath) {
            errors.add(
                    definition.file(),
                    definition.line(field),
                    field,
                    "contains a character that is not allowed in a path",
                    "name a folder");
            return null;
        }
    }
}
