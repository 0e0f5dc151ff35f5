package uk.fpw.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.look.LookFile;
import uk.fpw.layout.look.LookFolder;
import uk.fpw.layout.look.LookRecord;
import uk.fpw.process.ProcessAccount;
import uk.fpw.query.shell.ShellMain;

/** Each way in which {@code fpw query} and {@code fpw shell} show rows of single cases leaves a record first. */
class RecordedReadsIT extends BostonWarehouse {

    private static final String REFUSED =
            "core.spell has rows of single cases or people, and each read of them is on record: say why with ";

    @BeforeEach
    @AfterEach
    void withoutRecords() throws IOException {
        Path looks = new WarehouseFolder(warehouse).looks();
        if (Files.isDirectory(looks)) {
            try (Stream<Path> files = Files.list(looks)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.deleteIfExists(looks);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select spell_id from core.spell",
                "from CORE.\"SPELL\"",
                "from spell",
                "from core.spell as innocent",
                "select (select min(spell_id) from core.spell) as s from mart.queue_daily",
                "with few as (select spell_id from core.spell) from few",
                "with queue_daily as (from core.spell) from queue_daily",
                "with recursive r as (select spell_id, 1 as n from core.spell union all "
                        + "select spell_id, n + 1 from r where n < 2) from r",
                "select 1 from mart.queue_daily where exists (from core.spell)",
                "select day from mart.queue_daily left join lateral (from core.spell) on true",
                "from query('from core.' || 'spell')",
                "from query_table('core.sp' || 'ell')",
                "from query_table(['core.spell'])",
                "from query('from query(''from core.spell'')')",
                "select * from (from (from (table core.spell)))",
                "pivot core.spell on spell_id in ('s1') using count(*)",
                "describe core.spell",
                "describe (from core.spell)",
                "summarize core.spell",
                "select count(*) as n from core.spell where false",
                "select 'not core.irregularity' as text, * from core.spell -- mart.queue_daily",
                "/* from mart.queue_daily */ from memory.core.spell"
            })
    void readIsRefusedWithoutAReasonAndRecordedBeforeItIsShown(String sql) throws IOException {
        assertThat(query(sql, "--format", "csv")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("fpw query: " + REFUSED + "--reason TEXT\n");
        assertThat(out.toString()).isEmpty();
        assertThat(records()).isEmpty();

        assertThat(query(sql, "--format", "csv", "--reason", " asked by\nthe inspector "))
                .as(err.toString())
                .isZero();
        long rows = out.toString().lines().count() - 1;
        List<LookRecord> records = records();
        assertThat(records)
                .extracting(LookRecord::kind)
                .containsExactly(LookRecord.Kind.READ, LookRecord.Kind.SHOWN, LookRecord.Kind.CLOSED);
        assertThat(records.get(0)).satisfies(read -> {
            assertThat(read.by()).isEqualTo(ProcessAccount.nameWithLogin().orElseThrow());
            assertThat(read.command()).isEqualTo("fpw query");
            assertThat(read.release()).isEqualTo("2016-01-12.1");
            assertThat(read.tables()).containsExactly("core.spell");
            assertThat(read.reason()).isEqualTo("asked by the inspector");
        });
        assertThat(records.get(1).rows()).isEqualTo(rows);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 'core.spell' as text, count(*) as n from mart.queue_daily -- core.spell",
                "with spell as (select 1 as n) from spell",
                "with spell as (from mart.queue_daily) from spell",
                "select waiting_count as spell from queue_daily",
                "show tables",
                "select view_name from duckdb_views() where schema_name = 'core'",
                "select table_name from information_schema.columns"
            })
    void whatReadsNoSingleCaseNeedsNoReasonAndLeavesNoRecord(String sql) throws IOException {
        assertThat(query(sql, "--format", "csv")).as(err.toString()).isZero();
        assertThat(out.toString()).doesNotContain("\r\nspell\r\n");
        assertThat(query(sql, "--format", "csv", "--reason", "none is needed")).isZero();
        assertThat(new WarehouseFolder(warehouse).looks()).doesNotExist();
    }

    /** A reason opens the tables that are on record and no others, and no file. */
    @Test
    void filesOfTablesAreNotAWayAroundTheRecord() throws IOException {
        String file = "read_parquet('"
                + warehouse.resolve("data/month=9/spells.parquet").toString().replace("'", "''") + "')";
        for (String sql : List.of(
                "from " + file,
                "from query('from " + file.replace("'", "''") + "')",
                "from parquet_metadata" + file.substring("read_parquet".length()),
                "from core.irregularity union all by name from " + file)) {
            assertThat(query(sql, "--reason", "a test")).as(sql).isEqualTo(2);
            assertThat(err.toString()).as(sql).contains("the query may only read the tables of the release");
            err.getBuffer().setLength(0);
        }
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void everyTableThatIsReadIsNamed() throws IOException {
        assertThat(query(
                        "select s.spell_id from core.spell as s left join core.irregularity as i on true "
                                + "cross join mart.queue_daily",
                        "--reason",
                        "a test"))
                .isZero();
        assertThat(records().get(0).tables()).containsExactly("core.spell", "core.irregularity");
    }

    @Test
    void tableThatNobodyKnowsIsTakenForOneOfSingleCases(@TempDir Path other) throws IOException {
        QueryTestWarehouse.release(other, "2016-01-12.1", "2016-01-12", """
            {"name": "mart.of_a_later_version", "description": "?", "row_count": 0, "digest": "d",
             "columns": [{"name": "case_key", "type": "text"}], "files": []}""");
        QueryTestWarehouse.point(other, "2016-01-12.1");
        assertThat(run("--warehouse", other.toString(), "from mart.of_a_later_version"))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("fpw query: mart.of_a_later_version has rows of single cases or people");
    }

    @Test
    void nothingIsShownOrWrittenWithoutARecord() throws IOException {
        Path looks = Files.writeString(new WarehouseFolder(warehouse).looks(), "in the way");
        Path file = folder.resolve("spells");
        for (List<String> options : List.of(
                List.of("--format", "csv"),
                List.of("--format", "csv", "--output", file.toString()),
                List.of("--format", "parquet", "--output", file.toString()))) {
            List<String> arguments = new ArrayList<>(List.of("from core.spell", "--reason", "a test"));
            arguments.addAll(options);
            assertThat(query(arguments.toArray(String[]::new))).isEqualTo(4);
            assertThat(err.toString())
                    .startsWith("fpw query: the read cannot be recorded in " + looks + ", so nothing is shown: ");
            assertThat(out.toString()).isEmpty();
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void fileOfRowsIsAReadToo() throws IOException {
        Path file = folder.resolve("spells.parquet");
        String[] arguments = {"from core.spell", "--format", "parquet", "--output", file.toString()};
        assertThat(query(arguments)).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("fpw query: " + REFUSED + "--reason TEXT\n");
        assertThat(file).doesNotExist();
        assertThat(query(arguments, "--reason", "a test")).isZero();
        assertThat(records().get(1).rows()).isEqualTo(1);
        assertThat(file).isNotEmptyFile();
    }

    @Test
    void mistakeInTheSqlIsToldWithoutARecord() throws IOException {
        assertThat(query("select nope from core.spell", "--reason", "a test")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("fpw query: the SQL cannot be run: Referenced column \"nope\" not found in FROM clause!")
                .contains("core.spell.spell_id");
        assertThat(records()).isEmpty();
    }

    @Test
    void reasonMustSaySomething() throws IOException {
        assertThat(query("from core.spell", "--reason", " ")).isEqualTo(2);
        assertThat(query("from core.spell", "--reason", "x".repeat(1001))).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("""
                fpw query: the reason has 0 characters; give a reason of 1 to 1,000 characters with --reason TEXT
                fpw query: the reason has 1001 characters; give a reason of 1 to 1,000 characters with --reason TEXT
                """);
        assertThat(records()).isEmpty();
    }

    @Test
    void shellAsksOnceAndRecordsEveryRead() throws IOException {
        assertThat(shell("select spell_id from core.spell;")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("fpw shell: " + REFUSED + ".reason TEXT\n");
        assertThat(out.toString()).isEmpty();
        assertThat(shell("""
                .format csv
                .reason the inspector's question;
                select spell_id from core.spell;
                select count(*) as days from mart.queue_daily;
                select count(*) as n from core.irregularity;
                .run excluded_items
                .reason a second thought
                describe core.spell;
                """)).isEqualTo(2); // the ready-made query needs tables that this release does not have
        assertThat(records())
                .extracting(read -> read.kind().word() + " " + String.join(",", read.tables()) + " " + read.reason())
                .containsExactly(
                        "read core.spell the inspector's question",
                        "shown  null",
                        "read core.irregularity the inspector's question",
                        "shown  null",
                        "closed  null");
        assertThat(shell("describe core.spell;", "--reason", "a third one")).isZero();
        assertThat(records()).hasSize(8);
        err.getBuffer().setLength(0);
        assertThat(shell(".reason")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("fpw shell: use the form .reason TEXT\n");
    }

    private int shell(String script, String... options) {
        return ShellMain.run(
                Stream.concat(Stream.of("--warehouse", warehouse.toString()), Stream.of(options))
                        .toArray(String[]::new),
                Map.of(),
                folder,
                new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out),
                new PrintWriter(err));
    }

    private static List<LookRecord> records() throws IOException {
        List<LookRecord> records = new ArrayList<>();
        for (Path file : new LookFolder(new WarehouseFolder(warehouse)).files()) {
            LookFile.read(file).lines().forEach(line -> records.add(Objects.requireNonNull(line.record())));
        }
        return records;
    }
}
