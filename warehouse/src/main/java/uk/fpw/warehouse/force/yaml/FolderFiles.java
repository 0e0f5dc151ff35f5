package uk.fpw.warehouse.force.yaml;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.text.Sha256;

/** The definition files of a force folder: their names, contents and digest. */
public final class FolderFiles {

    public static final String FORCE = "force.yml";
    public static final String CONNECTIONS = "connections.yml";
    public static final String BANK_HOLIDAYS = "bank_holidays.csv";

    /** The folders and their file extensions. */
    public static final Map<String, List<String>> FOLDERS = Map.ofEntries(
            Map.entry("feeds", List.of(".yml", ".sql")),
            Map.entry("staging", List.of(".yml", ".sql")),
            Map.entry("calendars", List.of(".yml")),
            Map.entry("queues", List.of(".yml")),
            Map.entry("milestones", List.of(".yml")),
            Map.entry("rules", List.of(".yml")),
            Map.entry("schemes", List.of(".yml")),
            Map.entry("gradings", List.of(".yml", ".sql")),
            Map.entry("facts", List.of(".yml")),
            Map.entry("changes", List.of(".yml")),
            Map.entry("staffing", List.of(".yml", ".sql")),
            Map.entry("capacity", List.of(".yml")),
            Map.entry("recommendations", List.of(".yml")));

    private static final String WHAT_IT_IS =
            "it contains force.yml, connections.yml, feeds/*.yml, staging/*.yml with *.sql, "
                    + "queues/*.yml and, optionally, the other files listed in docs/force-folder.md";

    private final ConfigErrors errors;
    private final Map<String, byte[]> contents = new TreeMap<>();
    private long totalBytes;

    private FolderFiles(ConfigErrors errors) {
        this.errors = errors;
    }

    /**
     * Reads all definition files. Throws {@link ForceFolderException} if the folder does not look like a force folder.
     */
    public static FolderFiles in(Path folder, ConfigErrors errors) {
        if (!Files.isDirectory(folder)) {
            errors.add(
                    folder.toString(),
                    Files.exists(folder) ? "is a file and not a folder" : "does not exist",
                    "specify a force folder: " + WHAT_IT_IS);
            throw new ForceFolderException(errors.sorted());
        }
        if (Stream.of(FORCE, CONNECTIONS, "feeds").noneMatch(name -> Files.exists(folder.resolve(name)))) {
            errors.add(
                    folder.toString(),
                    "is not a force folder: it has no force.yml, no connections.yml and no feeds",
                    "specify another folder, or create these files: " + WHAT_IT_IS);
            throw new ForceFolderException(errors.sorted());
        }
        FolderFiles files = new FolderFiles(errors);
        files.readAll(folder);
        files.checkComplete(folder);
        return files;
    }

    private void checkComplete(Path folder) {
        List<String> absent = new ArrayList<>();
        for (String name : List.of(FORCE, CONNECTIONS)) {
            if (!Files.exists(folder.resolve(name))) {
                absent.add(name);
                errors.add(name, "is missing", "add it, as described in docs/force-folder.md");
            }
        }
        FOLDERS.keySet().stream()
                .filter(name -> !Files.exists(folder.resolve(name)))
                .forEach(absent::add);
        requireSome("feeds");
        if (names("gradings", ".yml").isEmpty()) {
            requireSome("staging");
        }
        for (Path entry : list(folder)) {
            String name = entry.getFileName().toString();
            String meant = isKnown(name) ? null : Suggestions.to(name, absent);
            if (meant != null) {
                errors.add(name, "does not belong in a force folder", Suggestions.remedy(meant, ""));
            }
        }
    }

    /** Reports a folder without queues and gradings, which counts nothing; a pack may bring its queues instead. */
    public void requireQueues() {
        if (names("gradings", ".yml").isEmpty()) {
            requireSome("queues");
        }
    }

    /** Reports that there is no grading scheme, where there are grading queries. */
    public void requireSchemes() {
        if (!names("gradings", ".yml").isEmpty()) {
            requireSome("schemes");
        }
    }

    private void requireSome(String name) {
        if (names(name, ".yml").isEmpty()) {
            errors.add(name + "/", "has no .yml file", "add at least one, as described in docs/force-folder.md");
        }
    }

    private static boolean isKnown(String name) {
        return FOLDERS.containsKey(name)
                || List.of(FORCE, CONNECTIONS, BANK_HOLIDAYS).contains(name);
    }

    private void readAll(Path folder) {
        for (String name : List.of(FORCE, CONNECTIONS, BANK_HOLIDAYS)) {
            if (Files.exists(folder.resolve(name))) {
                read(folder, name);
            }
        }
        new TreeMap<>(FOLDERS).forEach((name, endings) -> counted(name, list(folder.resolve(name)))
                .forEach(file -> {
                    String relative = name + "/" + file.getFileName();
                    if (endings.stream().anyMatch(relative::endsWith)) {
                        read(folder, relative);
                    } else {
                        errors.add(
                                relative,
                                "is not a " + String.join(" or ", endings) + " file",
                                "rename it or move it out of the folder '" + name + "'");
                    }
                }));
    }

    private List<Path> counted(String name, List<Path> files) {
        if (files.size() <= DefinitionSize.MAX_FILES) {
            return files;
        }
        errors.add(
                name + "/",
                "holds " + files.size() + " files, more than " + DefinitionSize.MAX_FILES,
                "remove those that are not needed");
        return List.of();
    }

    private List<Path> list(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            errors.add(
                    folder.getFileName() + "/",
                    "cannot be read (" + reason(unreadable) + ")",
                    "give read access to the folder");
            return List.of();
        }
    }

    private void read(Path folder, String relative) {
        Path file = folder.resolve(relative);
        try {
            // Messages about a linked file could disclose what only this user may read, such as a key.
            if (!file.toRealPath().startsWith(folder.toRealPath())) {
                errors.add(
                        relative,
                        "is a symbolic link to a file outside the force folder",
                        "copy the file itself there");
                return;
            }
            if (!Files.isRegularFile(file)) {
                errors.add(relative, "is not a file", "put a file there");
                return;
            }
            byte[] bytes = DefinitionSize.read(file, relative, errors);
            if (bytes != null) {
                contents.put(relative, bytes);
                countTotal(relative, bytes.length);
            }
        } catch (IOException unreadable) {
            errors.add(
                    relative, "cannot be read (" + reason(unreadable) + ")", "make it a file that this user can read");
        }
    }

    /** Stops reading beyond the total, to limit memory. */
    private void countTotal(String relative, int bytes) {
        totalBytes += bytes;
        if (totalBytes > DefinitionSize.MAX_TOTAL_BYTES) {
            errors.add(
                    relative,
                    String.format(
                            Locale.ROOT,
                            "brings the definition files to more than %,d bytes in all",
                            DefinitionSize.MAX_TOTAL_BYTES),
                    "definitions are short: keep data in the folder of a connection, and remove what is not needed");
            throw new ForceFolderException(errors.sorted());
        }
    }

    private static String reason(IOException failed) {
        return failed.getClass().getSimpleName().replace("Exception", "");
    }

    /** Sorted names of the files with an extension in one of the folders. */
    public List<String> names(String folder, String ending) {
        return contents.keySet().stream()
                .filter(name -> name.startsWith(folder + "/") && name.endsWith(ending))
                .toList();
    }

    /** Names of these files without folder and extension. */
    public Set<String> baseNames(String folder, String ending) {
        return names(folder, ending).stream()
                .map(name -> name.substring(folder.length() + 1, name.length() - ending.length()))
                .collect(Collectors.toSet());
    }

    /** Text of a file without byte-order mark. If it is not UTF-8, adds an error and returns null. */
    public @Nullable String text(String name) {
        byte[] bytes = contents.get(name);
        if (bytes == null) {
            return null;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException otherEncoding) {
            errors.add(name, "is not encoded in UTF-8", "save it as UTF-8");
            return null;
        }
    }

    /** SHA-256 (hex) over the sorted names and the contents. */
    public String digest() {
        MessageDigest digest = Sha256.digest();
        contents.forEach((name, bytes) -> {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update(
                    ByteBuffer.allocate(1 + Long.BYTES).putLong(1, bytes.length).array());
            digest.update(bytes);
        });
        return HexFormat.of().formatHex(digest.digest());
    }
}
