package uk.fpw.audit.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.audit.ParquetFiles;
import uk.fpw.audit.SpellRows;
import uk.fpw.audit.TwoReleases;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.warehouse.message.FigureChangeRequest.Differences;
import uk.fpw.warehouse.message.FigureChangeRequest.NewRows;
import uk.fpw.warehouse.message.FigureChangeRequest.StoredRows;

/** Which spells have changed, how, and for what cause, where it does not follow from one item's row alone. */
class ChangedSpellsTest {

    private static final String QUEUE =
            "[{\"queue\": \"seized\", \"earliest_entry\": \"2000-01-01\", \"data_as_at\": \"2016-01-10\", "
                    + "\"slices\": [\"kind\", \"area\"]}]";

    @TempDir
    private Path folder;

    /** A was known from June on; that it had been there in March, and left, became known only now. */
    @Test
    void spellAfterOneThatWasRecordedLateHasNotBeenCorrected() {
        assertThat(changes(
                        SpellRows.of("seized", "A | 2015-06-01"),
                        SpellRows.of("seized", "A | 2015-03-02 | 2015-03-20 | examined") + "\nunion all\n"
                                + returned("A | 2015-06-01", "2015-03-02"),
                        dependsOn("devices"),
                        feed("devices", "A")))
                .containsExactly("town:A 2015-03-02: new, recorded late", "town:A 2015-06-01: new, recorded late");
    }

    /** The same the other way round: the earlier one was deleted. */
    @Test
    void spellAfterOneThatIsGoneHasChangedAsThatOne() {
        assertThat(changes(
                        SpellRows.of("seized", "A | 2015-03-02 | 2015-03-20 | examined") + "\nunion all\n"
                                + returned("A | 2015-06-01", "2015-03-02"),
                        SpellRows.of("seized", "A | 2015-06-01"),
                        dependsOn("devices"),
                        feed("devices", "A")))
                .containsExactly("town:A 2015-03-02: gone, corrected", "town:A 2015-06-01: gone, corrected");
    }

    @Test
    void earlierSpellWithAnotherDateOfEntryCorrectsBoth() {
        assertThat(changes(
                        SpellRows.of("seized", "A | 2015-03-02 | 2015-03-20 | examined") + "\nunion all\n"
                                + returned("A | 2015-06-01", "2015-03-02"),
                        SpellRows.of("seized", "A | 2015-03-05 | 2015-03-20 | examined") + "\nunion all\n"
                                + returned("A | 2015-06-01", "2015-03-05"),
                        dependsOn("devices"),
                        feed("devices", "A")))
                .containsExactly(
                        "town:A 2015-03-02: moved, corrected",
                        "town:A 2015-03-05: moved, corrected",
                        "town:A 2015-06-01: other, corrected");
    }

    /** A row of a feed that the queue does not depend on explains nothing. */
    @Test
    void onlyRowsOfFeedsOfTheQueueCount() {
        assertThat(changes(
                        SpellRows.of("seized", "A | 2015-06-01\nB | 2015-06-01"),
                        SpellRows.of(
                                "seized", "A | 2015-06-01 | 2015-07-01 | examined\nB | 2015-06-01 | 2015-07-01 | x"),
                        dependsOn("devices"),
                        feed("interviews", "A"),
                        feed("devices", "B")))
                .containsExactly("town:A 2015-06-01: left, unexplained", "town:B 2015-06-01: left, recorded late");
    }

    /**
     * Devices are joined to stations. Device A names station S1, which has changed; B names S2, which has not. No row
     * of stations is about a device, so that the change of one may explain both; but only A names it.
     */
    @Test
    void changedLookupExplainsWhatHasNoRowsOfItsOwnAndItIsCountedWhereNoRowNamesIt() {
        try (TwoReleases releases = new TwoReleases(folder)) {
            AuditSession session = releases.compare(
                    SpellRows.of("seized", "A | 2015-06-01\nB | 2015-06-01"),
                    SpellRows.of("seized", "A | 2015-06-01 | | | low\nB | 2015-06-01 | | | low"),
                    QUEUE,
                    joins("devices", "stations"),
                    old("devices", "'A' as _item, 'S1' as station union all " + OLD + "'B', 'S2'"),
                    feed("stations", "S1"));

            assertThat(TwoReleases.changes(session))
                    .containsExactly(
                            "town:A 2015-06-01: reclassified, reference data",
                            "town:B 2015-06-01: reclassified, reference data");
            assertThat(session.number("select count(*) from changed_spell where not is_named"))
                    .isEqualTo(1);
        }
    }

    /** Another device's row has changed: it is no lookup, and B does not name it. */
    @Test
    void rowOfAnotherItemOfTheQueueExplainsNothing() {
        assertThat(changes(
                        SpellRows.of("seized", "A | 2015-06-01\nB | 2015-06-01"),
                        SpellRows.of("seized", "A | 2015-06-01\nB | 2015-06-01 | | | low"),
                        joins("devices", "stations"),
                        new NewRows(
                                "devices",
                                "town",
                                "2016-01-10",
                                List.of(),
                                List.of(),
                                List.of(),
                                false,
                                new StoredRows(
                                        List.of(file(
                                                "new",
                                                "select * replace (date '2016-01-11' as _known_on) from (" + OLD
                                                        + "'Z' as _item, 'S1' as station)")),
                                        List.of(file(
                                                "old",
                                                OLD + "'A' as _item, 'S1' as station union all " + OLD + "'B', 'S2'")),
                                        false,
                                        List.of()))))
                .as("Z is not in the queue, but other rows of its feed are")
                .containsExactly("town:B 2015-06-01: reclassified, unexplained");
    }

    private List<String> changes(String before, String after, Differences differences, NewRows... feeds) {
        try (TwoReleases releases = new TwoReleases(folder)) {
            return TwoReleases.changes(releases.compare(before, after, QUEUE, differences, feeds));
        }
    }

    private static final String OLD = "select 'k' as _key, 'upsert' as _op, cast(1 as bigint) as _seq, 'l1' as "
            + "_load_id, date '2016-01-10' as _known_on, ";

    private static Differences dependsOn(String feed) {
        return new Differences(false, false, false, List.of(), List.of(), Map.of("seized", List.of(feed)), Map.of());
    }

    private static Differences joins(String... feeds) {
        Map<String, List<String>> ofQueue = Map.of("seized", List.of(feeds));
        return new Differences(false, false, false, List.of(), List.of(), ofQueue, ofQueue);
    }

    /** A second spell of an item. */
    private static String returned(String spell, String firstEnteredOn) {
        return "select * replace (true as is_reentry, date '" + firstEnteredOn + "' as first_entered_on) from ("
                + SpellRows.of("seized", spell) + ")";
    }

    /** One row that was loaded since, whose key and item are the same. */
    private NewRows feed(String name, String item) {
        return rows(
                name,
                "select '" + item + "' as _key, '" + item + "' as _item, 'upsert' as _op, cast(2 as bigint) as _seq, "
                        + "'l2' as _load_id, date '2016-01-11' as _known_on, 'x' as note");
    }

    private NewRows old(String name, String values) {
        return rows(name, OLD + values);
    }

    private NewRows rows(String name, String query) {
        return new NewRows(
                name,
                "town",
                "2016-01-10",
                List.of(),
                List.of(),
                List.of(),
                false,
                new StoredRows(List.of(file(name, query)), List.of(), false, List.of()));
    }

    private String file(String name, String query) {
        return new ParquetFiles(folder).write(name, query);
    }
}
