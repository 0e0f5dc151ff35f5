package uk.fpw.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.testing.TestDatabase;

/** The embedded database writes and deletes 2,000 rows per transaction. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InsertWriterIT {

    private static final Model SLICES = Models.find("mart.dim_slice").orElseThrow();
    private static final ReleaseId RELEASE = ReleaseId.of("2016-01-12.1");

    private TestDatabase database;
    private TransactionTemplate transactions;

    /** Rows that others see before each part. */
    private final List<Long> seen = new ArrayList<>();

    private int lostAfter = Integer.MAX_VALUE;

    @BeforeAll
    void migrate() {
        database = TestDatabase.inMemory("parts").migrated();
        transactions = new TransactionTemplate(new DataSourceTransactionManager(database.dataSource()));
    }

    @AfterEach
    void empty() throws SQLException {
        database.execute("delete from mart_rows.dim_slice");
        seen.clear();
    }

    @AfterAll
    void drop() throws SQLException {
        database.drop();
    }

    @Test
    void manyRowsAreCommittedInParts() {
        assertThat(replace(4_001)).isEqualTo(4_001);

        assertThat(seen).containsExactly(0L, 2_000L);
        assertThat(stored()).isEqualTo(4_001);
    }

    @Test
    void processWithoutTheLockCommitsNoFurtherPartAndTheNextAttemptReplacesTheOthers() {
        lostAfter = 1;
        assertThatThrownBy(() -> replace(4_001)).hasMessage("lost");
        assertThat(stored()).isEqualTo(2_000);

        lostAfter = Integer.MAX_VALUE;
        assertThat(replace(3)).isEqualTo(3);
        assertThat(stored()).isEqualTo(3);
    }

    @Test
    void manyRowsAreDeletedInParts() {
        replace(4_001);
        seen.clear();

        rows().keepOnly(List.of(), Set.of(), List.of(SLICES));

        assertThat(seen).containsExactly(2_001L, 1L, 0L);
    }

    private @Nullable Long replace(int count) {
        return transactions.execute(
                transaction -> rows().replace(SLICES, RELEASE, CloseableIterable.withNoopClose(slices(count))));
    }

    private MartRows rows() {
        LockGuard guard = () -> {
            seen.add(stored());
            if (seen.size() > lostAfter) {
                throw new FpwException(ExitCode.LOCK_HELD, "lost");
            }
        };
        return new MartRows(new JdbcTemplate(database.dataSource()), guard);
    }

    private static List<Record> slices(int count) {
        Schema schema = ExampleCandidates.schema(SLICES);
        return IntStream.range(0, count)
                .mapToObj(number -> {
                    Record row = ExampleCandidates.row(SLICES, schema, RELEASE.value(), RELEASE.businessDate(), 0);
                    row.setField("slice_value", "Ward " + number);
                    return row;
                })
                .toList();
    }

    /** Rows as seen by another connection. */
    private long stored() {
        try {
            return Long.parseLong(
                    database.query("select count(*) from mart_rows.dim_slice").get(0));
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
