package uk.fpw.nightly.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
 *
 * <p>As long as nobody is confirmed as reader, only this user can read new pages. {@code site} then remains the link to
 * pages of an earlier version, if readers have such, and {@code site-private} is that to the new ones.
 */
final class SiteFolder {

    private static final Logger LOG = LoggerFactory.getLogger(SiteFolder.class);

    private static final Pattern NAME = Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2}[.][0-9]+)-[0-9a-f]{8}");
    private static final String UNFINISHED = ".unfinished-";

    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** Whoever can read a file can keep others from locking it. */
    private static final FileAttribute<Set<PosixFilePermission>> LOCK_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** An unfinished folder younger than this may belong to another process. */
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

    private final WarehouseFolder warehouse;
    private final Supplier<PageReaders> readers;
    private final Clock clock;
    private final Random random;

    /**
     * The pages of a warehouse.
     *
     * @param readers who may read them now
     */
    SiteFolder(Path warehouse, Supplier<PageReaders> readers, Clock clock, Random random) {
        this.warehouse = new WarehouseFolder(warehouse);
        this.readers = readers;
        this.clock = clock;
        this.random = random;
    }

    /** Creates a folder for new pages, to be written into {@link #pagesIn}. Only this user can enter it. */
    Path begin() {
        try {
            DurableFiles.createDirectories(warehouse.sites());
            return Files.createDirectory(warehouse.sites().resolve(UNFINISHED + hex()), PRIVATE);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write to " + warehouse.sites(), failed);
        }
    }

    /** The same beside a folder outside of the warehouse. */
    static Path beginBeside(Path target) {
        Path unfinished = target.resolveSibling("." + target.getFileName() + ".unfinished");
        ScratchFolder.delete(unfinished);
        try {
            return Files.createDirectory(unfinished, PRIVATE);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + target, failed);
        }
    }

    /** Where the pages are in a folder of {@link #begin}. */
    static Path pagesIn(Path unfinished) {
        return unfinished.resolve("pages");
    }

    /**
     * Shows the finished pages of a release to those who may read them, and deletes the previous ones.
     *
     * @param group group that the pages name as their readers; null if none
     * @return false if others may read them now; nothing was changed then
     */
    boolean show(Path unfinished, ReleaseId releaseId, @Nullable String group) {
        return alone(() -> {
            if (!Objects.equals(readers.get().group(), group)) {
                return false;
            }
            link(unfinished, releaseId, group);
            return true;
        });
    }

    private void link(Path unfinished, ReleaseId releaseId, @Nullable String group) throws IOException {
        Path finished = warehouse.sites().resolve(releaseId + "-" + hex());
        requireLink(warehouse.currentSite());
        requireLink(warehouse.privateSite());
        PagePermissions.assign(pagesIn(unfinished), group);
        if (group != null) {
            PagePermissions.letPass(warehouse.sites(), group);
        }
        DurableFiles.move(pagesIn(unfinished), finished);
        Path earlier = earlierPages();
        if (group == null && earlier != null) {
            EarlierPages.mark(earlier);
            link(warehouse.privateSite(), finished);
        } else {
            link(warehouse.currentSite(), finished);
        }
        clear();
    }

    private void link(Path link, Path pages) throws IOException {
        Path beside = warehouse.sites().resolve(UNFINISHED + hex());
        Files.createSymbolicLink(beside, warehouse.path().relativize(pages));
        DurableFiles.move(beside, link);
    }

    /**
     * Moves finished pages to a place of their own, readable for those who may read pages.
     *
     * @param group group that the pages name as their readers; null if none
     * @return false if others may read them now; nothing was changed then
     */
    boolean place(Path unfinished, Path target, @Nullable String group) {
        return alone(() -> {
            if (!Objects.equals(readers.get().group(), group)) {
                return false;
            }
            PagePermissions.assign(pagesIn(unfinished), group);
            if (group != null && target.startsWith(warehouse.sites())) {
                PagePermissions.letPass(warehouse.sites(), group);
            }
            DurableFiles.move(pagesIn(unfinished), target);
            return true;
        });
    }

    /** The pages of kept releases. */
    KeptFolders kept() {
        return new KeptFolders(warehouse, this::alone);
    }

    /** The release of the pages that the link for readers leads to; null if there are none. */
    @Nullable
    ReleaseId shown() {
        return release(pages(warehouse.currentSite()));
    }

    /** Whether readers see pages of an earlier version, which are not renewed. */
    boolean isEarlierShown() {
        return earlierPages() != null;
    }

    /** The release of the latest pages, whoever may read them; null if there are none. */
    @Nullable
    ReleaseId latest() {
        return release(latestPages());
    }

    /** Whether the latest pages were made for those who may read them now. */
    boolean areForTheirReaders() {
        Path latest = latestPages();
        try {
            return latest != null
                    && PagePermissions.areFor(latest, readers.get().group());
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read " + latest, failed);
        }
    }

    /** The link to the latest pages, which may not exist. */
    Path latestLink() {
        boolean isApart = pages(warehouse.privateSite()) != null
                && (pages(warehouse.currentSite()) == null || earlierPages() != null);
        return isApart ? warehouse.privateSite() : warehouse.currentSite();
    }

    /** Pages of an earlier version that readers see; null if there are none. */
    private @Nullable Path earlierPages() {
        Path shown = pages(warehouse.currentSite());
        try {
            return shown != null && PagePermissions.areOfEarlierVersion(shown) && PagePermissions.isOpen(shown)
                    ? shown
                    : null;
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read " + shown, failed);
        }
    }

    /** The latest pages, whoever may read them; null if there are none. */
    @Nullable
    Path latestPages() {
        return pages(latestLink());
    }

    private @Nullable Path pages(Path link) {
        try {
            return Files.isSymbolicLink(link) && Files.isDirectory(link)
                    ? warehouse.path().resolve(Files.readSymbolicLink(link))
                    : null;
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read " + link, failed);
        }
    }

    private static @Nullable ReleaseId release(@Nullable Path pages) {
        Matcher name = pages == null ? null : NAME.matcher(pages.getFileName().toString());
        return name != null && name.matches() ? ReleaseId.parse(name.group(1)) : null;
    }

    /** Shows no pages, which is better than wrong ones. */
    void hide() {
        hide(release -> true);
    }

    /**
     * Hides the pages of some releases. If those that readers saw are among them, the link for readers leads to the
     * private pages.
     */
    void hide(Predicate<@Nullable ReleaseId> hidden) {
        alone(() -> {
            for (Path link : List.of(warehouse.currentSite(), warehouse.privateSite())) {
                requireLink(link);
                if (hidden.test(release(pages(link)))) {
                    Files.deleteIfExists(link);
                }
            }
            if (pages(warehouse.currentSite()) == null && pages(warehouse.privateSite()) != null) {
                DurableFiles.move(warehouse.privateSite(), warehouse.currentSite());
            }
            clear();
            return true;
        });
    }

    /** Closes pages that were made for a group that may no longer read them, also those made on request. */
    void closeToFormerReaders() {
        if (!Files.isDirectory(warehouse.sites())) {
            return;
        }
        alone(() -> {
            String group = readers.get().group();
            for (Path pages : entries()) {
                if (Files.isDirectory(pages, LinkOption.NOFOLLOW_LINKS)
                        && !PagePermissions.areOfEarlierVersion(pages)
                        && !PagePermissions.areFor(pages, group)
                        && PagePermissions.isOpen(pages)) {
                    PagePermissions.close(pages);
                }
            }
            return true;
        });
    }

    /** A change of the pages. */
    @FunctionalInterface
    interface Change {
        boolean apply() throws IOException;
    }

    /**
     * Locks out other processes, for milliseconds: another one would delete pages that are finished but not yet shown.
     */
    private boolean alone(Change change) {
        if (!Files.isDirectory(warehouse.path())) {
            return true;
        }
        try {
            Files.createDirectories(warehouse.sites());
            try (FileChannel channel = FileChannel.open(
                            warehouse.sites().resolve(".lock"),
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                            LOCK_FILE);
                    FileLock lock = channel.lock()) {
                LOG.debug("changing the pages under {}", lock);
                return change.apply();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot change the pages in " + warehouse.sites(), failed);
        }
    }

    /** Deletes pages that nobody sees any more, and what killed processes left. */
    private void clear() {
        if (!Files.isDirectory(warehouse.sites())) {
            return;
        }
        try {
            if (!latestLink().equals(warehouse.privateSite())) {
                Files.deleteIfExists(warehouse.privateSite());
            }
            Set<Path> linked = Stream.of(warehouse.currentSite(), warehouse.privateSite())
                    .flatMap(link -> Stream.ofNullable(pages(link)))
                    .collect(Collectors.toSet());
            for (Path entry : entries()) {
                String name = entry.getFileName().toString();
                boolean isOld = NAME.matcher(name).matches() && !linked.contains(entry);
                if (isOld || (name.startsWith(UNFINISHED) && isAbandoned(entry))) {
                    ScratchFolder.delete(entry);
                }
            }
        } catch (IOException failed) {
            LOG.warn("old pages in {} could not be deleted", warehouse.sites(), failed);
        }
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> entries = Files.list(warehouse.sites())) {
            return entries.toList();
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
