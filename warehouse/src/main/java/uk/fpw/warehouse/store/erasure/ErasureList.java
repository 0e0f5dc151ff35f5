package uk.fpw.warehouse.store.erasure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.JsonMappers;
import uk.fpw.layout.RealPath;
import uk.fpw.layout.file.DurableFiles;
import uk.fpw.text.Sha256;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.privacy.FilePermissions;
import uk.fpw.warehouse.privacy.Pseudonymiser;

/**
 * The file with all erasures, outside of warehouses and their backups. A restored backup that lacks one of them is
 * recognised by it. Readable by its owner only, written atomically and durably, and protected by a digest: a damaged
 * file is an error, never an empty list. Several warehouses can share it.
 */
public final class ErasureList {

    /** Environment variable with the path of the file. */
    public static final String VARIABLE = "FPW_ERASURES_FILE";

    /** Name of the file beside the pseudonym key, if the variable is not set. */
    public static final String DEFAULT_NAME = "fpw-erasures.json";

    private static final int FORMAT = 1;

    /** Format of a list with restrictions, which earlier versions do not know. */
    private static final int WITH_RESTRICTIONS = 2;

    private static final String OWNER_ONLY = "rw-------";

    private final Path file;

    /** The list in a file, which need not exist. */
    public ErasureList(Path file) {
        this.file = RealPath.of(file);
    }

    /**
     * The list of an installation: in the file that {@link #VARIABLE} names, or else beside the file with the pseudonym
     * key. Null if the key is given without a file; then no list is kept.
     */
    public static @Nullable ErasureList fromEnvironment(Map<String, String> environment) {
        String named = environment.getOrDefault(VARIABLE, "").strip();
        if (!named.isEmpty()) {
            return new ErasureList(Path.of(named));
        }
        String keyFile =
                environment.getOrDefault(Pseudonymiser.KEY_FILE_VARIABLE, "").strip();
        return keyFile.isEmpty()
                ? null
                : new ErasureList(Path.of(keyFile).toAbsolutePath().resolveSibling(DEFAULT_NAME));
    }

    /** Why no list is kept, and how to keep one; the end of a sentence. */
    public static String howToKeepOne() {
        return "set " + VARIABLE
                + " to a file outside of the warehouse and its backups, or give the pseudonym key in a " + "file ("
                + Pseudonymiser.KEY_FILE_VARIABLE + "), beside which the list is then kept";
    }

    /** The file with symbolic links resolved. */
    public Path file() {
        return file;
    }

    /**
     * All erasures, the first one first; empty if there is no file.
     *
     * @throws FpwException with {@code CONFIGURATION} if the file cannot be read, is accessible to others, is damaged,
     *     or was written by a later version
     */
    public List<ListedErasure> read() {
        try {
            FilePermissions.requireSecret(file, "the list of erasures " + file);
            JsonNode root = JsonMappers.snakeCase().readTree(Files.readAllBytes(file));
            int format = root.path("format").asInt();
            if (format > WITH_RESTRICTIONS) {
                throw unreadable("its format " + root.path("format") + " is that of a later version of fpw", null);
            }
            JsonNode erasures = root.path("erasures");
            if (format < FORMAT
                    || !erasures.isArray()
                    || !digest(erasures).equals(root.path("digest").asText())) {
                throw unreadable("it is damaged, or was changed by hand", null);
            }
            List<ListedErasure> read = new ArrayList<>();
            for (JsonNode erasure : erasures) {
                read.add(JsonMappers.snakeCase().treeToValue(erasure, ListedErasure.class));
            }
            return List.copyOf(read);
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (JsonProcessingException damaged) {
            // Without the cause, whose message may quote the file.
            throw unreadable("it is damaged", null);
        } catch (IOException failed) {
            throw unreadable(String.valueOf(failed.getMessage()), failed);
        }
    }

    /**
     * The erasures of a warehouse, or of the one that it was copied from.
     *
     * @param warehouses ids of both
     */
    public List<ListedErasure> of(String force, Collection<UUID> warehouses) {
        return read().stream()
                .filter(erasure -> isOf(erasure, force, warehouses))
                .toList();
    }

    /** Adds an erasure, or replaces it. Returns when it would survive a power failure. */
    public void add(ListedErasure erasure) {
        change(all -> {
            List<ListedErasure> changed = new ArrayList<>(all);
            changed.removeIf(one -> one.erasureId().equals(erasure.erasureId()));
            changed.add(erasure);
            return changed;
        });
    }

    /** Changes an erasure, if it is on the list. Returns when that would survive a power failure. */
    public void change(String erasureId, UnaryOperator<ListedErasure> change) {
        change(all -> all.stream()
                .map(one -> one.erasureId().equals(erasureId) ? change.apply(one) : one)
                .toList());
    }

    /** Notes that erasures were applied to a warehouse too. */
    public void noteApplied(Set<String> erasureIds, UUID warehouse) {
        change(all -> all.stream()
                .map(one -> erasureIds.contains(one.erasureId()) ? one.in(warehouse) : one)
                .toList());
    }

    /**
     * Encrypts the keys of a warehouse's erasures under its new pseudonym key too, before the warehouse is switched to
     * it: whichever of the two it has if the process dies, the list can be read.
     */
    public void encryptAlso(String force, Collection<UUID> warehouses, Pseudonymiser before, Pseudonymiser after) {
        change(all -> all.stream()
                .map(one -> isOf(one, force, warehouses) ? one.alsoUnder(before, after) : one)
                .toList());
    }

    /** Forgets what is encrypted under former pseudonym keys, once the warehouse has the present one. */
    public void encryptOnly(String force, Collection<UUID> warehouses, Pseudonymiser present) {
        change(all -> all.stream()
                .map(one -> isOf(one, force, warehouses) ? one.onlyUnder(present) : one)
                .toList());
    }

    private static boolean isOf(ListedErasure erasure, String force, Collection<UUID> warehouses) {
        return erasure.force().equals(force) && warehouses.stream().anyMatch(erasure.warehouses()::contains);
    }

    /** Other processes may change the list for other warehouses. */
    private void change(UnaryOperator<List<ListedErasure>> change) {
        Path folder = Objects.requireNonNull(file.getParent());
        try {
            DurableFiles.createDirectories(folder);
            Path lock = folder.resolve("." + file.getFileName() + ".lock");
            try (FileChannel channel = FileChannel.open(
                    lock, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), ownerOnly(folder))) {
                channel.lock();
                List<ListedErasure> before = read();
                List<ListedErasure> after = change.apply(before);
                if (!after.equals(before)) {
                    write(folder, after);
                }
            }
        } catch (IOException failed) {
            throw FpwException.configuration(
                    "the list of erasures " + file + " cannot be written: " + failed.getMessage()
                            + ". Nothing was changed. Make its folder writable for this user, or set " + VARIABLE
                            + " to a file in another folder; copy an existing list there",
                    failed);
        }
    }

    private void write(Path folder, List<ListedErasure> erasures) throws IOException {
        ArrayNode all = JsonMappers.snakeCase().valueToTree(erasures);
        boolean hasRestriction = erasures.stream().anyMatch(one -> one.restriction() != null);
        ObjectNode root =
                JsonMappers.snakeCase().createObjectNode().put("format", hasRestriction ? WITH_RESTRICTIONS : FORMAT);
        root.put("digest", digest(all)).set("erasures", all);
        Path temporary = folder.resolve("." + file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        Files.createFile(temporary, ownerOnly(folder));
        Files.write(temporary, JsonMappers.snakeCase().writeValueAsBytes(root));
        DurableFiles.move(temporary, file);
    }

    private static FileAttribute<?>[] ownerOnly(Path folder) throws IOException {
        return Files.getFileStore(folder).supportsFileAttributeView("posix")
                        && FileSystems.getDefault()
                                .supportedFileAttributeViews()
                                .contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY))
                }
                : new FileAttribute<?>[0];
    }

    private static String digest(JsonNode erasures) throws JsonProcessingException {
        return Sha256.hex(JsonMappers.snakeCase().writeValueAsString(erasures));
    }

    private FpwException unreadable(String reason, @Nullable IOException cause) {
        String message = "the list of erasures " + file + " cannot be read: " + reason + ". By it a restored backup is "
                + "recognised, so nothing is done without it: restore the file from its "
                + "copy, or, if there is none, move it away and run 'fpw erase --list-lost'";
        return FpwException.configuration(message, cause);
    }

    /** Dates of some erasures, for messages. */
    public static String days(Collection<ListedErasure> erasures) {
        return erasures.stream().map(ListedErasure::day).distinct().sorted().collect(Collectors.joining(", "));
    }
}
