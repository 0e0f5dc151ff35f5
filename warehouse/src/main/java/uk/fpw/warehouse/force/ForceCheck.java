package uk.fpw.warehouse.force;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Checks {@code force.yml} and {@code connections.yml} beyond their structure. */
final class ForceCheck {

    private final Path folder;
    private final Mistakes mistakes;

    ForceCheck(Path folder, Mistakes mistakes) {
        this.folder = folder;
        this.mistakes = mistakes;
    }

    void force(Definition force) {
        zone(force, "zone", force.text("zone"), mistakes);
        String warehouse = Definition.text(force.at("storage"), "warehouse");
        if (warehouse != null) {
            warehouse(force, warehouse);
        }
        String database = Definition.text(force.at("storage"), "database");
        if (database != null && database.toLowerCase(Locale.ROOT).matches(".*([?&;](user|password)=|://[^/]*@).*")) {
            mistakes.add(
                    force.file(),
                    force.line("storage.database"),
                    "storage.database",
                    "holds a user or a password",
                    "leave them out of the address; name the user in storage.user and the variable that holds the password in storage.password_variable");
        }
    }

    private void warehouse(Definition force, String warehouse) {
        String problem = unusable(warehouse);
        if (problem == null) {
            Path inside = folder.relativize(folder.resolve(warehouse).normalize());
            String top = inside.getName(0).toString();
            if (inside.equals(Path.of("")) || FolderFiles.FOLDERS.containsKey(top)) {
                problem = "'" + warehouse + "' is a folder of definitions";
            }
        }
        if (problem != null) {
            mistakes.add(
                    force.file(),
                    force.line("storage.warehouse"),
                    "storage.warehouse",
                    problem,
                    "name a folder of its own, such as ../var/warehouse");
        }
    }

    void connections(Definition connections) {
        var entries = connections.parts("connections");
        Definitions.checkDistinct(
                connections, entries, entry -> entry.text("name"), entry -> entry.path("name"), mistakes);
        for (Definition.Part entry : entries) {
            String path = entry.text("path");
            String problem = path == null ? null : unusable(path);
            if (problem != null) {
                String field = entry.path("path");
                mistakes.add(connections.file(), connections.line(field), field, problem, "name a folder");
            }
        }
    }

    private @Nullable String unusable(String path) {
        try {
            return folder.resolve(path).toString().isEmpty() ? "is empty" : null;
        } catch (java.nio.file.InvalidPathException notAPath) {
            return "'" + path.replaceAll("\\p{Cntrl}", "?") + "' is not a path";
        }
    }

    /** Reports a zone that the tz database does not name. Offsets are refused: they know no summer time. */
    static void zone(Definition definition, String field, @Nullable String zone, Mistakes mistakes) {
        if (zone == null || ZoneId.getAvailableZoneIds().contains(zone)) {
            return;
        }
        String nearest = Nearest.to(zone, ZoneId.getAvailableZoneIds());
        mistakes.add(
                definition.file(),
                definition.line(field),
                field,
                "'" + zone + "' is not a time zone",
                nearest == null ? "use a name such as Europe/London" : "did you mean '" + nearest + "'?");
    }
}
