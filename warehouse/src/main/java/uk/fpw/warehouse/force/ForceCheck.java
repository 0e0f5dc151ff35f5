package uk.fpw.warehouse.force;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks {@code force.yml} beyond its structure. */
final class ForceCheck {

    static final String NAME_A_FOLDER = "name a folder; storage of another machine can be mounted as one";

    private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]+:");

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
                    "leave them out of the address; name the user in storage.user and the variable that holds the "
                            + "password in storage.password_variable");
            return;
        }
        DatabaseUrl.Problem problem = database == null || !database.matches("jdbc:(postgresql|h2):.*")
                ? null
                : DatabaseUrl.problemOfStorage(database);
        if (problem != null) {
            mistakes.add(
                    force.file(),
                    force.line("storage.database"),
                    "storage.database",
                    problem.problem(),
                    problem.remedy());
        }
    }

    /** The scheme of a text that is an address and no path, such as {@code s3a:}; null if it has none. */
    static @Nullable String scheme(String text) {
        Matcher scheme = SCHEME.matcher(text);
        return scheme.find() ? scheme.group() : null;
    }

    /** What is wrong with a location of that scheme. */
    static String elsewhere(String scheme) {
        return "is an address that begins with " + scheme + ", and only folders of this machine can be used";
    }

    private void warehouse(Definition force, String warehouse) {
        String scheme = scheme(warehouse);
        if (scheme != null) {
            mistakes.add(
                    force.file(),
                    force.line("storage.warehouse"),
                    "storage.warehouse",
                    elsewhere(scheme),
                    NAME_A_FOLDER);
            return;
        }
        Path path = path(force, "storage.warehouse", warehouse);
        if (path == null) {
            return;
        }
        Path inside = folder.relativize(path);
        String top = inside.getName(0).toString();
        if (top.isEmpty() || FolderFiles.FOLDERS.containsKey(top)) {
            mistakes.add(
                    force.file(),
                    force.line("storage.warehouse"),
                    "storage.warehouse",
                    "'" + warehouse + "' is a folder of definitions",
                    "name a folder of its own, such as ../var/warehouse");
        } else if (path.toString().contains(";")) {
            mistakes.add(
                    force.file(),
                    force.line("storage.warehouse"),
                    "storage.warehouse",
                    "the path " + path + " holds ';', after which the embedded database expects settings",
                    "choose a path without it");
        }
    }

    /** The folder that a text names; null, with a mistake added, if the text cannot name one. */
    private @Nullable Path path(Definition definition, String field, String text) {
        try {
            return folder.resolve(text).normalize();
        } catch (InvalidPathException notAPath) {
            mistakes.add(
                    definition.file(),
                    definition.line(field),
                    field,
                    "holds a character that no path can hold",
                    "name a folder");
            return null;
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
