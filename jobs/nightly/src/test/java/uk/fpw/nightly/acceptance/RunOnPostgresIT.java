package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.testing.PostgresServer;
import uk.fpw.warehouse.testing.TestDatabase;

/**
 * A night whose relational tables are in PostgreSQL, run by a user who is not an administrator, and read by a BI tool
 * and by an analyst.
 */
@Tag("thorough")
@Tag("engines")
class RunOnPostgresIT {

    private static final LocalDate DATE = LocalDate.of(2025, 3, 1);
    private static final Pattern REMEDY = Pattern.compile("have a database administrator run once: (.*?;)\\.");

    @Test
    void nightByAnOrdinaryUserIsReadByAToolAndByAnAnalyst(@TempDir Path folder) throws Exception {
        TestDatabase administrator = TestDatabase.postgres();
        TestDatabase night = user(administrator, "fpw_night");
        String name = administrator.query("select current_database()").get(0);
        administrator.execute("alter database " + name + " owner to fpw_night");
        Installation fpw = Installation.here(folder);
        TrialForce force = TrialForce.in(Files.createDirectories(folder.resolve("trial")))
                .with(night)
                .drop(DATE);

        Installation.Outcome refused = nightly(fpw, force);
        assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(4);
        assertThat(refused.err()).doesNotContain("\tat ");
        Matcher remedy = REMEDY.matcher(refused.err());
        assertThat(remedy.find()).as(refused.toString()).isTrue();
        administrator.execute(remedy.group(1));

        Installation.Outcome released = nightly(fpw, force);
        assertThat(released.exitCode()).as(released.toString()).isEqualTo(0);

        TestDatabase tool = user(administrator, "fpw_tool");
        administrator.execute("grant fpw_bi to fpw_tool");
        List<String> waiting = tool.query(
                "select release_id, waiting_count from bi_detail.queue_daily where \"day\" = date '2025-03-01'");
        assertThat(waiting).hasSize(1);
        assertThat(fpw.query(
                                force.folder(),
                                "select release_id || ' | ' || waiting_count as line from mart.queue_daily where "
                                        + "is_total and day = date '2025-03-01'")
                        .get(0)
                        .get("line")
                        .asText())
                .isEqualTo(waiting.get(0));
        assertThat(tool.query("select sum(waiting_count) from bi_detail.queue_daily_by_slice where slice = 'kind' and "
                        + "\"day\" = date '2025-03-01'"))
                .as("one slice divides the total")
                .containsExactly(waiting.get(0).split(" \\| ", 2)[1]);
        for (String closed : List.of(
                "mart_rows.queue_daily", "mart.case_milestone_open", "ops.refusal", "ops.night", "iceberg_tables")) {
            assertThatThrownBy(() -> tool.query("select * from " + closed))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
        }
        assertThat(administrator.query(
                        "select distinct tableowner from pg_tables where schemaname in ('ops', 'mart_rows', 'public')"))
                .containsExactly("fpw_owner");
    }

    private static Installation.Outcome nightly(Installation fpw, TrialForce force) {
        return fpw.run("nightly", "--force", force.folder().toString(), "--date", DATE.toString());
    }

    private static TestDatabase user(TestDatabase administrator, String name) throws SQLException {
        administrator.execute("create user " + name + " password '" + PostgresServer.PASSWORD + "'");
        return administrator.as(name, PostgresServer.PASSWORD);
    }
}
