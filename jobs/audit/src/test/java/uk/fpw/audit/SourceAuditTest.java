package uk.fpw.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.warehouse.message.SourceRows;
import uk.fpw.warehouse.message.SourceRows.EventColumn;
import uk.fpw.warehouse.message.SourceRows.FeedRows;

/**
 * Compares the events with the current rows of a register of devices, whose closing reasons are codes, and of a log.
 */
@Tag("time-zone")
class SourceAuditTest {

    private static final EventColumn OPENED =
            new EventColumn("opened_on", "opened_on", Map.of(EventColumn.ANY, List.of("opened")));

    private static final EventColumn REASON = new EventColumn(
            "reason",
            "closed_on",
            Map.of("EX", List.of("examined"), "WD", List.of("withdrawn_new", "withdrawn_old"), "X9", List.of()));

    /** Without a date: the feed does not say when the events of its codes happened. */
    private static final EventColumn UNDATED = new EventColumn("reason", null, REASON.events());

    private static final String ROWS = """
            d1 | phone    | 2015-01-01 |            |
            d2 | computer | 2015-01-02 | 2015-03-01 | EX
            d3 | phone    | 2015-01-03 | 2015-03-02 | WD
            d4 | phone    | 2015-01-04 | 2015-03-03 | X9
            """;

    private static final String EVENTS = """
            d1 | opened        | 2015-01-01
            d2 | opened        | 2015-01-02
            d2 | examined      | 2015-03-01
            d3 | opened        | 2015-01-03
            d3 | withdrawn_old | 2015-03-02
            d4 | opened        | 2015-01-04
            """;

    private static final String EQUAL = "CODES_AND_EVENTS 0: every listed code and date has its event, and no other";
    private static final String LISTED = "UNLISTED_CODE 0: every code is listed";

    @TempDir
    private Path folder;

    private String repeated = "";
    private boolean hasScope;

    private final AuditSession session = AuditSession.open("Europe/London");

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void rowsWithTheirEventsAreEqual() throws IOException {
        assertThat(audit(ROWS, EVENTS, "", OPENED, REASON)).containsExactly(LISTED, EQUAL);
    }

    @Test
    void droppedEventIsMissed() throws IOException {
        assertThat(audit(ROWS, EVENTS.replace("d2 | examined      | 2015-03-01\n", ""), "", OPENED, REASON))
                .containsExactly(
                        LISTED,
                        "CODES_AND_EVENTS 1: items whose codes and dates differ from their events: examined: 1 item "
                                + "without the event of a row. Correct the staging query, or 'codes' and 'dates' in "
                                + "feeds/devices.yml");
    }

    @Test
    void itemWithoutAnyEventIsMissedAlthoughItIsExcludedForThat() throws IOException {
        assertThat(audit(ROWS, EVENTS.replace("d1 | opened        | 2015-01-01\n", ""), "d1 | NO_EVENT", OPENED))
                .containsExactly(difference("opened: 1 item without the event of a row", 1));
    }

    /** An item in scope without events is excluded for that. */
    @Test
    void itemOutOfScopeHasNoEvents() throws IOException {
        hasScope = true;
        String events = EVENTS.replace("d1 | opened        | 2015-01-01\n", "");

        assertThat(audit(ROWS, events, "", OPENED)).containsExactly(EQUAL);
        assertThat(audit(ROWS, events, "d1 | NO_EVENT", OPENED))
                .containsExactly(difference("opened: 1 item without the event of a row", 1));
    }

    @Test
    void doubledEventIsFound() throws IOException {
        assertThat(audit(ROWS, EVENTS + "d2 | examined | 2015-03-01\n", "", OPENED, REASON))
                .containsExactly(LISTED, difference("examined: 1 item with an event but no row", 1));
    }

    @Test
    void eventOfWhichNoRowTellsIsFound() throws IOException {
        assertThat(audit(ROWS, EVENTS + "d1 | withdrawn_new | 2015-03-01\n", "", OPENED, UNDATED))
                .containsExactly(
                        LISTED, difference("withdrawn_new or withdrawn_old: 1 item with an event but no row", 1));
    }

    @Test
    void dateOfAnotherColumnIsFound() throws IOException {
        assertThat(audit(
                        ROWS,
                        EVENTS.replace("examined      | 2015-03-01", "examined | 2015-01-02"),
                        "",
                        OPENED,
                        REASON))
                .containsExactly(LISTED, difference("examined: 1 item with the event on another day", 1));
    }

    @Test
    void codeWithoutADateOfItsColumnIsOnlyLookedForAmongTheEvents() throws IOException {
        assertThat(audit(ROWS, EVENTS.replace("examined      | 2015-03-01", "examined | 2015-02-28"), "", UNDATED))
                .containsExactly(LISTED, EQUAL);
    }

    @Test
    void eventsOfItemsThatTheFeedDoesNotHaveAreNotLookedAt() throws IOException {
        assertThat(audit(ROWS, EVENTS + "case7 | opened | 2015-01-01\n", "", OPENED))
                .containsExactly(EQUAL);
    }

    @Test
    void whatARuleExcludesHasNoEvents() throws IOException {
        assertThat(audit(ROWS, EVENTS.replaceAll("d2 .*\n", ""), "d2 | CLOSED_BEFORE_OPENED", OPENED, REASON))
                .containsExactly(LISTED, EQUAL);
    }

    /** The row of d2 has a reason but no date, which staging passes on; it is in core.exclusion. */
    @Test
    void itemOfWhichACodeHasNoDateIsLeftOutAsAWhole() throws IOException {
        String rows = ROWS.replace("2015-03-01 | EX", "           | EX");
        String events = EVENTS.replaceAll("d2 .*\n", "");

        assertThat(audit(rows, events, "d2 | MISSING_DATE", OPENED, REASON)).containsExactly(LISTED, EQUAL);
        assertThat(audit(rows, events, "d2 | NO_EVENT", OPENED, REASON))
                .containsExactly(
                        LISTED,
                        difference(
                                "examined: 1 item without the event of a row; opened: 1 item without the event of a "
                                        + "row",
                                2));
    }

    @Test
    void missingDateThatNoRowExplainsIsOneOfStaging() throws IOException {
        assertThat(audit(ROWS, EVENTS.replaceAll("d2 .*\n", ""), "d2 | MISSING_DATE", OPENED))
                .containsExactly(difference("opened: 1 item without the event of a row", 1));
    }

    @Test
    void rowsOfALogThatAreEqualAreOneEvent() throws IOException {
        assertThat(audit(ROWS + "d2 | computer | 2015-01-02 | 2015-03-01 | EX\n", EVENTS, "", OPENED, REASON))
                .containsExactly(LISTED, EQUAL);
        assertThat(audit(ROWS + "d2 | computer | 2015-01-02 | 2015-03-09 | EX\n", EVENTS, "", OPENED, REASON))
                .containsExactly(LISTED, difference("examined: 1 item without the event of a row", 1));
    }

    /** A join that finds two rows returns an event twice, with the attributes of another item; core has it once. */
    @Test
    void eventThatStagingReturnsTwiceIsFoundUnlessTheRowsAreRepeated() throws IOException {
        repeated = "d2 | examined | EVENT_REPEATED\nd1 | opened | OTHER";

        assertThat(audit(ROWS, EVENTS, "", OPENED, REASON))
                .containsExactly(LISTED, difference("examined: 1 item with the event twice", 1));
        assertThat(audit(ROWS + "d2 | computer | 2015-01-02 | 2015-03-01 | EX\n", EVENTS, "", OPENED, REASON))
                .containsExactly(LISTED, EQUAL);
    }

    /** For example one that staging derives from what is not recorded. */
    @Test
    void eventThatNoRowTellsOfIsNotReturnedTwiceEither() throws IOException {
        repeated = "d2 | closed_unseen | EVENT_REPEATED\nd3 | closed_unseen | EVENT_REPEATED";
        String rows = ROWS + "d3 | phone    | 2015-01-03 | 2015-03-02 | WD\n";

        assertThat(audit(rows, EVENTS, "", OPENED, REASON))
                .containsExactly(LISTED, difference("closed_unseen: 1 item with the event twice", 1));
    }

    /** Staging derives the event although the source records it: a code or date implies it, so it is no finding. */
    @Test
    void eventThatNoRowTellsOfDoesNotFollowAnotherExit() throws IOException {
        repeated = """
                d2 | closed_unseen | CLOSED_TWICE
                d3 | withdrawn_old | CLOSED_TWICE
                """;

        assertThat(audit(ROWS, EVENTS, "", OPENED, REASON))
                .containsExactly(
                        LISTED,
                        difference("closed_unseen: 1 item with the event although another one had ended the wait", 1));
    }

    @Test
    void codesThatAreNotListedAreNamedUnlessTheyAreLongerThanAnyCode() throws IOException {
        String rows = ROWS + """
                d5 | phone | 2015-01-01 | 2015-02-01 | Z3
                d6 | phone | 2015-01-01 | 2015-02-01 | Z3
                d7 | phone | 2015-01-01 | 2015-02-01 | Smith 1
                """;

        assertThat(audit(rows, EVENTS, "", REASON))
                .containsExactly(
                        "UNLISTED_CODE 3: codes that are not listed: reason 'Z3' (2 rows of 2 items), reason "
                                + "([5 letters] d) (1 row of 1 item). Add them to 'codes' in feeds/devices.yml with "
                                + "their event, or 'ignored', and to the staging query",
                        EQUAL);
    }

    @Test
    void valuesThatAreNotListedAreShownByTheirShape() throws IOException {
        String rows = ROWS + "d5 | CANTYPE John Smith 1 Acacia | 2015-01-01 | |\n";

        assertThat(audit(feed(rows, Map.of("kind", Set.of("phone", "computer"), "younger", Set.of("x"))), EVENTS, ""))
                .containsExactly(
                        "UNLISTED_VALUE 1: values that are not in the list of their column count as (not listed): "
                                + "kind: 1 value in 1 row, such as [7 letters] [4 letters] [5 letters] d [6 letters]. "
                                + "Correct them at the source, or add them to 'values' in feeds/devices.yml");
        assertThat(audit(feed(ROWS, Map.of("kind", Set.of("phone", "computer"))), EVENTS, ""))
                .containsExactly("UNLISTED_VALUE 0: every value of the columns with a closed list is in it");
    }

    /** The second row of the file, d2, is marked as superseded. */
    @Test
    void rowsThatAreNotCurrentArePassedOver() throws IOException {
        FeedRows feed = feed(ROWS, Map.of(), OPENED, REASON);
        Files.writeString(Path.of(feed.supersededFile()), feed.files().get(0) + "\t1\n");

        assertThat(audit(feed, EVENTS.replaceAll("d2 .*\n", ""), "")).containsExactly(LISTED, EQUAL);
    }

    @Test
    void feedThatWasNeverLoadedHasNoDifference() throws IOException {
        FeedRows feed = new FeedRows(
                "devices",
                "town",
                false,
                List.of(OPENED),
                Map.of(),
                List.of(),
                feed("", Map.of()).supersededFile());

        assertThat(audit(feed, "", "")).containsExactly(EQUAL);
    }

    private static String difference(String what, int items) {
        return "CODES_AND_EVENTS " + items + ": items whose codes and dates differ from their events: " + what
                + ". Correct the staging query, or 'codes' and 'dates' in feeds/devices.yml";
    }

    private List<String> audit(String rows, String events, String exclusions, EventColumn... columns)
            throws IOException {
        return audit(feed(rows, Map.of(), columns), events, exclusions);
    }

    private List<String> audit(FeedRows feed, String events, String exclusions) {
        session.execute("create or replace view event as "
                + query(events, "item_key", "event", "occurred_on").replace("select ", "select 'town' as source, "));
        session.execute("create or replace view irregularity as " + query(repeated, "item_key", "event", "code"));
        session.execute("create or replace view exclusion as " + query(exclusions, "item_key", "code"));
        session.execute("create or replace view ahead as " + query("", "item_key"));
        return SourceAudit.run(session, new SourceRows(List.of(feed), Set.of("CLOSED_BEFORE_OPENED"))).stream()
                .map(test -> {
                    assertThat(test.table()).isEqualTo("devices");
                    assertThat(test.severity()).isEqualTo("warning");
                    return test.code() + " " + test.failedCount() + ": " + test.message();
                })
                .toList();
    }

    private FeedRows feed(String rows, Map<String, Set<String>> values, EventColumn... columns) throws IOException {
        Path superseded = Files.writeString(folder.resolve("superseded.tsv"), "");
        String query = query(rows, "_item", "kind", "opened_on", "closed_on", "reason")
                        .replace("'town:' || ", "") + " order by _item, closed_on";
        return new FeedRows(
                "devices",
                "town",
                hasScope,
                List.of(columns),
                values,
                List.of(new ParquetFiles(folder).write("devices", query)),
                superseded.toString());
    }

    /** The lines of a text table as rows; columns whose name ends in {@code _on} are dates. */
    private static String query(String lines, String... columns) {
        List<String> rows = lines.lines()
                .map(line -> line.split("[|]", -1))
                .map(cells -> row(cells, columns))
                .toList();
        return rows.isEmpty()
                ? row(new String[columns.length], columns) + " where false"
                : rows.stream().collect(Collectors.joining(" union all "));
    }

    private static String row(@Nullable String[] cells, String... columns) {
        return Arrays.stream(columns)
                .map(column -> {
                    String cell = cells[List.of(columns).indexOf(column)];
                    String text = cell == null || cell.isBlank() ? "null" : "'" + cell.strip() + "'";
                    String key = column.equals("item_key") || column.equals("_item") ? "'town:' || " : "";
                    return key + "cast(" + text + " as " + (column.endsWith("_on") ? "date" : "varchar") + ") as "
                            + column;
                })
                .collect(Collectors.joining(", ", "select ", ""));
    }
}
