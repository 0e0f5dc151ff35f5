package uk.fpw.metrics.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.fpw.metrics.account.ItemRecord.FeedRow;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.run.MetricsResult.QualityResult;

/** Rows that are lost on their way stop a release. */
class FeedAccountsTest {

    private static final Force FORCE =
            ForceFolder.read(Path.of("src", "test", "resources", "backlog").toAbsolutePath());

    private static FeedAccounts accounts(long current) {
        RowCounts counts = new RowCounts(ForceIndex.of(FORCE));
        ItemRecord used = new ItemRecord("unit:1");
        used.rows().add(new FeedRow(0, "1"));
        used.rows().add(new FeedRow(0, "2"));
        counts.used(used);
        counts.excluded(new Exclusions.Exclusion(new FeedRow(0, "3"), "NO_EVENT", "because"));
        counts.current(new long[] {current});
        return FeedAccounts.of(FORCE, counts);
    }

    private static List<QualityResult> failed(FeedAccounts accounts) {
        return accounts.quality().stream()
                .filter(test -> test.failedCount() > 0)
                .toList();
    }

    @Test
    void whatIsUsedAndExcludedIsWhatThereIs() {
        assertThat(failed(accounts(3))).isEmpty();
    }

    @Test
    void aRowThatIsNeitherUsedNorExcludedIsMissed() {
        assertThat(failed(accounts(5)))
                .containsExactly(new QualityResult(
                        "device_events",
                        "EVERY_ROW_ACCOUNTED_FOR",
                        "stop",
                        2,
                        "current rows do not equal used + excluded: 5, 2, 1"));
    }

    @Test
    void anExcludedRowThatIsNotWrittenIsMissed() {
        assertThat(accounts(3).everyExcludedRowIsWritten(1).failedCount()).isZero();
        assertThat(accounts(3).everyExcludedRowIsWritten(0).failedCount()).isEqualTo(1);
    }
}
