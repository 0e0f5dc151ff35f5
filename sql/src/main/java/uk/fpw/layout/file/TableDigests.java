package uk.fpw.layout.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Digests of the files of tables as they were written. Each table has a list, {@code metadata/ID.digests}: CRC-32, size
 * and path of each file, and a CRC-32 of these lines at the end. A list never changes; a commit replaces the existing
 * lists with a new one ({@link NewDigests}). If two processes write lists at the same time, both count. Safe for
 * several threads and processes.
 */
public final class TableDigests {

    private static final String END = ".digests";
    private static final String METADATA = "metadata";
    private static final Set<String> FOLDERS = Set.of("data", METADATA);

    private final ConcurrentMap<Path, Lists> known = new ConcurrentHashMap<>();

    /**
     * The lists of a table.
     *
     * @param digests digests by file path relative to the table folder
     */
    record Lists(List<Path> files, Map<String, FileDigest> digests, List<WrittenFile.Comparison> damaged) {

        /** Reads the lists; tries once more if another process has replaced them meanwhile. */
        static Lists read(Path table) throws IOException {
            Lists lists = null;
            while (lists == null) {
                lists = readOnce(table);
            }
            return lists;
        }

        /** Null if one of the lists has been deleted meanwhile. */
        private static @Nullable Lists readOnce(Path table) throws IOException {
            Lists lists = new Lists(find(table), new TreeMap<>(), new ArrayList<>());
            try {
                for (Path file : lists.files()) {
                    lists.add(file);
                }
                return lists;
            } catch (NoSuchFileException replaced) {
                return null;
            }
        }

        /** The undamaged lists; damaged ones are kept until somebody has looked at them. */
        Collection<Path> whole() {
            List<Path> wrong =
                    damaged.stream().map(found -> found.file().path()).toList();
            return files.stream().filter(file -> !wrong.contains(file)).toList();
        }

        private void add(Path file) throws IOException {
            try {
                digests.putAll(TableDigests.read(file));
            } catch (DamagedFileException wrong) {
                damaged.add(WrittenFile.Comparison.of(wrong));
            }
        }
    }

    /** Whether a file is a digest list. */
    public static boolean isList(Path file) {
        return file.toString().endsWith(END);
    }

    /** The path of a list of a table. */
    static Path list(Path table, String id) {
        return table.resolve(METADATA).resolve(id + END);
    }

    /** The lists of a table. */
    public static List<Path> find(Path table) throws IOException {
        Path folder = table.resolve(METADATA);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(TableDigests::isList)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    /** The damaged lists of a table. */
    public static List<WrittenFile.Comparison> damaged(Path table) throws IOException {
        return Lists.read(table).damaged();
    }

    /**
     * The digest of a file as written; null if it belongs to no table or no undamaged list contains it. Lists already
     * read are not read again.
     */
    public @Nullable FileDigest of(Path file) throws IOException {
        Path table = table(file);
        if (table == null) {
            return null;
        }
        String path = table.relativize(file).toString();
        Lists lists = known.get(table);
        if (lists == null
                || (!lists.digests().containsKey(path) && !lists.files().equals(find(table)))) {
            lists = Lists.read(table);
            known.put(table, lists);
        }
        return lists.digests().get(path);
    }

    /**
     * The digest computed while the file was written. Reads only its checksums, not the file.
     *
     * @throws DamagedFileException if the file is missing or its size does not match the checksums
     */
    public FileDigest ofWritten(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new DamagedFileException(file, "it is missing");
        }
        long bytes = Files.size(file);
        ChecksumFile sums = ChecksumFile.read(file);
        if (sums != null && !sums.fits(bytes)) {
            throw new DamagedFileException(file, "it has " + bytes + " bytes and checksums of another size");
        }
        if (sums != null) {
            return new FileDigest(bytes, ChecksumFile.text(sums.whole(bytes)));
        }
        FileDigest listed = of(file);
        if (listed != null && listed.bytes() != bytes) {
            throw new DamagedFileException(file, "it has " + bytes + " bytes instead of " + listed.bytes());
        }
        return listed == null ? new FileDigest(bytes, null) : listed;
    }

    /** The folder of the table that a file belongs to; null if none. */
    static @Nullable Path table(Path file) {
        for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
            if (folder.getFileName() != null
                    && FOLDERS.contains(folder.getFileName().toString())) {
                return folder.getParent();
            }
        }
        return null;
    }

    private static Map<String, FileDigest> read(Path list) throws IOException {
        String content = new String(Files.readAllBytes(list), StandardCharsets.UTF_8);
        int end = content.lastIndexOf('\n', content.length() - 2) + 1;
        String lines = content.substring(0, end);
        if (!content.substring(end).equals(sum(lines) + "\n")) {
            throw new DamagedFileException(list, "it is not what was written");
        }
        Map<String, FileDigest> digests = new HashMap<>();
        lines.lines()
                .map(line -> line.split(" ", 3))
                .forEach(field -> digests.put(field[2], new FileDigest(Long.parseLong(field[1]), field[0])));
        return digests;
    }

    /** The content of a list. */
    static byte[] content(Map<String, FileDigest> digests) {
        StringBuilder lines = new StringBuilder();
        digests.forEach((path, digest) -> lines.append("%s %d %s\n".formatted(digest.crc32(), digest.bytes(), path)));
        return (lines + sum(lines.toString()) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String sum(String lines) {
        CRC32 crc32 = new CRC32();
        crc32.update(lines.getBytes(StandardCharsets.UTF_8));
        return ChecksumFile.text((int) crc32.getValue());
    }
}
