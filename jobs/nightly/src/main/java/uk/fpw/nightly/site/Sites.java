package uk.fpw.nightly.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.file.DurableFiles;
import uk.fpw.layout.site.DictionaryInput;
import uk.fpw.layout.site.KeptPages;
import uk.fpw.layout.site.Operations;
import uk.fpw.layout.site.SiteRequest;
import uk.fpw.nightly.measure.LimitUses;
import uk.fpw.nightly.program.ProcessSupervisor;
import uk.fpw.nightly.program.ScratchFolder;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.installation.Installation;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.ledger.RunLedger;
import uk.fpw.warehouse.store.ledger.WithdrawnReleases;

/**
 * The pages of a warehouse's releases. They follow the database: code that changes the current release calls
 * {@link #follow} afterwards, and the next command corrects what a killed one left.
 */
public final class Sites {

    private static final Logger LOG = LoggerFactory.getLogger(Sites.class);

    /** Enough to find the latest failed run among loads of single feeds. */
    private static final int LATEST_RUNS = 50;

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM yyyy", Locale.UK);

    private final Force.Identity force;
    private final Supplier<PageReaders> readers;
    private final Releases releases;
    private final ReportProcess process;
    private final SiteFolder folder;
    private final Sources sources;
    private final DataSource dataSource;
    private final Clock clock;

    /**
     * What pages show beside the release.
     *
     * @param quoted quoted figures of a release that have changed since, in words; asked before the release is read,
     *     and fetches copies of its files that are missing here
     * @param dictionary what the force folder says about a release
     * @param leftOut rows that are not in the figures of the current release
     * @param limits how near loads and the current release came to their limits
     */
    public record Sources(
            Function<Release, List<String>> quoted,
            Function<Release, DictionaryInput> dictionary,
            Supplier<List<Operations.LeftOut>> leftOut,
            Supplier<LimitUses> limits) {}

    /**
     * Creates the pages of a force.
     *
     * @param installation names the group that is to read them
     * @param processes starts the program that makes them
     * @param sources what pages show beside the release
     */
    public Sites(
            Force.Identity force,
            Installation installation,
            DataSource dataSource,
            ProcessSupervisor processes,
            Clock clock,
            Sources sources) {
        this.force = force;
        this.readers = () -> PageReaders.of(installation, dataSource);
        this.releases = new Releases(dataSource);
        this.process = new ReportProcess(processes);
        this.folder = new SiteFolder(force.storage().warehouse(), readers, clock, new SecureRandom());
        this.sources = sources;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /**
     * Renews the pages of the current release and shows them to those who may read them; shows none if no release is
     * current.
     *
     * @return the release; null if none is current
     * @throws FpwException with {@code LATER_STEP_FAILED} if the pages could not be made, so that readers see the
     *     earlier ones; or if those of a kept release could not, so that readers see all others
     */
    public @Nullable ReleaseId renew() {
        return renew(release -> null);
    }

    /**
     * Renews the pages with a note that the figures of a day are late, unless the current release has them.
     *
     * @param businessDate the day
     * @param by time of day by which they were to be released
     */
    public void renewAsLate(LocalDate businessDate, LocalTime by) {
        renew(release -> release.businessDate().isBefore(businessDate)
                ? "no figures of " + DAY.format(businessDate) + " were released by " + by + "."
                : null);
    }

    private @Nullable ReleaseId renew(Function<Release, @Nullable String> late) {
        while (true) {
            Release current = releases.current();
            if (current == null) {
                folder.hide();
                return null;
            }
            String group = readers.get().group();
            List<String> failures = new ArrayList<>();
            List<KeptPages.Kept> kept = keep(group, failures);
            Path unfinished = folder.begin();
            Path pages = SiteFolder.pagesIn(unfinished);
            boolean isShown;
            try {
                process.make(
                        request(current, pages, late.apply(current), group, place(KeptPages.Place.CURRENT, kept)),
                        PageLimits.of(current),
                        unfinished,
                        false);
                PagesRelease.of(force, current).write(pages);
                folder.kept().link(kept, pages);
                isShown = folder.show(unfinished, current.releaseId(), group);
            } finally {
                ScratchFolder.delete(unfinished);
            }
            // another process may have published or confirmed readers meanwhile, and shown its pages before these
            if (isShown && current.releaseId().equals(releases.currentId())) {
                if (!failures.isEmpty()) {
                    throw new FpwException(ExitCode.LATER_STEP_FAILED, String.join("; ", failures));
                }
                return current.releaseId();
            }
        }
    }

    /** The releases whose pages are kept: pinned ones; and those that were, as long as the release is there. */
    private List<KeptPages.Kept> kept() {
        WarehouseFolder warehouse = new WarehouseFolder(force.storage().warehouse());
        Set<ReleaseId> withdrawn = new WithdrawnReleases(dataSource).all().keySet();
        return releases.list().stream()
                .filter(release -> release.name() != null
                        || (folder.kept().hasAny(release.releaseId())
                                && Files.isDirectory(
                                        warehouse.release(release.releaseId()).path())))
                .map(release -> new KeptPages.Kept(
                        release.releaseId(),
                        release.businessDate(),
                        release.name(),
                        withdrawn.contains(release.releaseId())))
                .toList();
    }

    /**
     * Makes the pages of kept releases that are missing or for others, and deletes those of releases that are no longer
     * kept.
     *
     * @param failures receives a sentence for each release whose pages could not be made
     * @return the kept releases that have pages
     */
    private List<KeptPages.Kept> keep(@Nullable String group, List<String> failures) {
        List<KeptPages.Kept> wanted = kept();
        folder.kept().deleteOthers(wanted);
        List<KeptPages.Kept> kept = new ArrayList<>();
        for (KeptPages.Kept one : wanted) {
            try {
                if (!folder.kept().has(one, group)) {
                    ScratchFolder.delete(folder.kept().of(one));
                    write(releases.get(one.releaseId()), folder.kept().of(one), KeptPages.Place.KEPT);
                }
                kept.add(one);
            } catch (RuntimeException failed) {
                if (folder.kept().has(one, group)) {
                    kept.add(one); // another process was faster
                    continue;
                }
                LOG.warn("the pages of the kept release {} could not be made", one.releaseId(), failed);
                failures.add("release " + one.releaseId() + ", which is kept, has no pages: " + failed.getMessage()
                        + "; fpw report tries again");
            }
        }
        return kept;
    }

    private KeptPages place(KeptPages.Place place, List<KeptPages.Kept> kept) {
        return new KeptPages(place, LocalDate.ofInstant(clock.instant(), force.zone()), kept);
    }

    /** Whether every run makes the pages of its release. */
    public boolean areMadeByRuns() {
        return force.pages().areMade();
    }

    /**
     * Hides pages of withdrawn releases, and closes those of a group that may no longer read them. This corrects what a
     * killed process left.
     */
    public void withhold() {
        folder.closeToFormerReaders();
        Set<ReleaseId> valid =
                releases.listValid().stream().map(Release::releaseId).collect(Collectors.toSet());
        Predicate<@Nullable ReleaseId> isWithdrawn = release -> release != null && !valid.contains(release);
        if (isWithdrawn.test(folder.shown()) || isWithdrawn.test(folder.latest())) {
            folder.hide(isWithdrawn);
        }
        folder.kept().deleteWithdrawn(new WithdrawnReleases(dataSource).all().keySet());
    }

    /**
     * Renews the pages if the latest are of a release that is not current, for others than may read them, or without
     * those of a kept release. Where runs
     * make no pages, those of a withdrawn release are hidden nevertheless.
     *
     * @return whether they were renewed
     */
    public boolean follow() {
        withhold();
        ReleaseId latest = folder.latest();
        ReleaseId current = releases.currentId();
        boolean isUpToDate =
                Objects.equals(latest, current) && (latest == null || (folder.areForTheirReaders() && areKept()));
        if (!areMadeByRuns() || isUpToDate) {
            return false;
        }
        renew();
        return true;
    }

    private boolean areKept() {
        return folder.kept().areIn(folder.latestPages(), kept(), readers.get().group());
    }

    /** Closes the pages of a warehouse to every group; readers see pages of earlier versions as before. */
    public static void close(Path warehouse, Clock clock) {
        PageReaders nobody = new PageReaders(null, null, "");
        new SiteFolder(warehouse, () -> nobody, clock, new SecureRandom()).closeToFormerReaders();
    }

    /** Whether there are pages, or every run makes them. */
    public boolean areWanted() {
        return areMadeByRuns() || folder.latest() != null;
    }

    /** The link to the latest pages, whoever may read them. */
    public Path latest() {
        return folder.latestLink();
    }

    /** Who may read new pages. */
    public PageReaders readers() {
        return readers.get();
    }

    /** Writes the pages of any readable release into a folder that must not exist, completely or not at all. */
    public void write(Release release, Path into) {
        write(release, into, KeptPages.Place.APART);
    }

    private void write(Release release, Path into, KeptPages.Place place) {
        Path unfinished = folder.begin();
        Path beside = place == KeptPages.Place.KEPT ? folder.begin() : SiteFolder.beginBeside(into);
        try {
            boolean isPlaced = false;
            while (!isPlaced) {
                String group = readers.get().group();
                ScratchFolder.delete(SiteFolder.pagesIn(beside));
                process.make(
                        request(release, SiteFolder.pagesIn(beside), null, group, place(place, List.of())),
                        PageLimits.of(release),
                        unfinished,
                        false);
                PagesRelease.of(force, release).write(SiteFolder.pagesIn(beside));
                isPlaced = folder.place(beside, into, group);
            }
        } finally {
            ScratchFolder.delete(beside);
            ScratchFolder.delete(unfinished);
        }
    }

    /**
     * Writes the pages of single cases of a release into a folder that must not exist, for its owner alone. The caller
     * has it on record.
     */
    public void writeRestricted(Release release, Path into) {
        Path unfinished = folder.begin();
        try {
            process.make(
                    request(
                            release,
                            SiteFolder.pagesIn(unfinished),
                            null,
                            null,
                            place(KeptPages.Place.APART, List.of())),
                    PageLimits.of(release),
                    unfinished,
                    true);
            DurableFiles.move(SiteFolder.pagesIn(unfinished), into);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + into, failed);
        } finally {
            ScratchFolder.delete(unfinished);
        }
    }

    /**
     * Why there is no newer release: the latest run that was to make one failed. Null if none failed. The message of
     * the run is for the operator and is not shown.
     */
    private @Nullable String failureSince(Release release) {
        return new RunLedger(dataSource, clock)
                .latest(LATEST_RUNS).stream()
                        .filter(run -> run.releaseId() != null && run.finishedAt() != null)
                        .findFirst()
                        .filter(run -> run.status().equals("failed")
                                && run.finishedAt() != null
                                && run.finishedAt().isAfter(release.releasedAt()))
                        .map(run -> "the run of " + DAY.format(run.businessDate()) + " failed, because "
                                + LatestOperations.reason(run.exitCode())
                                + ". The operator finds details with fpw status.")
                        .orElse(null);
    }

    private boolean isCurrent(Release release) {
        Release current = releases.current();
        return current != null && current.releaseId().equals(release.releaseId());
    }

    private SiteRequest request(
            Release release, Path into, @Nullable String late, @Nullable String group, KeptPages kept) {
        boolean mayBeLate = late == null && kept.place() != KeptPages.Place.KEPT && isCurrent(release);
        String notRenewed = mayBeLate ? failureSince(release) : late;
        return new SiteRequest(
                force.storage().warehouse(),
                release.releaseId(),
                into,
                new SiteRequest.Audience(group),
                new SiteRequest.Timeliness(
                        nextExpectedBy(release.businessDate(), force.pages().expectedBy()), notRenewed),
                sources.quoted.apply(release),
                LatestOperations.of(
                        dataSource,
                        release.businessDate(),
                        sources.leftOut.get(),
                        new RunHistory(dataSource, clock, force.zone()).read(sources.limits.get())),
                sources.dictionary.apply(release),
                kept);
    }

    /** The figures of a day are due on the next morning, so the next ones are due on the morning after that. */
    static String nextExpectedBy(LocalDate businessDate, LocalTime time) {
        return time + " on " + DAY.format(businessDate.plusDays(2));
    }
}
