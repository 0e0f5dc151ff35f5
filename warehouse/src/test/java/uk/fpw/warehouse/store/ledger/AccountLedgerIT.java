package uk.fpw.warehouse.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.message.MetricsResult.Excluded;
import uk.fpw.warehouse.message.MetricsResult.FeedAccount;
import uk.fpw.warehouse.message.MetricsResult.LaterDates;
import uk.fpw.warehouse.message.MetricsResult.OutOfScope;
import uk.fpw.warehouse.store.ledger.AccountLedger.Account;
import uk.fpw.warehouse.testing.TestDatabase;

/** Accounts of a computation are read as they were recorded. */
class AccountLedgerIT {

    private static final LocalDate DAY = LocalDate.of(2016, 1, 12);
    private static final FeedAccount DEVICES = new FeedAccount(
            "devices",
            70,
            50,
            List.of(new Excluded("NO_EVENT", 2), new Excluded("TOO_EARLY", 1, "received_on dddd-dd-dd is too early")),
            5,
            new OutOfScope(12, 2, 4),
            List.of(new LaterDates("examined_on", 1), new LaterDates("received_on", 5)));
    private static final FeedAccount CASES = new FeedAccount("cases", 9, 9, List.of());

    private final TestDatabase database = TestDatabase.inMemory("accounts");
    private final AccountLedger accounts = new AccountLedger(database.dataSource());

    @BeforeEach
    void migrate() throws SQLException {
        database.baseline();
    }

    @AfterEach
    void drop() throws SQLException {
        database.drop();
    }

    private void record(int hour, LocalDate date, FeedAccount... rows) throws SQLException {
        RunId run = RunId.of(date + "-20160113T0" + hour + "0000-0001");
        database.execute("insert into ops.night (run_id, business_date, started_at, status) values ('" + run.value()
                + "', date '" + date + "', timestamp with time zone '2016-01-13 0" + hour + ":00:00+00', 'released')");
        new ResultLedger(database.dataSource())
                .record(run, MetricsResult.computed(List.of(), List.of(rows), List.of(), List.of(), List.of()));
    }

    @Test
    void theLatestComputationIsReadAsItWasRecorded() throws SQLException {
        database.migrate("V0050__account_for_rows_ahead_and_out_of_scope");
        database.migrate("V0072__create_exclusion_example");
        record(4, DAY.minusDays(1), CASES);
        record(5, DAY, DEVICES, CASES);

        assertThat(accounts.latest(null, null, null))
                .containsExactly(new Account(DAY, CASES), new Account(DAY, DEVICES));
        assertThat(accounts.latest("devices", DAY, null)).containsExactly(new Account(DAY, DEVICES));
        assertThat(accounts.latest("devices", DAY.minusDays(1), null)).isEmpty();
        assertThat(accounts.latest(null, null, Instant.parse("2016-01-13T04:30:00Z")))
                .containsExactly(new Account(DAY.minusDays(1), CASES));
    }

    /** In a database not yet used by this version. */
    @Test
    void whatAnEarlierVersionRecordedIsReadToo() throws SQLException {
        database.execute("insert into ops.night (run_id, business_date, started_at, status) values ('old', "
                + "date '2016-01-12', timestamp with time zone '2016-01-13 05:00:00+00', 'released')");
        database.execute("insert into ops.feed_account values ('old', 'devices', 3, 2, 1)");
        database.execute("insert into ops.exclusion_count values ('old', 'devices', 'NO_EVENT', 1)");

        assertThat(accounts.latest(null, null, null))
                .containsExactly(
                        new Account(DAY, new FeedAccount("devices", 3, 2, List.of(new Excluded("NO_EVENT", 1)))));
    }
}
