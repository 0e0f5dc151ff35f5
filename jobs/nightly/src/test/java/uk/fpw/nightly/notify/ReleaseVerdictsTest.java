package uk.fpw.nightly.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import uk.fpw.model.Models;

class ReleaseVerdictsTest {

    @Test
    void eachQueueHasItsFirstVerdictInTheWordsOfThePages() {
        assertThat(ReleaseVerdicts.of(
                        List.of(
                                queue("waiting", "Waiting for a look", "whole"),
                                queue("exam", "Awaiting examination", "stage"),
                                queue("clocked", "Counted otherwise", "variant"),
                                queue("new", "Without a verdict", "whole")),
                        List.of(
                                verdict("waiting", "month", "last year", "worse", -3.0),
                                // said before the month
                                verdict("waiting", "year to date", "the year before last", "no_evidence", -0.2),
                                verdict("exam", "quarter", "the year before last", "better", -9.0),
                                // said before the year before last
                                verdict("exam", "quarter", "last year", "no_evidence", -1.4),
                                verdict("clocked", "year to date", "last year", "worse", -9.0))))
                .containsExactly(
                        "Awaiting examination: too small to matter (quarter against last year)",
                        "Waiting for a look: no evidence (year to date against the year before last)");
    }

    @Test
    void verdictThatIsNotAvailableCannotBeTold() {
        Map<String, @Nullable Object> row = verdict("exam", "month", "last year", null, null);
        row.put("is_available", false);
        assertThat(ReleaseVerdicts.of(List.of(queue("exam", "Awaiting examination", "whole")), List.of(row)))
                .containsExactly("Awaiting examination: cannot be told (month against last year)");
    }

    /** As on the pages: of so many verdicts some exclude by chance that nothing changed. */
    @Test
    void intervalThatAloneExcludesNoChangeIsNoEvidenceAmongSoMany() {
        Map<String, @Nullable Object> row = verdict("exam", "month", "last year", "no_evidence", -1.0);
        row.put("size_low", 0.01);
        row.put("size_high", 0.12);
        assertThat(ReleaseVerdicts.of(List.of(queue("exam", "Awaiting examination", "whole")), List.of(row)))
                .containsExactly("Awaiting examination: no evidence among so many (month against last year)");
    }

    @Test
    void columnsAreThoseOfTheTables() {
        assertThat(columns(ReleaseVerdicts.QUEUES)).containsAll(ReleaseVerdicts.QUEUE_COLUMNS);
        assertThat(columns(ReleaseVerdicts.VERDICTS)).containsAll(ReleaseVerdicts.VERDICT_COLUMNS);
    }

    private static List<String> columns(String table) {
        return Models.find(table).orElseThrow().columns().stream()
                .map(column -> column.name())
                .toList();
    }

    private static Map<String, @Nullable Object> queue(String queue, String title, String role) {
        return Map.of("queue", queue, "title", title, "queue_role", role);
    }

    private static Map<String, @Nullable Object> verdict(
            String queue, String kind, String comparedWith, @Nullable String verdict, @Nullable Double p) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("queue", queue);
        row.put("period_kind", kind);
        row.put("compared_with", comparedWith);
        row.put("verdict", verdict);
        row.put("log10_p_adjusted", p);
        row.put("size_kind", "difference");
        row.put("size_low", null);
        row.put("size_high", null);
        row.put("is_available", true);
        return row;
    }
}
