package uk.fpw.warehouse.failure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleaseFolder;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.file.WrittenFile;

/** Finds the releases of a warehouse that do not depend on damaged files. */
final class WholeReleases {

    private WholeReleases() {}

    /**
     * Two lists of releases: those that use a damaged file, or whose other files are missing or of the wrong size; and
     * the others.
     */
    static String describe(Path warehouse, Set<Path> damaged) {
        List<ReleaseId> broken = new ArrayList<>();
        List<ReleaseId> whole = new ArrayList<>();
        for (ReleaseId release : releases(warehouse)) {
            (isWhole(warehouse, release, damaged) ? whole : broken).add(release);
        }
        return "Releases in which files are damaged: " + list(broken) + "; releases without these files: "
                + list(whole);
    }

    private static boolean isWhole(Path warehouse, ReleaseId release, Set<Path> damaged) {
        try {
            for (ReleaseFile.Table table : ReleaseFile.read(
                            new WarehouseFolder(warehouse).release(release).releaseFile())
                    .tables()) {
                for (WrittenFile file : table.writtenIn(warehouse)) {
                    if (damaged.contains(file.path()) || file.compareSize().isDamaged()) {
                        return false;
                    }
                }
            }
            return true;
        } catch (IOException | IllegalArgumentException unreadable) {
            return false;
        }
    }

    private static Set<ReleaseId> releases(Path warehouse) {
        Set<ReleaseId> releases = new TreeSet<>();
        Path folder = new WarehouseFolder(warehouse).releases();
        if (!Files.isDirectory(folder)) {
            return releases;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            entries.filter(entry -> Files.exists(new ReleaseFolder(entry).releaseFile()))
                    .flatMap(entry -> Stream.ofNullable(
                            ReleaseId.parse(entry.getFileName().toString())))
                    .forEach(releases::add);
        } catch (IOException unreadable) {
            return releases;
        }
        return releases;
    }

    private static String list(List<ReleaseId> releases) {
        return releases.isEmpty()
                ? "none"
                : String.join(", ", releases.stream().map(ReleaseId::value).toList());
    }
}
