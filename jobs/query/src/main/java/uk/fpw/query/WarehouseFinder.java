package uk.fpw.query;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import uk.fpw.layout.JsonMappers;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.WarehouseIdentity;

/**
 * Finds the warehouse folder: named directly, or by {@code storage.warehouse} in the {@code force.yml} of a force
 * folder.
 */
final class WarehouseFinder {

    private WarehouseFinder() {}

    /**
     * The warehouse folder of a force folder.
     *
     * @param source where the path of the force folder comes from, such as {@code --force}, for the message
     * @throws QueryException naming file and field if the folder does not name its warehouse
     */
    static Path ofForce(Path forceFolder, String source) {
        Path file = forceFolder.resolve("force.yml");
        if (!Files.isRegularFile(file)) {
            throw QueryException.wrong(forceFolder.toAbsolutePath().normalize() + " (" + source
                    + ") is not a force folder: it has no force.yml; set one with --force "
                    + "DIR or the variable"
                    + " FPW_FORCE, or the warehouse itself with --warehouse DIR");
        }
        Object tree = load(file);
        Object warehouse = field(field(tree, "storage"), "warehouse");
        if (!(warehouse instanceof String place) || place.isBlank()) {
            throw QueryException.wrong(file
                    + ": storage.warehouse: is missing; set the location of the warehouse, such as `warehouse: "
                    + "../var/my-force`");
        }
        Path folder = forceFolder.toAbsolutePath().resolve(place).normalize();
        WarehouseIdentity identity = identity(folder);
        String owner = identity == null ? null : identity.forceCode();
        if (owner != null && field(tree, "force") instanceof String code && !code.equals(owner)) {
            throw QueryException.wrong(file + ": belongs to force '" + code + "', but its warehouse " + folder
                    + " belongs to force '" + owner
                    + "'; correct storage.warehouse, or set the warehouse itself with --warehouse DIR");
        }
        return folder;
    }

    /**
     * A note if the warehouse folder is not where its identity says; null otherwise. Its own files are read either way.
     */
    static @Nullable String note(Path warehouse) {
        WarehouseIdentity identity = identity(warehouse);
        try {
            if (identity == null || warehouse.toRealPath().equals(identity.path())) {
                return null;
            }
        } catch (IOException unreadable) {
            return null;
        }
        return "this warehouse is a copy of " + identity.path()
                + ", or was moved from there: its content may be out of date";
    }

    /**
     * Fails if a program that knows the database has found that the warehouse was restored from a backup, or copied,
     * from before rows were erased.
     */
    static void requireErasures(Path warehouse) {
        if (Files.exists(new WarehouseFolder(warehouse).missingErasures())) {
            throw QueryException.wrong("the warehouse " + warehouse + " may contain erased rows: it was restored from "
                    + "a backup, or copied, from before they were erased. It can be queried again after "
                    + "fpw erase --again");
        }
    }

    /** Whether the tables of a warehouse are in an object store. */
    static boolean isInObjectStore(Path warehouse) {
        WarehouseIdentity identity = identity(warehouse);
        return identity != null && identity.tables() != null;
    }

    /** The content of {@code warehouse.json}; null if it does not exist or cannot be read. */
    private static @Nullable WarehouseIdentity identity(Path warehouse) {
        Path file = new WarehouseFolder(warehouse).identityFile();
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try {
            return JsonMappers.snakeCase().readValue(file.toFile(), WarehouseIdentity.class);
        } catch (IOException unreadable) {
            return null;
        }
    }

    private static @Nullable Object load(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new Load(LoadSettings.builder().setLabel(file.toString()).build()).loadFromInputStream(in);
        } catch (IOException | YamlEngineException unreadable) {
            throw QueryException.wrong(
                    file + ": cannot be read: "
                            + String.valueOf(unreadable.getMessage()).strip()
                            + "; run `fpw check` for every error in the folder",
                    unreadable);
        }
    }

    private static @Nullable Object field(@Nullable Object node, String name) {
        return node instanceof Map<?, ?> fields ? fields.get(name) : null;
    }
}
