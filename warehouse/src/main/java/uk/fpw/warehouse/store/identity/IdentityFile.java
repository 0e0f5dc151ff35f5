package uk.fpw.warehouse.store.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.JsonMappers;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.layout.file.DurableFiles;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.privacy.FilePermissions;

/** The file {@code warehouse.json} of a warehouse folder. Written atomically and durably. */
public final class IdentityFile {

    private IdentityFile() {}

    /** The identity of the folder; null if it has none. */
    public static @Nullable WarehouseIdentity read(Path warehouse) {
        Path file = new WarehouseFolder(warehouse).identityFile();
        try {
            JsonNode root = JsonMappers.snakeCase().readTree(Files.readAllBytes(file));
            int format = root.path("format").asInt();
            if (!WarehouseIdentity.isFileFormat(format)) {
                throw new IOException("format " + root.path("format") + " is not known");
            }
            WarehouseIdentity identity = JsonMappers.snakeCase().treeToValue(root, WarehouseIdentity.class);
            if (format != identity.fileFormat()) {
                throw new IOException("format " + format + " is not that of keys in " + identity.keyFormat());
            }
            return identity;
        } catch (NoSuchFileException none) {
            return null;
        } catch (AccessDeniedException refused) {
            throw FilePermissions.unreadable(warehouse);
        } catch (IOException unreadable) {
            throw FpwException.configuration(
                    file + " cannot be read: " + JsonMappers.reason(unreadable)
                            + "; it identifies the warehouse: restore it from the backup, or use "
                            + "the version of fpw that wrote it",
                    unreadable);
        }
    }

    /**
     * Writes the identity to a folder that has none.
     *
     * @return false, with nothing written, if another process has created an identity meanwhile
     */
    static boolean create(WarehouseIdentity identity) {
        Path file = new WarehouseFolder(identity.path()).identityFile();
        Path temporary = identity.path().resolve("." + WarehouseFolder.IDENTITY_FILE + "." + identity.id() + ".tmp");
        try {
            DurableFiles.createDirectories(identity.path());
            Files.write(temporary, json(identity));
            DurableFiles.sync(List.of(temporary));
            // A hard link, because a move would replace a file that another process has put there meanwhile.
            Files.createLink(file, temporary);
            Files.delete(temporary);
            DurableFiles.sync(List.of(identity.path()));
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        } catch (IOException failed) {
            throw unwritable(file, failed);
        }
    }

    /** Replaces the identity of a folder. */
    static void replace(WarehouseIdentity identity) {
        Path file = new WarehouseFolder(identity.path()).identityFile();
        try {
            DurableFiles.write(file, json(identity));
        } catch (IOException failed) {
            throw unwritable(file, failed);
        }
    }

    private static byte[] json(WarehouseIdentity identity) throws JsonProcessingException {
        ObjectNode root = JsonMappers.snakeCase().createObjectNode().put("format", identity.fileFormat());
        root.setAll(JsonMappers.snakeCase().<ObjectNode>valueToTree(identity));
        return JsonMappers.snakeCase().writeValueAsBytes(root);
    }

    private static FpwException unwritable(Path file, IOException failed) {
        return FpwException.unavailable(
                file + " cannot be written: " + failed
                        + "; check force.yml: storage.warehouse, its permissions, and the free space on its disk",
                failed);
    }
}
