package uk.fpw.nightly.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.LoadSummary;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.ReleasedFeed;
import uk.fpw.model.CodeWords;
import uk.fpw.nightly.run.change.QuotedFigures;
import uk.fpw.nightly.site.PageReaders;
import uk.fpw.publish.ReleaseSummary;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.rule.Rule;
import uk.fpw.warehouse.message.FigureChangeSummary;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.limit.Acceptance;

/**
 * What a run did.
 *
 * @param releaseId the release or the candidate; of an ingest the one it would have had
 * @param metrics the candidate, if this run computed it
 * @param timings wall time of each part, in order
 * @param laterFailures failures that did not undo the run, one sentence each
 */
public record RunResult(
        Force force,
        RunRequest request,
        ReleaseId releaseId,
        Path log,
        Loading loading,
        @Nullable MetricsResult metrics,
        Releasing releasing,
        List<MetricsResult.Timing> timings,
        List<String> laterFailures) {

    /**
     * Results of the feeds.
     *
     * @param loads what was loaded; none where nothing was to be
     * @param failedFeeds feeds that could not be loaded in this run, and why
     * @param unreadFiles files in the drop folders that no load has read, one line each; empty if there are none or
     *     this run loaded nothing
     * @param deliveries files that did not come and stopped nothing, one line each; empty as unreadFiles
     */
    public record Loading(
            List<LoadSummary> loads,
            Map<String, String> failedFeeds,
            List<String> unreadFiles,
            List<String> deliveries) {

        /** Of a run that loads nothing. */
        static final Loading NONE = new Loading(List.of(), Map.of(), List.of(), List.of());
    }

    /**
     * Result for the release.
     *
     * @param release the release, if this run created it
     * @param releasedBefore the release that the candidate has become before, so that there was nothing to do; null
     *     otherwise
     * @param previous the release that readers saw before; null if there was none
     * @param accepted by what runs of the business date passed a limit
     * @param quoted what has become of figures that were pinned or published
     * @param pages the pages of the release; null if the run makes none, or they could not be made
     * @param heldBefore by feed, the rows that were held the night before; feeds without such are not in it
     */
    public record Releasing(
            @Nullable ReleaseSummary release,
            @Nullable Release releasedBefore,
            @Nullable Release previous,
            List<Acceptance> accepted,
            QuotedFigures quoted,
            @Nullable Pages pages,
            Map<String, Long> heldBefore) {}

    /**
     * The pages that a run made.
     *
     * @param link the link to them
     * @param readers who may read them
     */
    public record Pages(Path link, PageReaders readers) {}

    /** Of a run whose candidate has become a release before, so that it did nothing. */
    static RunResult ofReleasedBefore(RunContext run) {
        return new RunResult(
                run.force(),
                run.request(),
                run.releaseId(),
                run.log(),
                Loading.NONE,
                null,
                new Releasing(
                        null, run.releasedBefore(), run.previous(), List.of(), QuotedFigures.NONE, null, Map.of()),
                List.of(),
                List.of());
    }

    /** How the process ends. */
    public ExitCode exitCode() {
        FigureChangeSummary figures =
                releasing.release() == null ? null : releasing.release().figureChanges();
        boolean hasLaterFailure = made() != null && !laterFailures.isEmpty();
        if (hasLaterFailure || (figures != null && figures.hasWarnings())) {
            return ExitCode.LATER_STEP_FAILED;
        }
        return missingFeeds().isEmpty()
                        && failedFeeds().isEmpty()
                        && heldFeeds().isEmpty()
                ? ExitCode.DONE
                : ExitCode.RELEASED_INCOMPLETE;
    }

    /** Feeds missing from the release; none if there is no release. */
    List<ReleasedFeed> missingFeeds() {
        Release made = made();
        return made == null ? List.of() : made.missingFeeds();
    }

    private @Nullable Release made() {
        ReleaseSummary release = releasing.release();
        return release != null ? release.release() : releasing.releasedBefore();
    }

    /**
     * Feeds of which more rows are held than the night before, or than their limit; with the numbers. None if there is
     * no release.
     */
    List<String> heldFeeds() {
        Release made = made();
        return made == null
                ? List.of()
                : made.feeds().stream()
                        .filter(feed -> feed.heldCount() > 0)
                        .map(this::tooManyHeld)
                        .flatMap(Stream::ofNullable)
                        .toList();
    }

    private @Nullable String tooManyHeld(ReleasedFeed feed) {
        long held = feed.heldCount();
        long before = releasing.heldBefore().getOrDefault(feed.name(), 0L);
        Long limit = force.feed(feed.name()).limits().rows().maxHeldRows();
        boolean isOne = held == 1;
        String rows = feed.name() + ": " + Plural.of(held, "row") + " that its delivery did not have still "
                + (isOne ? "counts" : "count") + ", since keys of refused rows could not be read; ";
        if (held > before) {
            return rows + (before == 0 ? "none" : before) + " the night before";
        }
        return limit != null && held > limit ? rows + "more than limits.max_held_rows: " + limit : null;
    }

    /**
     * Feeds that could not be loaded and are not missing from the release, with the reason: what is known of them is
     * recent enough. None if there is no release.
     */
    List<String> failedFeeds() {
        if (made() == null) {
            return List.of();
        }
        Set<String> missing = missingFeeds().stream().map(ReleasedFeed::name).collect(Collectors.toSet());
        return loading.failedFeeds().entrySet().stream()
                .filter(failed -> !missing.contains(failed.getKey()))
                .map(failed -> failed.getKey() + ": " + failed.getValue())
                .toList();
    }

    /** What was released; for runs that released something. */
    public ReleaseSummary released() {
        ReleaseSummary release = releasing.release();
        if (release == null) {
            throw new IllegalStateException("the run created no release");
        }
        return release;
    }

    /** Where the current rows of each feed went; none if this run did not look. */
    public List<MetricsResult.FeedAccount> accounts() {
        ReleaseSummary release = releasing.release();
        return release != null ? release.accounts() : metrics != null ? metrics.accounts() : List.of();
    }

    /** What is missing from the release or held in it, and what failed after it; null if there are no problems. */
    @Nullable
    String problems() {
        List<String> lines = new ArrayList<>();
        if (!missingFeeds().isEmpty()) {
            lines.add("released without "
                    + missingFeeds().stream().map(this::describeMissing).collect(Collectors.joining("; ")));
        }
        failedFeeds().forEach(feed -> lines.add("not loaded: " + feed));
        heldFeeds().forEach(feed -> lines.add("held: " + feed));
        lines.addAll(laterFailures);
        return lines.isEmpty() ? null : String.join("\n", lines);
    }

    /** {@code exhibits, complete to 2015-12-30: the database does not respond}. */
    String describeMissing(ReleasedFeed feed) {
        String why = loading.failedFeeds().get(feed.name());
        return feed.name() + ", complete to " + feed.completeTo() + (why == null ? "" : ": " + why);
    }

    /**
     * The rule's message without the values of a row, or what a reason of the product's own means; {@code ofForce} is
     * null where its rules are not known.
     */
    static String reason(@Nullable Force ofForce, String code) {
        CodeWords own = CodeWords.of(code);
        return (ofForce == null ? List.<Rule>of() : ofForce.rules())
                .stream()
                        .filter(rule -> rule.code().equals(code))
                        .findFirst()
                        .map(Rule::messageWithoutValues)
                        .orElse(own == null ? "see core.exclusion" : own.words());
    }

    /** Why rows are excluded. */
    public String reason(MetricsResult.Excluded excluded) {
        return reason(force, excluded);
    }

    /** The same without a run: an example with shapes of values, if there is one. */
    static String reason(@Nullable Force ofForce, MetricsResult.Excluded excluded) {
        return excluded.example() == null ? reason(ofForce, excluded.code()) : "for example: " + excluded.example();
    }
}
