package uk.fpw.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The analyst's guide and the models say the same of every column. */
class AnalystGuideTest {

    private static final List<String> MARTS = List.of(
            "mart.queue_daily",
            "mart.queue_weekly",
            "mart.queue_monthly",
            "mart.queue_exit",
            "mart.open_age",
            "mart.wait_curve",
            "mart.wait_summary",
            "mart.wait_standard",
            "mart.case_milestone_open",
            "mart.grading_share",
            "mart.grading_agreement",
            "mart.published_fact",
            "mart.dim_scheme",
            "mart.dim_date",
            "mart.dim_queue",
            "mart.dim_standard",
            "mart.dim_slice",
            "core.exclusion");

    private static Map<String, List<String>> sections;
    private static String guide;

    @BeforeAll
    static void readTheGuide() throws IOException {
        guide = Files.readString(root().resolve("docs/analyst.md"));
        sections = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        for (String line : guide.lines().toList()) {
            if (line.startsWith("#")) {
                lines = new ArrayList<>();
                sections.put(line.replaceFirst("^#+ ", "").replace("`", ""), lines);
            }
            if (line.startsWith("| `")) {
                lines.add(line);
            }
        }
    }

    @Test
    void everyColumnOfEveryTableIsExplainedWithTheUnitAndTheSumThatTheModelStates() {
        List<String> expected = new ArrayList<>();
        List<String> stated = new ArrayList<>();
        List<String> shared = columns("_queue_row");
        List<String> standing = columns("_standing");
        for (String table : MARTS) {
            ColumnNotes notes = ColumnNotes.of(table);
            for (String column : notes.names()) {
                if (!isQueueMart(table) || !(shared.contains(column) || standing.contains(column))) {
                    expected.add(row(table, notes, column));
                }
            }
            sections.getOrDefault(table, List.of()).forEach(line -> stated.add(table + " " + cells(line)));
        }

        assertThat(stated).containsExactlyElementsOf(expected);
    }

    @Test
    void theColumnsThatEveryQueueMartSharesAreExplainedOnce() {
        ColumnNotes notes = ColumnNotes.of("mart.queue_daily");
        List<String> shared = new ArrayList<>(columns("_queue_row"));
        shared.addAll(columns("_standing"));

        assertThat(sections.getOrDefault("What every row of a queue mart says of itself", List.of()).stream()
                        .map(line -> "mart.queue_daily " + cells(line)))
                .containsExactlyElementsOf(shared.stream()
                        .map(column -> row("mart.queue_daily", notes, column))
                        .toList());
    }

    @Test
    void everyReadyMadeQueryIsNamed() {
        assertThat(ReadyQueries.all()).allSatisfy(query -> assertThat(guide).contains("`" + query.name() + "`"));
    }

    /** The columns that stand before and after a mart's own ones: those of common.yml. */
    private static List<String> columns(String block) {
        List<String> names = ColumnNotes.of("mart.queue_exit").names();
        int own = names.indexOf("month_start_on");
        int after = names.indexOf("left_count") + 1;
        return block.equals("_queue_row") ? names.subList(0, own) : names.subList(after, names.size());
    }

    private static String row(String table, ColumnNotes notes, String column) {
        String add = notes.field(column, "add");
        String nullable = notes.field(column, "nullable").equals("true") ? "yes" : "no";
        String unit = notes.field(column, "unit");
        return table + " " + column + "|" + notes.field(column, "type") + "|" + (unit.isEmpty() ? "-" : unit) + "|"
                + (add.isEmpty() ? "-" : add) + "|" + nullable;
    }

    private static boolean isQueueMart(String table) {
        return ColumnNotes.of(table).names().contains("is_total") && !table.startsWith("mart.dim_");
    }

    /** Name, type, unit, sum and null of a line of the guide: all but its last cell, which is prose. */
    private static String cells(String line) {
        String[] cells = line.substring(1).split("\\|", -1);
        List<String> trimmed = new ArrayList<>();
        for (int cell = 0; cell < 5; cell++) {
            trimmed.add(cells[cell].strip().replace("`", ""));
        }
        return String.join("|", trimmed);
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("docs/analyst.md"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException(
                        "docs/analyst.md is in no folder above " + Path.of("").toAbsolutePath());
            }
            folder = parent;
        }
        return folder;
    }
}
