package uk.fpw.publish;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.ledger.Release;
import uk.fpw.warehouse.run.MetricsResult;

/**
 * What a night ended with, for the summary a person reads.
 *
 * @param release the release that readers now see
 * @param accounts where the current rows of each feed went
 * @param warnings tests that failed without stopping the release
 * @param exportFolder where its plain Parquet lies; null if the export failed
 * @param troubles what failed after the release was made, one sentence each; it stands all the same
 */
public record ReleaseSummary(
        Release release,
        List<MetricsResult.FeedAccount> accounts,
        List<MetricsResult.QualityResult> warnings,
        @Nullable Path exportFolder,
        List<String> troubles) {}
