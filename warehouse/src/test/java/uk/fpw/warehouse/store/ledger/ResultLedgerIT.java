package uk.fpw.warehouse.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;
import uk.fpw.warehouse.testing.TestDatabase;

/** Findings of a run that the run of the previous release already had. */
class ResultLedgerIT {

    private static final RunId FIRST = RunId.of("2016-01-12-20160113T040000-0a1b");
    private static final ReleaseId SECOND = ReleaseId.of("2016-01-13.1");

    @TempDir
    private Path folder;

    private TestDatabase database;
    private ResultLedger ledger;

    @BeforeEach
    void releaseTwice() throws Exception {
        database = TestDatabase.embedded(folder);
        database.baseline();
        ledger = new ResultLedger(database.dataSource());
        release("2016-01-12.1", FIRST, "2016-01-13 05:00:00");
        release(SECOND.value(), RunId.of("2016-01-13-20160114T040000-0a1b"), "2016-01-14 05:00:00");
    }

    private void release(String id, RunId run, String at) throws Exception {
        database.execute("insert into ops.release (release_id, run_id, business_date, released_at, software_version, "
                + "force_digest, digest) values ('" + id + "', '" + run + "', date '2016-01-12', timestamp with time "
                + "zone '" + at + "+00', '0.1.0', 'f', 'd')");
    }

    @Test
    void onlyWhatIsTheSameInNumberAndWordsWasFound() {
        QualityResult same = test("devices", "UNLISTED_CODE", 3, "Z3");
        ledger.add(FIRST, List.of(same, test("calls", "UNLISTED_CODE", 3, "Z3")));

        assertThat(ledger.foundBefore(
                        SECOND,
                        List.of(
                                same,
                                test("devices", "UNLISTED_VALUE", 3, "Z3"),
                                test("calls", "UNLISTED_CODE", 3, "Z4"))))
                .containsExactly(same);
        assertThat(ledger.foundBefore(SECOND, List.of(test("devices", "UNLISTED_CODE", 4, "Z3"))))
                .isEmpty();
        assertThat(ledger.foundBefore(ReleaseId.of("2016-01-12.1"), List.of(same)))
                .as("of the first release nothing was found before")
                .isEmpty();
    }

    @Test
    void ofWhatIsNeverQuiteRightOnlyAJumpIsNew() {
        ledger.add(
                FIRST,
                List.of(
                        test("milestones/children", "LINKED_TO_A_CASE_DEVICE", 200, "200 of 4000"),
                        test("devices", "ITEMS_DIFFER", 2, "alike")));
        QualityResult few = test("milestones/children", "LINKED_TO_A_CASE_DEVICE", 210, "210 of 4001");
        QualityResult many = test("milestones/children", "LINKED_TO_A_CASE_DEVICE", 211, "211 of 4001");
        QualityResult alike = test("devices", "ITEMS_DIFFER", 7, "alike");

        assertThat(ledger.foundBefore(SECOND, List.of(few, many, alike))).containsExactlyInAnyOrder(few, alike);
        assertThat(ledger.foundBefore(SECOND, List.of(test("devices", "ITEMS_DIFFER", 8, "alike"))))
                .isEmpty();
    }

    /** Unexplained changes are new each night, however similar. */
    @Test
    void whatChangedSinceTheReleaseBeforeIsNewEveryTime() {
        List<QualityResult> changes = List.of(
                test("mart.figure_change", "CHANGES_ARE_EXPLAINED", 1, "parts"),
                test("devices", "ROWS_LEFT_SCOPE", 1, "rows"));
        ledger.add(FIRST, changes);

        assertThat(ledger.foundBefore(SECOND, changes)).isEmpty();
    }

    private static QualityResult test(String table, String code, long count, String message) {
        return new QualityResult(table, code, "warning", count, message);
    }
}
