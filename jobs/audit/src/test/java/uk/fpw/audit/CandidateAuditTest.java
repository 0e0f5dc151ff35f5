package uk.fpw.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.Models;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.message.AuditResult;
import uk.fpw.warehouse.message.BaselineSpells;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;
import uk.fpw.warehouse.message.MetricsResult.QueueChange;
import uk.fpw.warehouse.message.MetricsResult.QueueExcluded;
import uk.fpw.warehouse.message.SourceRows;

/** Audits files, table by table. Findings about counts are tested with the code that makes them. */
class CandidateAuditTest {

    @TempDir
    private Path folder;

    private final List<AuditRequest.Table> tables = new ArrayList<>();
    private @Nullable BaselineSpells released;
    private long maxSpells = AuditRequest.NO_SERIES;

    @Test
    void repeatedGrainAndMissingValueAreFound() {
        String text = LikelyRow.of("core.event");
        write(
                "core.event",
                "rows",
                text + " union all " + text + " union all "
                        + text.replace("'x' as event", "cast(null as text) as event"));

        assertThat(failed("core.event"))
                .containsExactly(
                        "GRAIN_IS_UNIQUE 1: rows that repeat item_kind, item_key, event, occurred_on, occurred_at, "
                                + "event_order",
                        "NEVER_NULL 1: null in a column that must not be null: event");
    }

    @Test
    void tableWithoutRowsIsATable() {
        tables.add(new AuditRequest.Table("core.event", columns("core.event"), List.of()));

        assertThat(audit().tables()).hasSameSizeAs(Models.all()).allSatisfy(table -> assertThat(table.rowCount())
                .isZero());
    }

    @Test
    void fileThatIsGoneOrDamagedOrOfAnotherTableIsNamed() throws IOException {
        Path damaged = Path.of(file("damaged", LikelyRow.of("core.event")));
        byte[] content = Files.readAllBytes(damaged);
        Files.write(damaged, Arrays.copyOf(content, content.length - 9));
        String of = "CAN_BE_READ 1: ";
        String words = " is damaged, or belongs to another table; restore it from a backup (";

        String another = file("another", LikelyRow.of("mart.dim_slice"));
        for (String wrong :
                List.of(damaged.toString(), folder.resolve("gone.parquet").toString(), another)) {
            tables.clear();
            tables.add(new AuditRequest.Table("core.event", columns("core.event"), List.of(wrong)));
            assertThat(failed(audit(tables), "core.event"))
                    .singleElement()
                    .asString()
                    .startsWith(of + wrong + words);

            tables.clear();
            tables.add(new AuditRequest.Table(
                    "core.event", columns("core.event"), List.of(file("sound", LikelyRow.of("core.event")), wrong)));
            // next to a sound file, one of another table is read, without the columns that every row must have
            assertThat(failed(wrong.equals(another) ? audit() : audit(tables), "core.event"))
                    .as(wrong)
                    .isNotEmpty();
        }
    }

    /** Changes bytes in the middle of a file, among its rows. */
    @Test
    void fileWhoseRowsAreDamagedIsNamedAndTheOtherTablesAreLookedAt() throws IOException {
        Path damaged = Path.of(file(
                "damaged",
                LikelyRow.of("core.event").replace("'town:1'", "sha256('item ' || number)")
                        + " from range(10_000) as numbers (number)"));
        byte[] content = Files.readAllBytes(damaged);
        Arrays.fill(content, content.length / 3, content.length / 3 + 2_000, (byte) 0x5a);
        Files.write(damaged, content);
        tables.add(new AuditRequest.Table("core.event", columns("core.event"), List.of(damaged.toString())));
        write("mart.dim_slice", "slices", LikelyRow.of("mart.dim_slice"));
        maxSpells = AuditRequest.EVERY_SERIES;

        AuditResult audit = audit();

        assertThat(failed(audit, "core.event"))
                .singleElement()
                .asString()
                .startsWith("CAN_BE_READ 1: " + damaged + " is damaged");
        assertThat(audit.tables())
                .filteredOn(table -> table.name().equals("mart.dim_slice"))
                .extracting(AuditResult.Table::rowCount)
                .containsExactly(1L);
        assertThat(audit.quality()).noneMatch(test -> test.code().startsWith(AuditResult.COUNTED_AGAIN));
    }

    @Test
    void columnThatTheModelHasGainedSinceIsNoPartOfTheDigest() {
        List<String> without = columns("core.event").stream()
                .filter(column -> !column.equals("staging"))
                .toList();
        String rows = "select " + String.join(", ", without) + " from (" + LikelyRow.of("core.event") + ")";
        tables.add(new AuditRequest.Table("core.event", without, List.of(file("without", rows))));

        AuditResult result = audit();

        assertThat(result.failure()).isNull();
        assertThat(result.tables())
                .filteredOn(table -> table.name().equals("core.event"))
                .extracting(AuditResult.Table::rowCount, AuditResult.Table::digest)
                .containsExactly(tuple(1L, digest("core.event", without, rows)));
        assertThat(digest("core.event", without, rows))
                .isNotEqualTo(digest("core.event", columns("core.event"), LikelyRow.of("core.event")));
        assertThat(failed(result, "core.event")).isEmpty();
    }

    @Test
    void candidateThatIsNeitherToBeCountedAgainNorComparedIsTestedAllTheSame() {
        write("core.spell", "rows", SpellRows.of("waiting", "A01 | 2015-10-01"));

        AuditResult result = audit();

        assertThat(result.quality())
                .extracting(QualityResult::code)
                .contains("LEAVES_AFTER_IT_ENTERS", AuditResult.AVAILABLE_AS_FAR_AS_KNOWN)
                .noneMatch(code -> code.startsWith(AuditResult.COUNTED_AGAIN));
        assertThat(result.comparedWith()).isNull();
        assertThat(result.changes()).isEmpty();

        maxSpells = AuditRequest.EVERY_SERIES;

        assertThat(audit().quality())
                .extracting(QualityResult::code)
                .anyMatch(code -> code.startsWith(AuditResult.COUNTED_AGAIN));
    }

    @Test
    void candidateIsComparedWithTheReleaseThatIsGiven() {
        write("core.spell", "rows", SpellRows.of("waiting", "A01 | 2015-10-01"));
        released = new BaselineSpells(
                ReleaseId.of("2015-12-30.1"),
                Map.of("waiting", "2015-12-30"),
                List.of(file("released", SpellRows.of("waiting", "A01 | 2015-10-01\nA02 | 2015-10-01"))));

        AuditResult result = audit();

        assertThat(result.comparedWith()).isEqualTo(ReleaseId.of("2015-12-30.1"));
        assertThat(result.changes())
                .extracting(QueueChange::queue, QueueChange::spellCount, QueueChange::goneCount)
                .containsExactly(tuple("waiting", 2L, 1L));
    }

    @Test
    void itemsThatAQueueLeavesOutOrKnowsNoAgeOfAreCounted() {
        write(
                "core.spell",
                "rows",
                SpellRows.of("waiting", "A01 | 2015-10-01\nA01 | 2015-10-20\nA02 | 1900-01-01") + " union all "
                        + SpellRows.of("in_work", "A01 | 2015-10-05"));
        String irregularity = LikelyRow.of("core.irregularity").replace("'x' as queue", "'waiting' as queue");
        write(
                "core.irregularity",
                "irregular",
                Stream.of(
                                // A02 is irregular twice, but one item; A03 is in no spell; A01 stays, because its
                                // event was only ignored
                                irregularity.replace("'town:1'", "'town:A02'"),
                                irregularity.replace("'town:1'", "'town:A03'"))
                        .map(row -> row.replace("'x' as treatment", "'item excluded from the queue' as treatment"))
                        .collect(Collectors.joining(
                                " union all ",
                                "",
                                " union all "
                                        + irregularity
                                                .replace("'town:1'", "'town:A01'")
                                                .replace("'x' as treatment", "'event ignored' as treatment"))));

        assertThat(audit().excluded()).containsExactly(new QueueExcluded("waiting", 2, 3));
    }

    private static List<String> columns(String table) {
        return Models.find(table).orElseThrow().columnNames();
    }

    private String digest(String table, List<String> columns, String rows) {
        return AuditedTable.of(table, columns, List.of(file("digested", rows))).digest();
    }

    private void write(String table, String name, String rows) {
        tables.add(new AuditRequest.Table(table, columns(table), List.of(file(name, rows))));
    }

    private String file(String name, String rows) {
        return new ParquetFiles(folder).write(name, rows);
    }

    private List<String> failed(String table) {
        return failed(audit(), table);
    }

    private static List<String> failed(AuditResult audit, String table) {
        return audit.quality().stream()
                .filter(test -> test.table().equals(table) && test.failedCount() > 0)
                .map(test -> test.code() + " " + test.failedCount() + ": " + test.message())
                .toList();
    }

    /** Tables that were not written have no rows. */
    private AuditResult audit() {
        List<AuditRequest.Table> all = new ArrayList<>(tables);
        Models.all().stream()
                .filter(model -> tables.stream().noneMatch(table -> table.name().equals(model.table())))
                .forEach(model -> all.add(new AuditRequest.Table(model.table(), model.columnNames(), List.of())));
        return audit(all);
    }

    private AuditResult audit(List<AuditRequest.Table> all) {
        return CandidateAudit.of(
                new AuditRequest(
                        ReleaseId.of("2015-12-31.1"),
                        "Europe/London",
                        Map.of(
                                "business_date",
                                "[{\"day\": \"2015-12-31\"}]",
                                "queue_definition",
                                "[{\"queue\": \"waiting\", \"provisional_days\": 0, \"data_as_at\": \"2015-12-31\"}]"),
                        all,
                        maxSpells,
                        released,
                        null,
                        null,
                        SourceRows.NONE,
                        folder.resolve("scratch").toString(),
                        folder.resolve("audit.json").toString()),
                null);
    }
}
