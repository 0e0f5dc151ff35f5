package uk.fpw.nightly.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.site.KeptPages;
import uk.fpw.nightly.program.ScratchFolder;

/**
 * The pages of kept releases, each set made once: {@link WarehouseFolder#keptSite}. The pages that readers see have
 * links to their files, in {@code releases/RELEASE_ID}: a copy of that folder is complete, and nothing is written
 * twice.
 *
 * @param alone applies a change while no other process changes the pages
 */
record KeptFolders(WarehouseFolder warehouse, Consumer<SiteFolder.Change> alone) {

    /** Where the pages of a kept release are, or will be. */
    Path of(KeptPages.Kept release) {
        return warehouse.keptSite(release.releaseId(), release.isWithdrawn());
    }

    /** Whether a release has pages, which may not say yet that it was withdrawn, or the opposite. */
    boolean hasAny(ReleaseId releaseId) {
        return Stream.of(true, false)
                .anyMatch(isWithdrawn -> Files.isDirectory(warehouse.keptSite(releaseId, isWithdrawn)));
    }

    /** Whether the pages of a release are there, for those who may read them now. */
    boolean has(KeptPages.Kept release, @Nullable String group) {
        Path pages = of(release);
        try {
            return Files.isDirectory(pages, LinkOption.NOFOLLOW_LINKS) && PagePermissions.areFor(pages, group);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read " + pages, failed);
        }
    }

    /** Whether exactly these releases are kept, and pages have them. */
    boolean areIn(@Nullable Path pages, List<KeptPages.Kept> releases, @Nullable String group) {
        Set<String> wanted =
                releases.stream().map(one -> one.releaseId().value()).collect(Collectors.toSet());
        try {
            return pages != null
                    && releases.stream().allMatch(one -> has(one, group))
                    && warehouse.keptSites().size() == releases.size()
                    && names(pages.resolve(KeptPages.FOLDER)).equals(wanted);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read " + pages, failed);
        }
    }

    private static Set<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory)
                    .map(entry -> entry.getFileName().toString())
                    .collect(Collectors.toSet());
        }
    }

    /** Deletes the pages of all releases but these. */
    void deleteOthers(Collection<KeptPages.Kept> releases) {
        Set<Path> wanted = releases.stream().map(this::of).collect(Collectors.toSet());
        alone.accept(() -> {
            warehouse.keptSites().stream()
                    .filter(folder -> !wanted.contains(folder))
                    .forEach(ScratchFolder::delete);
            return true;
        });
    }

    /** Deletes pages that do not say that their release was withdrawn, also where readers see them. */
    void deleteWithdrawn(Collection<ReleaseId> withdrawn) {
        alone.accept(() -> {
            for (ReleaseId releaseId : withdrawn) {
                Path pages = warehouse.keptSite(releaseId, false);
                if (Files.isDirectory(pages)) {
                    warehouse.linkedKeptSites().stream()
                            .filter(linked -> linked.endsWith(releaseId.value()))
                            .forEach(ScratchFolder::delete);
                    ScratchFolder.delete(pages);
                }
            }
            return true;
        });
    }

    /** Links the files of kept pages into new pages, which are not shown yet; symbolic links lead elsewhere. */
    void link(Collection<KeptPages.Kept> releases, Path pages) {
        releases.forEach(release -> link(
                of(release),
                pages.resolve(KeptPages.FOLDER).resolve(release.releaseId().value())));
    }

    private static void link(Path from, Path to) {
        try (Stream<Path> entries = Files.walk(from)) {
            for (Path entry : entries.toList()) {
                Path target = to.resolve(from.relativize(entry).toString());
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectory(target);
                    Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(entry));
                } else if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS) && !PagePermissions.isRecord(entry)) {
                    linkFile(entry, target);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot link the pages in " + from, failed);
        }
    }

    /** Copies the file where the file system has no links. */
    private static void linkFile(Path file, Path target) throws IOException {
        try {
            Files.createLink(target, file);
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }
}
