package uk.fpw.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code fpw query} must not read, run or write. */
class QueryWallsIT extends BostonWarehouse {

    @Test
    void onlyOneStatementThatReadsIsTaken() {
        for (String sql : List.of(
                "attach '/tmp/x.db'",
                "install httpfs",
                "load httpfs",
                "copy (select 1) to '/tmp/x.csv'",
                "set threads = 8",
                "pragma database_list",
                "create table t as select 1",
                "drop view mart.queue_daily",
                "select 1; select 2",
                "select 1) ; drop view mart.queue_daily; --",
                "')); drop view mart.queue_daily; --",
                "")) {
            err.getBuffer().setLength(0);
            assertThat(query(sql)).as(sql).isEqualTo(2);
            assertThat(err.toString()).as(sql).startsWith("fpw query: ");
        }
        assertThat(query("install httpfs")).isEqualTo(2);
        assertThat(err.toString())
                .endsWith("fpw query: only a single read-only statement can be run: SELECT, WITH, FROM, VALUES, "
                        + "DESCRIBE,"
                        + " SUMMARIZE or SHOW TABLES. Statements that write, attach, install or set"
                        + " are not allowed; --output FILE writes the result to a file\n");
    }

    @Test
    void aQueryReadsTheReleaseAndNothingElse() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.csv"), "a\n1\n");
        String older = warehouse.resolve("releases/current").toString().replace("'", "''");
        for (String source : List.of(
                "read_csv('/etc/passwd')",
                "read_text('/etc/passwd')",
                "read_blob('/proc/self/environ')",
                "read_csv('" + secret + "')",
                "read_text('" + older + "')",
                "read_parquet('https://example.org/x.parquet')",
                "glob('/etc/*')")) {
            err.getBuffer().setLength(0);
            assertThat(query("select * from " + source)).as(source).isEqualTo(2);
            assertThat(err.toString()).as(source).startsWith("fpw query: ");
        }
        err.getBuffer().setLength(0);
        assertThat(query("select * from read_text('/etc/passwd')")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("fpw query: the query may only read the tables of the release: Cannot access file"
                        + " \"/etc/passwd\" - file system operations are disabled by configuration. See "
                        + "`fpw query --tables`\n");
    }

    @Test
    void behindTheFirstWallStandsTheSecond() {
        ReleaseManifest release = new AvailableReleases(warehouse).read(null);
        Path output = folder.resolve("allowed.parquet");
        try (QuerySession session = QuerySession.open(release, output, List.of(), table -> true)) {
            for (String statement : List.of(
                    "select * from read_text('/etc/passwd')",
                    "copy (select 1) to '" + folder.resolve("stolen.csv") + "'",
                    "attach '" + folder.resolve("stolen.db") + "'",
                    "install httpfs",
                    "load httpfs",
                    "export database '" + folder.resolve("stolen") + "'",
                    "set enable_external_access = true",
                    "set allowed_paths = ['/etc/passwd']",
                    "reset allowed_paths",
                    "set lock_configuration = false",
                    "set temp_directory = '/tmp'")) {
                assertThatThrownBy(() -> session.execute(statement))
                        .as(statement)
                        .isInstanceOf(SQLException.class)
                        .hasMessageMatching("(?s).*(disabled|locked|not enabled|prohibited).*");
            }
        }
        assertThat(folder.resolve("stolen.csv")).doesNotExist();
        assertThat(folder.resolve("stolen.db")).doesNotExist();
    }

    @Test
    void theAnswerIsNotWrittenIntoTheWarehouse() {
        assertThat(query("select 1", "--output", warehouse.resolve("x.csv").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("is inside the warehouse folder, which only fpw itself writes");
    }

    @Test
    void theAnswerIsNotWrittenIntoTheWarehouseThroughALink() throws IOException {
        Path releases = warehouse.resolve("releases");
        Files.createSymbolicLink(folder.resolve("elsewhere"), releases);
        assertThat(query(
                        "select 1",
                        "--output",
                        folder.resolve("elsewhere/x.csv").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("is inside the warehouse folder, which only fpw itself writes");
        assertThat(releases.resolve("x.csv")).doesNotExist();
    }

    @Test
    void aQueryThatTakesTooLongIsStopped() {
        String endless = "select count(*) from range(1000000000) one, range(1000000000) other where one.range % 7 = 3";
        assertThat(query(endless, "--seconds", "1")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo(
                        "fpw query: the query was stopped after 1 seconds; filter or aggregate earlier, or raise the "
                                + "limit: --seconds N, 0 for none\n");
        Path file = folder.resolve("endless.parquet");
        assertThat(query(endless, "--seconds", "1", "--format", "parquet", "--output", file.toString()))
                .isEqualTo(2);
        assertThat(file).doesNotExist();
    }

    @Test
    void aResultWithTooManyRowsForProgramsIsNotWrittenInPart() {
        Path file = folder.resolve("rows.csv");
        assertThat(query("from range(10000001)", "--format", "csv", "--output", file.toString()))
                .isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("fpw query: the result has more than 10,000,000 rows; filter or aggregate, or write all: "
                        + "--max-rows 0\n");
        assertThat(folder).isDirectoryNotContaining(entry -> entry.toString().contains("rows.csv"));
    }

    @Test
    void aReleaseWhoseFilesAreGoneIsDamaged() throws IOException {
        QueryTestWarehouse.release(
                warehouse,
                "2016-01-10.1",
                "2016-01-10",
                table("mart.queue_daily", 1, warehouse.resolve("data/expired.parquet")));
        try {
            assertThat(query("select 1", "--release", "2016-01-10.1")).isEqualTo(10);
            assertThat(err.toString())
                    .startsWith("fpw query: release 2016-01-10.1 is damaged, not the SQL:\n  "
                            + warehouse.resolve("data/expired.parquet") + " is damaged: it is missing\n"
                            + "Do not use its figures. Choose another release with --release");
        } finally {
            Files.delete(warehouse.resolve("releases/2016-01-10.1/release.json"));
        }
    }
}
