package uk.fpw.nightly.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.file.DurableFiles;
import uk.fpw.nightly.program.ScratchFolder;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

/**
 * Folders of pages, {@code sites/<release id>-<8 characters>}, and the link {@code site} to the one that readers see.
 * Replacing the link is atomic: readers see the old pages or the new ones, never a mixture.
 */
final class SiteFolder {

    private static final Logger LOG = LoggerFactory.getLogger(SiteFolder.class);

    private static final Pattern NAME = Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2}[.][0-9]+)-[0-9a-f]{8}");
    private static final String UNFINISHED = ".unfinished-";

    /** An unfinished folder younger than this may belong to another process. */
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

    private final WarehouseFolder warehouse;
    private final Clock clock;
    private final Random random;

    SiteFolder(Path warehouse, Clock clock, Random random) {
        this.warehouse = new WarehouseFolder(warehouse);
        this.clock = clock;
        this.random = random;
    }

    /** Creates a folder for new pages, to be written into {@link #pagesIn}. */
    Path begin() {
        try {
            DurableFiles.createDirectories(warehouse.sites());
            return Files.createDirectory(
                    warehouse.sites().resolve(UNFINISHED + hex()),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write to " + warehouse.sites(), failed);
        }
    }

    /** Where the pages are in a folder of {@link #begin}. */
    static Path pagesIn(Path unfinished) {
        return unfinished.resolve("pages");
    }

    /** Shows readers the finished pages of a release, and deletes the previous ones. */
    void show(Path unfinished, ReleaseId releaseId) {
        alone(() -> link(unfinished, releaseId));
    }

    private void link(Path unfinished, ReleaseId releaseId) {
        Path finished = warehouse.sites().resolve(releaseId + "-" + hex());
        Path link = warehouse.currentSite();
        Path beside = warehouse.sites().resolve(UNFINISHED + hex());
        requireLink(link);
        try {
            DurableFiles.move(pagesIn(unfinished), finished);
            Files.createSymbolicLink(beside, warehouse.path().relativize(finished));
            DurableFiles.move(beside, link);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot show " + finished + " as " + link, failed);
        }
        clear();
    }

    /** The release whose pages readers see; null if there are none. */
    @Nullable
    ReleaseId shown() {
        Path link = warehouse.currentSite();
        if (!Files.isSymbolicLink(link) || !Files.isDirectory(link)) {
            return null;
        }
        try {
            Matcher name =
                    NAME.matcher(Files.readSymbolicLink(link).getFileName().toString());
            return name.matches() ? ReleaseId.parse(name.group(1)) : null;
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read " + link, failed);
        }
    }

    /** Shows no pages, which is better than wrong ones. */
    void hide() {
        alone(this::unlink);
    }

    private void unlink() {
        requireLink(warehouse.currentSite());
        try {
            Files.deleteIfExists(warehouse.currentSite());
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot delete " + warehouse.currentSite(), failed);
        }
        clear();
    }

    /**
     * Locks out other processes, for milliseconds: another one would delete pages that are finished but not yet shown.
     */
    private void alone(Runnable change) {
        if (!Files.isDirectory(warehouse.path())) {
            return;
        }
        try {
            Files.createDirectories(warehouse.sites());
            try (FileChannel channel = FileChannel.open(
                            warehouse.sites().resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                LOG.debug("changing the pages under {}", lock);
                change.run();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot lock " + warehouse.sites(), failed);
        }
    }

    /** Deletes pages that readers no longer see, and what killed processes left. */
    private void clear() {
        if (!Files.isDirectory(warehouse.sites())) {
            return;
        }
        try (Stream<Path> entries = Files.list(warehouse.sites())) {
            Path linked = Files.isSymbolicLink(warehouse.currentSite())
                    ? warehouse.path().resolve(Files.readSymbolicLink(warehouse.currentSite()))
                    : null;
            List<Path> all = entries.toList();
            for (Path entry : all) {
                String name = entry.getFileName().toString();
                boolean isOld = NAME.matcher(name).matches() && !entry.equals(linked);
                if (isOld || (name.startsWith(UNFINISHED) && isAbandoned(entry))) {
                    ScratchFolder.delete(entry);
                }
            }
        } catch (IOException failed) {
            LOG.warn("old pages in {} could not be deleted", warehouse.sites(), failed);
        }
    }

    private boolean isAbandoned(Path entry) throws IOException {
        FileTime changed = Files.getLastModifiedTime(entry, LinkOption.NOFOLLOW_LINKS);
        return changed.toInstant().isBefore(clock.instant().minus(ABANDONED_AFTER));
    }

    /** Refuses to replace a user's own folder of that name. */
    private static void requireLink(Path link) {
        if (Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(link)) {
            throw new FpwException(
                    ExitCode.LATER_STEP_FAILED,
                    link + " is not a link that fpw has made; move it away, then run fpw report");
        }
    }

    private String hex() {
        return HexFormat.of().toHexDigits(random.nextInt());
    }
}
