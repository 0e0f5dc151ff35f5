package uk.fpw.nightly.site;

import java.time.LocalDate;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.site.Operations;
import uk.fpw.layout.site.RunRecords;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.store.ledger.AccountLedger;
import uk.fpw.warehouse.store.ledger.ResultLedger;
import uk.fpw.warehouse.store.ledger.feed.LoadStatus;
import uk.fpw.warehouse.store.ledger.feed.MonthlyRows;

/** The latest loads and runs of the warehouse as recorded in {@code ops}, without messages, keys or values. */
final class LatestOperations {

    private static final int FINDINGS = 200;
    private static final int MONTHS = 13;

    private LatestOperations() {}

    /**
     * As recorded now.
     *
     * @param businessDate business date of the release that the pages are about
     * @param leftOut rows that are not in the figures of the current release
     * @param runs what the latest runs did
     */
    static Operations of(
            DataSource dataSource, LocalDate businessDate, List<Operations.LeftOut> leftOut, RunRecords runs) {
        List<Operations.Load> loads = new LoadStatus(dataSource)
                .latest().stream()
                        .map(load -> new Operations.Load(
                                load.feed(),
                                load.businessDate(),
                                load.status(),
                                load.received(),
                                load.loaded(),
                                load.unchanged(),
                                load.repeated(),
                                load.superseded(),
                                load.refused(),
                                load.keptOut(),
                                load.held()))
                        .toList();
        List<Operations.Account> accounts = new AccountLedger(dataSource)
                .latest(null, null, null).stream()
                        .map(account -> account(account.rows()))
                        .toList();
        List<Operations.Finding> findings = new ResultLedger(dataSource)
                .latestFindings(FINDINGS).stream()
                        .map(one -> new Operations.Finding(
                                one.businessDate(),
                                one.table(),
                                one.code(),
                                one.severity(),
                                one.failedCount(),
                                one.checkedCount()))
                        .toList();
        List<Operations.Month> months = new MonthlyRows(dataSource)
                .since(businessDate.minusMonths(MONTHS - 1)).stream()
                        .map(month -> new Operations.Month(
                                month.feed(),
                                month.month(),
                                month.received(),
                                month.refused(),
                                month.held(),
                                month.current(),
                                month.excluded()))
                        .toList();
        return new Operations(loads, accounts, findings, leftOut, months, runs);
    }

    private static Operations.Account account(MetricsResult.FeedAccount rows) {
        return new Operations.Account(
                rows.feed(),
                rows.currentCount(),
                rows.usedCount(),
                rows.excluded().stream()
                        .map(one -> new Operations.Count(one.code(), one.rowCount()))
                        .toList(),
                rows.aheadCount(),
                rows.outOfScope().rowCount(),
                rows.outOfScope().wereInScopeCount(),
                rows.outOfScope().changedCount(),
                rows.laterDates().stream()
                        .map(one -> new Operations.Count(one.column(), one.rowCount()))
                        .toList());
    }

    /** Why a run ended with an error, in words for every reader; null if it did not. */
    static @Nullable String reason(@Nullable Integer exitCode) {
        if (exitCode == null || exitCode == 0) {
            return null;
        }
        ExitCode known = ExitCode.of(exitCode);
        return known == null ? "it ended with exit code " + exitCode : known.reason();
    }
}
