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

/** Finds the warehouse folder: named outright, or by {@code storage.warehouse} in a force folder's {@code force.yml}. */
final class WarehouseFolder {

    private WarehouseFolder() {}

    /**
     * The warehouse folder of a force folder.
     *
     * @param source where the force folder's name comes from, such as {@code --force}, for the message
     * @throws QueryFailure naming file and field if the folder does not say where its warehouse is
     */
    static Path ofForce(Path forceFolder, String source) {
        Path file = forceFolder.resolve("force.yml");
        if (!Files.isRegularFile(file)) {
            throw QueryFailure.wrong(forceFolder.toAbsolutePath().normalize() + " (" + source
                    + ") is not a force folder: it has no force.yml; name one with --force DIR or the variable FPW_FORCE,"
                    + " or the warehouse itself with --warehouse DIR");
        }
        Object warehouse = field(field(load(file), "storage"), "warehouse");
        if (!(warehouse instanceof String place) || place.isBlank()) {
            throw QueryFailure.wrong(
                    file
                            + ": storage.warehouse: is missing; say where the warehouse lives, such as `warehouse: ../var/my-force`");
        }
        return forceFolder.toAbsolutePath().resolve(place).normalize();
    }

    private static @Nullable Object load(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new Load(LoadSettings.builder().setLabel(file.toString()).build()).loadFromInputStream(in);
        } catch (IOException | YamlEngineException unreadable) {
            throw QueryFailure.wrong(
                    file + ": cannot be read: "
                            + String.valueOf(unreadable.getMessage()).strip()
                            + "; run `fpw check` for every mistake in the folder",
                    unreadable);
        }
    }

    private static @Nullable Object field(@Nullable Object node, String name) {
        return node instanceof Map<?, ?> fields ? fields.get(name) : null;
    }
}
