package uk.fpw.metrics.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.fpw.metrics.account.ItemRecord.FeedRow;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.message.MetricsResult.Excluded;
import uk.fpw.warehouse.message.MetricsResult.FeedAccount;
import uk.fpw.warehouse.message.MetricsResult.LaterDates;
import uk.fpw.warehouse.message.MetricsResult.OutOfScope;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;

/** Rows that get lost stop a release. */
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
        counts.ahead(TestAccounts.item("4", 0));
        counts.laterDate(0, 0);
        counts.current(List.of(new RowCounts.Current(current, 2, 1, 3, 0)));
        return FeedAccounts.of(FORCE, counts);
    }

    private static List<QualityResult> failed(FeedAccounts accounts) {
        return accounts.quality().stream()
                .filter(test -> test.failedCount() > 0)
                .toList();
    }

    @Test
    void whatIsUsedExcludedAheadAndOutOfScopeIsWhatThereIs() {
        assertThat(failed(accounts(6))).isEmpty();
        assertThat(accounts(6).accounts())
                .containsExactly(new FeedAccount(
                        "device_events",
                        6,
                        2,
                        List.of(new Excluded("NO_EVENT", 1)),
                        1,
                        new OutOfScope(2, 1, 3),
                        List.of(new LaterDates("happened_at", 1))));
    }

    @Test
    void aRowThatIsInNoneOfThemIsMissed() {
        assertThat(failed(accounts(8)))
                .containsExactly(new QualityResult(
                        "device_events",
                        "EVERY_ROW_ACCOUNTED_FOR",
                        "stop",
                        2,
                        "current rows do not equal used + excluded + ahead + out of scope: current 8, used 2 + "
                                + "excluded 1 + ahead 1 + out of scope 2"));
    }

    @Test
    void anExcludedRowThatIsNotWrittenIsMissed() {
        assertThat(accounts(6).everyExcludedRowIsWritten(1).failedCount()).isZero();
        assertThat(accounts(6).everyExcludedRowIsWritten(0).failedCount()).isEqualTo(1);
        assertThat(accounts(6).everyRowAheadIsWritten(1).failedCount()).isZero();
        assertThat(accounts(6).everyRowAheadIsWritten(0).failedCount()).isEqualTo(1);
    }
}
