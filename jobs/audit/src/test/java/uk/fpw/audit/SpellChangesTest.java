package uk.fpw.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.message.BaselineSpells;
import uk.fpw.warehouse.message.MetricsResult.QueueChange;
import uk.fpw.warehouse.message.MetricsResult.Settled;

/** How the spells of a candidate, with data as at 10 November, differ from those of a release. */
class SpellChangesTest {

    @TempDir
    private Path folder;

    @Test
    void candidateIsComparedWithTheCurrentReleaseUpToTheLastDayThatBothKnow() {
        String released = """
                A01 | 2015-10-01 | 2015-10-08 | closed
                A02 | 2015-10-01
                A03 | 2015-10-02
                A04 | 2015-10-03
                A05 | 2015-11-05
                """;
        String candidate = """
                A01 | 2015-10-01 | 2015-10-09 | closed | | corrected
                A02 | 2015-10-01 | 2015-11-10 | closed | | news
                A04 | 2015-10-03 | 2015-11-06 | closed | | recorded late
                A05 | 2015-11-05
                A06 | 2015-11-10 | | | | news
                """;

        assertThat(changes(
                        released,
                        candidate,
                        Map.of("unresolved", "2015-11-09", "in_work", "2015-11-09", "no_longer_there", "2015-11-09")))
                .containsExactly(
                        new QueueChange(
                                "in_work", "2015-11-09", 0, 0, 0, 0, 0, 0, 0, settled(0, 0), null, 0, 0, 0, 0, null),
                        new QueueChange(
                                "unresolved",
                                "2015-11-09",
                                5,
                                1,
                                1,
                                1,
                                1,
                                4,
                                2,
                                settled(4, 2),
                                "closed",
                                2,
                                1 / 3.0,
                                3,
                                1 / 3.0,
                                null));
    }

    /** No single reason accounts for most of the open items. */
    @Test
    void closuresAreCountedByTheirMostFrequentReasonAndInAll() {
        String open = cases(0, 70, "");

        assertThat(changes(
                        open,
                        cases(0, 40, " | 2015-11-10 | closed")
                                + cases(40, 60, " | 2015-11-10 | withdrawn")
                                + cases(60, 70, ""),
                        Map.of("unresolved", "2015-11-09")))
                .containsExactly(new QueueChange(
                        "unresolved",
                        "2015-11-09",
                        70,
                        0,
                        0,
                        0,
                        0,
                        70,
                        70,
                        settled(70, 70),
                        "closed",
                        40,
                        0,
                        60,
                        0,
                        null));
    }

    @Test
    void itemThatEnteredInTheLast28DaysIsRecentAndNothingOfItHasChanged() {
        String spells = """
                G01 | 2015-10-05 | 2015-10-20 | closed
                U02 | 2015-10-15
                """;

        assertThat(changes(spells, spells, Map.of("unresolved", "2015-11-09")))
                .containsExactly(new QueueChange(
                        "unresolved", "2015-11-09", 2, 0, 0, 0, 1, 1, 1, settled(1, 1), null, 0, 0, 0, 0, null));
    }

    @Test
    void itemWithAnotherSliceHasChangedAndItsOtherFieldsAreNoChange() {
        List<QueueChange> changes = changes(
                "A01 | 2015-10-01 | | | high\nA02 | 2015-10-01 | | | high",
                "A01 | 2015-10-01 | | | low\nA02 | 2015-10-01 | | | high",
                Map.of("unresolved", "2015-11-09"));

        assertThat(changes.get(0).changedCount()).isEqualTo(1);
    }

    @Test
    void orderOfTheSlicesIsNone() {
        String rows = SpellRows.of("unresolved", "A01 | 2015-10-01");
        String other =
                rows.replace("['kind', 'priority'], ['phone', 'high']", "['priority', 'kind'], ['high', 'phone']");
        assertThat(other).isNotEqualTo(rows);
        try (AuditSession session = session("A01 | 2015-10-01")) {
            SpellPairs.show(
                    session,
                    new BaselineSpells(
                            ReleaseId.of("2015-11-09.1"),
                            Map.of("unresolved", "2015-11-09"),
                            List.of(new ParquetFiles(folder).write("released", other))));

            assertThat(SpellChanges.count(session))
                    .extracting(QueueChange::spellCount, QueueChange::changedCount)
                    .containsExactly(tuple(1L, 0L));
        }
    }

    @Test
    void exitThatIsNoLongerThereIsAChangeAndOneThatIsRecordedLateIsNone() {
        List<QueueChange> changes = changes(
                "A01 | 2015-10-01 | 2015-10-08 | closed\nA02 | 2015-10-01",
                "A01 | 2015-10-01\nA02 | 2015-10-01 | 2015-10-08 | closed",
                Map.of("unresolved", "2015-11-09"));

        assertThat(changes.get(0).changedCount()).isEqualTo(1);
        assertThat(changes.get(0).lateExitCount()).isEqualTo(1);
        assertThat(changes.get(0).totalNow()).isEqualTo(1);
    }

    @Test
    void daysThatTheQueueDeclaresProvisionalAreNotSettled() {
        List<QueueChange> changes = changes(
                "A01 | 2015-10-01\nA02 | 2015-11-05",
                "A01 | 2015-10-01 | 2015-11-03 | closed\nA02 | 2015-11-05\nA03 | 2015-11-01",
                Map.of("provisional", "2015-11-09"));

        // at the end of the 2nd, the last day before the provisional ones, A03 was waiting too
        assertThat(changes.get(0).settled()).isEqualTo(new Settled("2015-11-02", 1, 2));
        assertThat(changes.get(0).totalBefore()).isEqualTo(2);
        assertThat(changes.get(0).totalNow()).isEqualTo(2);
    }

    @Test
    void queueThatIsKnownLessFarThanBeforeIsComparedUpToItsOwnLastDay() {
        assertThat(changes("A01 | 2015-10-01", "A01 | 2015-10-01", Map.of("unresolved", "2015-11-12")))
                .extracting(QueueChange::knownTo, QueueChange::spellCount)
                .containsExactly(tuple("2015-11-10", 1L));
    }

    /**
     * Spans of 30 days: in the one to 11 October, two of three leave, for two reasons; in earlier ones, nobody does.
     */
    @Test
    void usualIsTheLargestShareThatLeftInFourSpansOfTheSameLength() {
        String spells = """
                A01 | 2015-08-01 | 2015-09-20 | closed
                A02 | 2015-08-01 | 2015-09-21 | withdrawn
                A03 | 2015-08-01
                """;
        List<QueueChange> changes = changes(spells, spells, Map.of("unresolved", "2015-10-11"));

        assertThat(changes.get(0).usualClosedShare()).isEqualTo(1 / 3.0);
        assertThat(changes.get(0).usualClosedTotalShare()).isEqualTo(2 / 3.0);
    }

    @Test
    void releaseWithoutASpellHasNoneThatCouldHaveChanged() {
        try (AuditSession session = session("A01 | 2015-10-01")) {
            SpellPairs.show(
                    session,
                    new BaselineSpells(ReleaseId.of("2015-11-09.1"), Map.of("unresolved", "2015-11-09"), List.of()));

            assertThat(SpellChanges.count(session))
                    .extracting(QueueChange::spellCount, QueueChange::totalBefore, QueueChange::totalNow)
                    .containsExactly(tuple(0L, 0L, 1L));
        }
    }

    private List<QueueChange> changes(String released, String candidate, Map<String, String> knownTo) {
        String queue = knownTo.containsKey("unresolved") ? "unresolved" : "provisional";
        String file = new ParquetFiles(folder).write("released", SpellRows.of(queue, released));
        try (AuditSession session = session(queue, candidate)) {
            SpellPairs.show(session, new BaselineSpells(ReleaseId.of("2015-11-09.1"), knownTo, List.of(file)));
            return SpellChanges.count(session);
        }
    }

    private AuditSession session(String candidate) {
        return session("unresolved", candidate);
    }

    private AuditSession session(String queue, String candidate) {
        AuditSession session = AuditSession.open("Europe/London");
        session.define(Map.of("queue_definition", """
                [{"queue": "unresolved", "provisional_days": 0, "data_as_at": "2015-11-10"},
                 {"queue": "in_work", "provisional_days": 0, "data_as_at": "2015-11-10"},
                 {"queue": "provisional", "provisional_days": 7, "data_as_at": "2015-11-10"}]"""));
        session.show(
                "spell",
                SpellPairs.SPELL,
                new AuditRequest.Table(
                        "core.spell",
                        SpellPairs.SPELL.columnNames(),
                        List.of(new ParquetFiles(folder).write("candidate", SpellRows.of(queue, candidate)))));
        return session;
    }

    /** These queues have no provisional days. */
    private static Settled settled(long before, long now) {
        return new Settled("2015-11-09", before, now);
    }

    private static String cases(int from, int to, String end) {
        return IntStream.range(from, to)
                .mapToObj(number -> "C%02d | 2015-10-01%s%n".formatted(number, end))
                .collect(Collectors.joining());
    }
}
