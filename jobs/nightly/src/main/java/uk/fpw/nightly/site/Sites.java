package uk.fpw.nightly.site;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.site.DictionaryInput;
import uk.fpw.layout.site.SiteRequest;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.ledger.Release;
import uk.fpw.warehouse.ledger.Releases;

/**
 * The pages of a warehouse's releases. They follow the database: whoever changes the current release calls
 * {@link #follow} afterwards, and the next command corrects what a killed one has left.
 */
public final class Sites {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM yyyy", Locale.UK);

    private final Force.Identity force;
    private final Releases releases;
    private final ReportProcess process;
    private final SiteFolder folder;
    private final Function<Release, List<String>> quoted;
    private final Function<Release, DictionaryInput> dictionary;
    private final DataSource dataSource;
    private final Clock clock;

    /**
     * The pages of that force.
     *
     * @param lib folder of the installation
     * @param quoted what was quoted and has moved since, in words, of a release
     * @param dictionary what the force folder says, beside a release
     */
    public Sites(
            Force.Identity force,
            DataSource dataSource,
            Path lib,
            Clock clock,
            Function<Release, List<String>> quoted,
            Function<Release, DictionaryInput> dictionary) {
        this.force = force;
        this.releases = new Releases(dataSource);
        this.process = new ReportProcess(lib);
        this.folder = new SiteFolder(force.storage().warehouse(), clock, new SecureRandom());
        this.quoted = quoted;
        this.dictionary = dictionary;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /**
     * Shows readers the pages of the current release, made anew; none if no release is current.
     *
     * @param notRenewed why there is no newer release, in words for everyone; null if nothing prevented one
     * @return the release; null if none is current
     * @throws uk.fpw.warehouse.run.FpwException with {@code LATER_STEP_FAILED} if the pages could not be made; readers
     *     see the earlier ones
     */
    public @Nullable ReleaseId renew(@Nullable String notRenewed) {
        while (true) {
            Release current = releases.current();
            if (current == null) {
                folder.hide();
                return null;
            }
            Path unfinished = folder.begin();
            try {
                process.make(request(current, SiteFolder.pagesIn(unfinished), notRenewed), unfinished);
                folder.show(unfinished, current.releaseId());
            } finally {
                SiteFolder.discard(unfinished);
            }
            // another process may have switched meanwhile, and shown its pages before these
            if (current.releaseId().equals(releases.currentId())) {
                return current.releaseId();
            }
        }
    }

    /** Whether every run makes the pages of its release. */
    public boolean areMadeByRuns() {
        return force.pages().areMade();
    }

    /**
     * Renews the pages if readers see those of another release than the current one. Those of a withdrawn release are
     * hidden first.
     *
     * @return whether they were
     */
    public boolean follow() {
        if (!areMadeByRuns()) {
            return false;
        }
        ReleaseId shown = folder.shown();
        ReleaseId current = releases.currentId();
        if (shown == null ? current == null : shown.equals(current)) {
            return false;
        }
        if (shown != null && isWithdrawn(shown)) {
            folder.hide();
        }
        renew(null);
        return true;
    }

    private boolean isWithdrawn(ReleaseId releaseId) {
        return releases.listValid().stream()
                .noneMatch(release -> release.releaseId().equals(releaseId));
    }

    /** Makes the pages of any release that can be read, in a folder that must not exist. */
    public void write(Release release, Path into) {
        Path unfinished = folder.begin();
        try {
            process.make(request(release, into, null), unfinished);
        } finally {
            SiteFolder.discard(unfinished);
        }
    }

    private SiteRequest request(Release release, Path into, @Nullable String notRenewed) {
        return new SiteRequest(
                force.storage().warehouse(),
                release.releaseId(),
                into,
                new SiteRequest.Settings(force.pages().smallCellThreshold()),
                new SiteRequest.Timeliness(
                        nextExpectedBy(release.businessDate(), force.pages().expectedBy()), notRenewed),
                quoted.apply(release),
                LatestOperations.of(dataSource, clock),
                dictionary.apply(release));
    }

    /** The figures of a day are expected on the next morning, so the next ones on the morning after that. */
    static String nextExpectedBy(LocalDate businessDate, LocalTime time) {
        return time + " on " + DAY.format(businessDate.plusDays(2));
    }
}
