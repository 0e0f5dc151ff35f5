package uk.fpw.nightly.run.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.ReleaseSteps.Step;

/** Releases 2, 3 and 4 of the days of December replaced one another; the changes of 1 are not recorded. */
@Tag("time-zone")
class QuotedFiguresTest {

    private static final ReleaseId NEW = id("4");

    private final Map<ReleaseId, Step> recorded = Stream.of(step("2", "1"), step("3", "2"), step("4", "3"))
            .collect(Collectors.toMap(Step::releaseId, step -> step));

    /** October: 751 in release 2, 753 in 3 and 752 in 4; 50 phones were 52. November was not over in 2. */
    private final List<Map<String, @Nullable Object>> changes = rows("""
            3 | all  | all     | 10 | 751 | 753 | recorded late | 3
            3 | all  | all     | 10 | 751 | 753 | deleted       | -1
            4 | all  | all     | 10 | 753 | 752 | deleted       | -1
            3 | kind | ph\u001Bone | 10 | 50  | 52  | recorded late | 2
            4 | all  | all     | 12 | 9   | 99  | corrected     | 90
            """);

    @Test
    void stepsSinceAPinnedReleaseAreAddedUpAndTheLargestChangeIsNamed() {
        List<PinnedChange> found = pinned(Set.of(), release("3", "yesterday"), release("2", "inspection"));

        assertThat(printed(new QuotedFigures(found, 0, List.of()))).isEqualTo("""

                Figures that were pinned or published
                  yesterday, release 2015-12-03.1: 1 of its counts of past months has changed since (deleted in 1); \
                fpw diff yesterday 2015-12-04.1 lists them
                    largest   seized, all, 2015-10: waiting_count 752 instead of 753 (deleted -1)
                  inspection, release 2015-12-02.1: 2 of its counts of past months have changed since (deleted in 1, \
                recorded late in 2); fpw diff inspection 2015-12-04.1 lists them
                    largest   seized, kind ph\\u001Bone, 2015-10: waiting_count 52 instead of 50 (recorded late +2)
                """);
    }

    @Test
    void pinnedReleaseThatCannotBeComparedSaysSinceWhen() {
        List<PinnedChange> found =
                pinned(Set.of(id("3")), release("4", "this"), release("3", "wrong"), release("0", "old"));

        assertThat(printed(new QuotedFigures(found, 0, List.of())))
                .isEqualTo("""

                Figures that were pinned or published
                  wrong, release 2015-12-03.1: not compared, since it was withdrawn: its figures must not be used
                  old, release 2015-12-00.1: not compared, since what release 2015-12-01.1 changed is not recorded: \
                an earlier version created it
                """.replace("2015-12-00.1", id("0").value()));
    }

    @Test
    void pinnedReleaseWhoseStepsAreNoLongerKeptIsNotCompared() {
        ReleaseId late = ReleaseId.of("2018-03-01.1");
        List<PinnedChange> found = PinnedChange.of(
                List.of(release("3", "old")),
                Set.of(),
                Map.of(late, new Step(late, NEW, null), NEW, step("4", "3")),
                late,
                (pin, reader) -> changes.forEach(reader));

        assertThat(found).singleElement().satisfies(pinned -> assertThat(pinned.notCompared())
                .isEqualTo("what release 2015-12-04.1 changed is no longer kept: steps stay for 26 months"));
    }

    @Test
    void factThatHasMovedHasTheCausesOfTheCountsThatItsQueryReads() {
        List<MovedFact> moved = facts("""
                backlog    | equal          | 751 | 2015-10-31
                share      | within bound   | 0.5 | 2015-10-31
                unfinished | equal          | 7   | 2015-12-31
                gone       | not comparable | -   | 2015-10-31
                same       | equal          | 3   | 2015-10-31
                """, """
                backlog    | differs by     | 752.25 | 2015-10-31
                share      | differs by     | 0.25   | 2015-10-31
                unfinished | equal          | 8      | 2015-12-31
                same       | equal          | 3      | 2015-10-31
                """);

        assertThat(printed(new QuotedFigures(List.of(), 5, moved))).isEqualTo("""

                Figures that were pinned or published
                  fact backlog: differs by with 752.25, was equal with 751 (deleted, recorded late)
                  fact gone: no longer there, was not comparable (removed from the force folder)
                  fact share: differs by with 0.25, was within bound with 0.5 (recomputed)
                  fact unfinished: equal with 8, was equal with 7 (time passed: its days were not over)
                """);
    }

    @Test
    void factOfOtherWordsIsAnotherFact() {
        List<MovedFact> moved = facts("share | equal | 1 | 2015-10-31", "share | differs by | 1 | 2015-10-30");

        assertThat(moved).singleElement().satisfies(fact -> assertThat(fact.causes())
                .containsExactly("the fact in the force folder was changed"));
    }

    @Test
    void nothingThatMovedAndNothingThatWasQuotedAreNotTheSame() {
        assertThat(printed(QuotedFigures.NONE)).isEmpty();
        assertThat(printed(new QuotedFigures(pinned(Set.of(), release("3", "q")), 12, List.of())))
                .contains("\n  q, release 2015-12-03.1: 1 of its counts")
                .endsWith("\n  none of 12 published facts has moved\n");
    }

    private List<PinnedChange> pinned(Set<ReleaseId> withdrawn, Release... releases) {
        return PinnedChange.of(List.of(releases), withdrawn, recorded, NEW, (pin, reader) -> changes.forEach(reader));
    }

    private List<MovedFact> facts(String replaced, String current) {
        String query = "select waiting_count as value from queue_daily where queue = 'seized'";
        return MovedFact.of(
                factRows(replaced),
                LocalDate.of(2015, 12, 3),
                factRows(current),
                changes,
                Map.of("backlog", query, "share", "select served_share as value from x where queue = 'seized'"));
    }

    private static List<Map<String, @Nullable Object>> factRows(String lines) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            String[] fields = line.split(" *\\| *", -1);
            Map<String, @Nullable Object> row = new HashMap<>(Map.of(
                    "fact",
                    fields[0],
                    "verdict",
                    fields[1],
                    "as_of_from_on",
                    LocalDate.of(2015, 10, 1),
                    "as_of_to_on",
                    LocalDate.parse(fields[3])));
            row.put("our_value", fields[2].equals("-") ? null : Double.valueOf(fields[2]));
            rows.add(row);
        }
        return rows;
    }

    private static List<Map<String, @Nullable Object>> rows(String lines) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            String[] fields = line.split(" *\\| *", -1);
            LocalDate month = LocalDate.of(2015, Integer.parseInt(fields[3]), 1);
            Map<String, @Nullable Object> row = new HashMap<>();
            row.put("new_release_id", id(fields[0]).value());
            row.put("queue", "seized");
            row.put("slice", fields[1]);
            row.put("slice_value", fields[2]);
            row.put("measure", "waiting_count");
            row.put("exit_reason", "all");
            row.put("period_start_on", month);
            row.put("period_end_on", month.plusMonths(1).minusDays(1));
            row.put("replaced_value", Long.valueOf(fields[4]));
            row.put("new_value", Long.valueOf(fields[5]));
            row.put("cause", fields[6]);
            row.put("part", Long.valueOf(fields[7]));
            rows.add(row);
        }
        return rows;
    }

    private static Release release(String number, String name) {
        return new Release(
                id(number),
                RunId.of("2015-12-01-20151202T020000-0001"),
                id(number).businessDate(),
                Instant.EPOCH,
                "0.1.0",
                "digest",
                null,
                "digest",
                name,
                List.of(),
                List.of());
    }

    private static Step step(String release, String replaced) {
        return new Step(id(release), id(replaced), null);
    }

    private static ReleaseId id(String release) {
        return ReleaseId.of(LocalDate.of(2015, 12, 1).plusDays(Integer.parseInt(release) - 1), 1);
    }

    private static String printed(QuotedFigures quoted) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new QuotedFiguresReport(new PrintStream(out, true, StandardCharsets.UTF_8)).print(quoted, NEW);
        return out.toString(StandardCharsets.UTF_8);
    }
}
