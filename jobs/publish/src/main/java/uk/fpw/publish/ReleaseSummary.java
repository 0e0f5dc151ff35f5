package uk.fpw.publish;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.message.FigureChangeSummary;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.store.ledger.Release;

/**
 * The result of a run, for its summary.
 *
 * @param release the release that readers now see
 * @param accounts where the current rows of each feed went
 * @param warnings tests that failed without stopping the release
 * @param figureChanges how past figures differ from those of the previous release; null if this was not determined
 * @param exportFolder folder of its plain Parquet; null if the export failed
 * @param laterFailures what failed after the release was created, one sentence each; the release stays current
 */
public record ReleaseSummary(
        Release release,
        List<MetricsResult.FeedAccount> accounts,
        List<MetricsResult.QualityResult> warnings,
        @Nullable FigureChangeSummary figureChanges,
        @Nullable Path exportFolder,
        List<String> laterFailures) {}
