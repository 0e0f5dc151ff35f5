package uk.fpw.nightly.run;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import uk.fpw.ingest.FeedLoader;
import uk.fpw.ingest.LoadSummary;
import uk.fpw.ingest.file.MissedDeliveries;
import uk.fpw.ingest.file.OutstandingFiles;
import uk.fpw.ingest.file.UnprocessedFiles;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Delivery;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.ledger.RunLedger;
import uk.fpw.warehouse.store.ledger.feed.LoadLedger;

/**
 * Loads the outstanding data of every feed of a run, each load by a job of its own. It keeps the results for the
 * summary of the run, in the order of the feeds: a run that catches up may have thousands of loads, too many for the
 * context of a step, and all are in {@code ops}.
 */
final class FeedLoadStep {

    private final RunContext run;
    private final FeedLoader loader;
    private final LoadLedger ledger;
    private final RunLedger runs;
    private final int threads;
    private final RunProgress progress;

    /** By feed, each written by the thread that loads it. */
    private final Map<String, List<LoadSummary>> loads = new ConcurrentHashMap<>();

    private final Map<String, FpwException> absences = new ConcurrentHashMap<>();

    /** Runs that this one continues: their loads are not repeated. */
    private Set<RunId> interrupted = Set.of();

    private RunResult.Loading loading = RunResult.Loading.NONE;

    /**
     * Nothing is loaded yet.
     *
     * @param threads maximum number of feeds loaded in parallel
     */
    FeedLoadStep(
            RunContext run, FeedLoader loader, LoadLedger ledger, RunLedger runs, int threads, RunProgress progress) {
        this.run = run;
        this.loader = loader;
        this.ledger = ledger;
        this.runs = runs;
        this.threads = threads;
        this.progress = progress;
    }

    /** How many feeds of the run can be loaded in parallel. */
    static int threads(RunContext run) {
        return FeedScheduler.threads(run.feeds(), feed -> source(run.force(), feed));
    }

    /** Results so far; before the step has completed, only the loads. */
    RunResult.Loading loading() {
        return loading;
    }

    /**
     * Loads.
     *
     * @throws FpwException if a feed failed and the run cannot continue without it, or no feed was delivered; or if
     *     a failure affects more than one feed
     */
    StepOutput run() {
        if (run.request().task() == RunRequest.Task.NIGHTLY) {
            interrupted = runs.interruptedRuns(run.businessDate(), run.force().digest());
        }
        Map<Feed, FpwException> failed =
                new FeedScheduler<>(run.feeds(), feed -> source(run.force(), feed), threads).run(this::load);
        Map<String, FpwException> missing = new LinkedHashMap<>();
        failed.forEach((feed, failure) -> missing.put(feed.name(), failure));
        List<LoadSummary> loaded = new ArrayList<>();
        for (Feed feed : run.feeds()) {
            loaded.addAll(loads.getOrDefault(feed.name(), List.of()));
            FpwException absence = absences.get(feed.name());
            if (absence != null) {
                missing.put(feed.name(), absence);
            }
        }
        loading = new RunResult.Loading(loaded, Map.of(), List.of(), List.of());
        boolean nothingCame = missing.size() == run.feeds().size();
        boolean isIncomplete = run.request().task() == RunRequest.Task.INGEST
                ? !missing.isEmpty()
                : !failed.isEmpty() && !run.request().allowsMissingFeeds();
        if (nothingCame || isIncomplete) {
            throw together(List.copyOf(missing.values()));
        }
        Map<String, String> reasons = new TreeMap<>();
        missing.forEach((feed, failure) -> reasons.put(feed, String.valueOf(failure.getMessage())));
        loading = new RunResult.Loading(
                loaded,
                reasons,
                UnprocessedFiles.describe(run.force(), ledger, run.businessDate()),
                MissedDeliveries.describe(run.force(), ledger, run.businessDate()));
        return StepOutput.of(List.of(), List.of());
    }

    /** Two connections to one database are one source. */
    private static String source(Force force, Feed feed) {
        return force.connection(feed.connection()).system();
    }

    private void load(Feed feed) {
        try {
            OutstandingFiles outstanding = loader.outstanding(feed.name(), run.businessDate(), run.runId());
            for (LocalDate sourceDate : outstanding.dates()) {
                load(feed, sourceDate);
            }
            OutstandingFiles.Missing missing = outstanding.missing();
            if (missing != null && missing.stopsNight()) {
                throw missing.failure();
            } else if (missing != null) {
                progress.report("feed " + feed.name() + " was not delivered: " + feed.readOn(run.businessDate())
                        + " does not exist");
                absences.put(feed.name(), missing.failure());
            } else if (outstanding.dates().isEmpty()) {
                Delivery delivery = feed.delivery();
                progress.report("feed " + feed.name() + ": no file is due"
                        + (delivery == null ? "" : " (" + delivery.describe() + ")"));
            }
        } catch (FpwException failed) {
            if (FeedScheduler.isOfOneFeed(failed)) {
                progress.report("feed " + feed.name() + " failed");
            }
            throw failed;
        }
    }

    private void load(Feed feed, LocalDate sourceDate) {
        LoadSummary before = loader.completed(feed.name(), sourceDate, run.businessDate(), interrupted);
        if (before != null) {
            progress.report("feed " + feed.name() + ": " + feed.readOn(sourceDate)
                    + " was loaded by the interrupted run, and is not loaded again");
            loads.computeIfAbsent(feed.name(), first -> new ArrayList<>()).add(before);
            return;
        }
        progress.report("loading feed " + feed.name() + " from " + feed.readOn(sourceDate));
        LoadSummary load = loader.load(feed.name(), sourceDate, run.businessDate(), run.runId());
        loads.computeIfAbsent(feed.name(), first -> new ArrayList<>()).add(load);
        progress.report(String.format(
                Locale.ROOT,
                "feed %s: %,d rows received; %,d loaded, %,d unchanged, %,d repeated, %s%,d refused%s; %,d deleted",
                feed.name(),
                load.counts().received(),
                load.counts().loaded(),
                load.counts().unchanged(),
                load.counts().repeated(),
                load.counts().superseded() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT, "%,d superseded, ", load.counts().superseded()),
                load.counts().refused(),
                load.counts().keptOut() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT, ", %,d kept out", load.counts().keptOut()),
                load.counts().deleted()));
    }

    /** The failures of several feeds as one; whether a retry helps is decided by the worst of them. */
    private static FpwException together(List<FpwException> failures) {
        if (failures.size() == 1) {
            return failures.get(0);
        }
        FpwException worst = failures.stream()
                .min(Comparator.comparing(failure -> failure.exitCode().code()))
                .orElseThrow();
        String messages = failures.stream()
                .map(failure -> System.lineSeparator() + "  " + failure.getMessage())
                .collect(Collectors.joining());
        return new FpwException(worst.exitCode(), failures.size() + " feeds could not be loaded:" + messages, worst);
    }
}
