package uk.fpw.warehouse.failure;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.JsonMappers;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.file.DamagedFileException;
import uk.fpw.layout.file.TableDigests;
import uk.fpw.layout.file.WrittenFile;

/**
 * Damaged or missing files of a warehouse: what they are, which releases are unaffected, and how to recover them. Also
 * recognises damage as the cause of other failures: libraries report it in many ways, but always name the file.
 */
public final class Damage {

    /** Extensions of the files of tables. */
    private static final Pattern END = Pattern.compile("\\.(parquet|avro|puffin|metadata\\.json)");

    /** Exit codes of commands that failed because of a file without examining it. */
    private static final Set<ExitCode> MAY_BE_DAMAGE = EnumSet.of(ExitCode.INTERNAL, ExitCode.UNAVAILABLE);

    private static final int MOST_NAMED = 20;

    private Damage() {}

    /** Reports damaged files, at least one. */
    public static FpwException of(List<WrittenFile.Comparison> files) {
        return new FpwException(ExitCode.DAMAGED, describe(files));
    }

    /** The same, with the first thing to do, as a sentence without its full stop. */
    public static FpwException of(Collection<WrittenFile.Comparison> files, String first) {
        return new FpwException(ExitCode.DAMAGED, first + ". " + describe(List.copyOf(files)));
    }

    /** Reports a damaged file that was found on reading it. */
    public static FpwException of(DamagedFileException damaged) {
        return new FpwException(ExitCode.DAMAGED, describe(List.of(WrittenFile.Comparison.of(damaged))), damaged);
    }

    /** Reports a damaged file of an embedded database. */
    public static FpwException ofDatabase(String what, Throwable failure) {
        return ofDatabase(what, DatabaseErrors.damage(failure), failure);
    }

    /** Reports an embedded database file that is empty. */
    public static FpwException ofEmptyDatabase(Path file) {
        return ofDatabase("the database file " + file, "it is empty", null);
    }

    private static FpwException ofDatabase(String what, String problem, @Nullable Throwable failure) {
        return new FpwException(
                ExitCode.DAMAGED,
                what + " is damaged: " + problem
                        + ". Restore the warehouse folder and its database from one backup; until then releases can be "
                        + "queried without it: fpw query --warehouse DIR",
                failure);
    }

    /** The failure restated as damage if damaged files of a warehouse are the cause; null otherwise. */
    public static @Nullable FpwException causeOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FpwException known && known.exitCode() == ExitCode.DAMAGED) {
                return known;
            }
        }
        if (failure instanceof FpwException known && !MAY_BE_DAMAGE.contains(known.exitCode())) {
            return null;
        }
        if (DatabaseErrors.isDamaged(failure)) {
            return ofDatabase("the embedded database", failure);
        }
        List<WrittenFile.Comparison> files = filesNamedBy(failure);
        return files.isEmpty() ? null : new FpwException(ExitCode.DAMAGED, describe(files), failure);
    }

    /** The damaged files of a warehouse named by a failure or its causes; empty if the named files are undamaged. */
    public static List<WrittenFile.Comparison> filesNamedBy(Throwable failure) {
        Set<Path> named = new LinkedHashSet<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            named.addAll(filesIn(String.valueOf(cause.getMessage())));
            for (Throwable other : cause.getSuppressed()) {
                named.addAll(filesIn(String.valueOf(other.getMessage())));
            }
        }
        List<WrittenFile.Comparison> damaged = new ArrayList<>();
        for (Path file : named) {
            WrittenFile.Comparison found = compare(file);
            if (found != null && found.isDamaged()) {
                damaged.add(found);
            }
        }
        return damaged;
    }

    /**
     * Compares a file of a table with what was written; without a checksum only its form is checked. Null if the file
     * cannot be read for lack of permission or because of a disk error, which the failure itself reports.
     */
    public static WrittenFile.@Nullable Comparison compare(Path file) {
        try {
            WrittenFile.Comparison found = new WrittenFile(file).compare();
            return found.state() == WrittenFile.State.UNCHECKED && !hasItsForm(file)
                    ? new WrittenFile.Comparison(found.file(), WrittenFile.State.DAMAGED, "it is not complete")
                    : found;
        } catch (IOException unreadable) {
            return null;
        }
    }

    /** Files of tables named in a text, whether they exist or not. A path may start anywhere and may contain blanks. */
    private static List<Path> filesIn(String text) {
        List<Path> files = new ArrayList<>();
        Matcher end = END.matcher(text);
        while (end.find()) {
            int start = text.indexOf('/');
            while (start >= 0 && start < end.start()) {
                Path file = Path.of(text.substring(start, end.end()).replaceFirst("^/+", "/"));
                if (file.toString().indexOf('\n') < 0
                        && Files.isDirectory(file.resolveSibling(""))
                        && Place.of(file) != null) {
                    files.add(file);
                    break;
                }
                start = text.indexOf('/', start + 1);
            }
        }
        return files.size() > MOST_NAMED ? files.subList(0, MOST_NAMED) : files;
    }

    /**
     * Whether a file without a recorded checksum starts and ends as its type requires; a metadata file is parsed
     * completely.
     */
    private static boolean hasItsForm(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        String name = file.toString();
        if (name.endsWith(".json")) {
            try {
                return JsonMappers.snakeCase().readTree(content).isObject();
            } catch (JsonProcessingException wrong) {
                return false;
            }
        }
        byte[] mark = (name.endsWith(".parquet") ? "PAR1" : name.endsWith(".puffin") ? "PFA1" : "Obj\1")
                .getBytes(StandardCharsets.US_ASCII);
        return content.length > mark.length
                && Arrays.equals(mark, Arrays.copyOf(content, mark.length))
                && (name.endsWith(".avro")
                        || Arrays.equals(
                                mark, Arrays.copyOfRange(content, content.length - mark.length, content.length)));
    }

    private static String describe(List<WrittenFile.Comparison> files) {
        StringBuilder text = new StringBuilder(
                files.size() == 1 ? "a file of the warehouse is damaged:" : "files of the warehouse are damaged:");
        Map<String, Integer> ways = new LinkedHashMap<>();
        Set<Path> warehouses = new LinkedHashSet<>();
        for (WrittenFile.Comparison file : files) {
            Place place = Place.of(file.file().path());
            if (place != null) {
                warehouses.add(place.warehouse());
                ways.merge(place.howToRecover(), 1, Integer::sum);
            }
        }
        files.stream().limit(MOST_NAMED).forEach(file -> text.append("\n  ")
                .append(file.file().path())
                .append(": ")
                .append(file.problem()));
        if (files.size() > MOST_NAMED) {
            text.append("\n  and ").append(files.size() - MOST_NAMED).append(" more");
        }
        ways.keySet().forEach(way -> text.append("\n").append(way));
        Set<Path> paths = files.stream().map(file -> file.file().path()).collect(Collectors.toSet());
        warehouses.forEach(warehouse -> text.append("\n").append(WholeReleases.describe(warehouse, paths)));
        return text.append("\nRestore a file from a backup together with the .crc beside it, if there is one; then "
                        + "`fpw verify --files` checks all other files")
                .toString();
    }

    /**
     * The place of a file of a table or a release.
     *
     * @param table qualified name, such as {@code raw.requests}; empty for a file of a release
     */
    private record Place(Path warehouse, Path file, String table) {

        private static final Pattern LOAD = Pattern.compile("\\d{4}-\\d\\d-\\d\\d\\.[0-9a-f]{16}");

        /** Null if the file is not part of a warehouse. */
        static @Nullable Place of(Path file) {
            Path folder = file.getParent();
            while (folder != null && !Files.exists(new WarehouseFolder(folder).identityFile())) {
                folder = folder.getParent();
            }
            if (folder == null) {
                return null;
            }
            // data/<id>/<namespace>/<table>/data/<file>, see WarehouseFolder
            int depth = file.getNameCount();
            boolean isOfTable = depth > 3 && file.startsWith(new WarehouseFolder(folder).data());
            return new Place(folder, file, isOfTable ? file.getName(depth - 4) + "." + file.getName(depth - 3) : "");
        }

        /** What the file is, and how to recover it without a backup. */
        String howToRecover() {
            String restore = "restore it from a backup";
            if (file.equals(new WarehouseFolder(warehouse).currentRelease())) {
                return "The current release: the next run writes the file again: fpw nightly";
            }
            if (file.startsWith(new WarehouseFolder(warehouse).evidence())) {
                return "Sealed file of a restriction: " + restore + "; nothing else in the warehouse has its rows";
            }
            if (table.isEmpty()) {
                String release = file.getName(file.getNameCount() - 2).toString();
                return "Release " + release + ": " + restore + ", or withdraw the release: fpw withdraw release "
                        + release + ", then fpw nightly";
            }
            String name = table.substring(table.indexOf('.') + 1);
            String fileName = String.valueOf(file.getFileName());
            if (TableDigests.isList(file)) {
                return "Digests of table " + table + ": delete the file; files listed only there are then not verified";
            }
            if (table.startsWith("raw.")) {
                Matcher load = LOAD.matcher(fileName);
                return "Feed " + name + ": " + restore
                        + (fileName.endsWith(".parquet") && load.find()
                                ? ", or withdraw load " + load.group()
                                        + ", with the loads of the feed after it: fpw withdraw load " + load.group()
                                        + " --with-later"
                                : ", or withdraw the latest load of the feed (fpw status shows it; if earlier ones "
                                        + "must be withdrawn with it, the command names the first): fpw withdraw load "
                                        + "LOAD --with-later")
                        + "; then load their files or dates again: fpw ingest " + name;
            }
            return "Table " + table + ": " + restore
                    + (!table.startsWith("ledger.")
                            ? ", or withdraw the releases that use it: fpw withdraw release RELEASE, then fpw nightly"
                            : "");
        }
    }
}
