package uk.fpw.warehouse.force;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import uk.fpw.warehouse.force.connection.DatabaseUrl;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.FolderFiles;
import uk.fpw.warehouse.force.yaml.Locations;
import uk.fpw.warehouse.force.yaml.Zones;

/** Checks {@code force.yml} beyond its structure. */
record ForceCheck(DefinitionFile force, Path folder) {

    private static final String WAREHOUSE = "storage.warehouse";
    private static final String DATABASE = "storage.database";

    void check() {
        Zones.check(force, "zone");
        String warehouse = force.text(WAREHOUSE);
        if (warehouse != null) {
            warehouse(warehouse);
        }
        String database = force.text(DATABASE);
        if (database != null) {
            database(database);
        }
    }

    private void database(String database) {
        if (database.toLowerCase(Locale.ROOT).matches(".*([?&;](user|password)=|://[^/]*@).*")) {
            force.error(
                    DATABASE,
                    "contains a user or a password",
                    "remove them from the URL; put the user in storage.user and the environment "
                            + "variable with the password in storage.password_variable");
            return;
        }
        DatabaseUrl.Problem problem =
                database.matches("jdbc:(postgresql|h2):.*") ? DatabaseUrl.problemOfStorage(database) : null;
        if (problem != null) {
            force.error(DATABASE, problem.problem(), problem.remedy());
        }
    }

    private void warehouse(String warehouse) {
        String scheme = Locations.scheme(warehouse);
        if (scheme != null) {
            force.error(WAREHOUSE, Locations.elsewhere(scheme), Locations.NAME_A_FOLDER);
            return;
        }
        Path path;
        try {
            path = folder.resolve(warehouse).normalize();
        } catch (InvalidPathException notAPath) {
            force.error(WAREHOUSE, "contains a character that is not allowed in a path", "name a folder");
            return;
        }
        String top = folder.relativize(path).getName(0).toString();
        if (top.isEmpty() || FolderFiles.FOLDERS.containsKey(top)) {
            force.error(
                    WAREHOUSE,
                    "'" + warehouse + "' is a folder of definitions",
                    "use a separate folder, such as ../var/warehouse");
        } else if (path.toString().contains(";")) {
            force.error(
                    WAREHOUSE,
                    "the path " + path + " contains ';', which starts the settings in the URL of the embedded database",
                    "choose a path without it");
        }
    }
}
