package uk.fpw.warehouse.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.KeyFormat;
import uk.fpw.warehouse.privacy.KeptOut;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.ledger.feed.Tombstones;
import uk.fpw.warehouse.store.ledger.feed.Tombstones.Erased;
import uk.fpw.warehouse.testing.TestDatabase;

/** Tombstones in {@code ops}. */
class TombstonesIT {

    private static final Pseudonymiser FORMER = pseudonymiser("1");
    private static final Pseudonymiser KEY = pseudonymiser("2");
    private static final LocalDate DAY = LocalDate.of(2016, 1, 12);

    private TestDatabase database;
    private Tombstones tombstones;

    TestDatabase database() {
        return TestDatabase.inMemory("tombstones");
    }

    @BeforeEach
    void migrate() throws SQLException {
        database = database();
        tombstones = new Tombstones(database.dataSource());
        database.baseline("V0057__create_tombstone", "V0065__record_readings_of_tombstones");
    }

    @AfterEach
    void drop() throws SQLException {
        if (database != null) { // Without Docker nothing was opened.
            database.drop();
        }
    }

    @Test
    void rowsAreKeptOutUntilTheTombstoneEndsAndValuesInEveryFeed() throws SQLException {
        tombstones.add(List.of(new Erased("devices", "A-1|7"), new Erased(null, "Ann")), cause(DAY), FORMER);

        KeptOut.Matcher devices = keptOut("devices", DAY, FORMER);
        assertThat(devices.hasRow("A-1|7")).isTrue();
        assertThat(devices.hasRow("Ann")).isFalse();
        assertThat(devices.hasValue("Ann")).isTrue();
        KeptOut.Matcher cases = keptOut("cases", DAY, FORMER);
        assertThat(cases.hasRow("A-1|7")).isFalse();
        assertThat(cases.hasValue("Ann")).isTrue();
        assertThat(keptOut("devices", DAY.plusDays(1), FORMER).hasRow("A-1|7")).isFalse();

        assertThat(tombstones.latestEnd()).isEqualTo(DAY);

        // Erased once more: with the new end.
        tombstones.add(List.of(new Erased("devices", "A-1|7")), cause(DAY.plusDays(9)), FORMER);
        assertThat(keptOut("devices", DAY.plusDays(9), FORMER).hasRow("A-1|7")).isTrue();
        assertThat(database.query(
                        "select kind, feed, ends_on, ground, reason, created_by from ops.tombstone " + "order by kind"))
                .containsExactly(
                        "row | devices | 2016-01-21 | DPA 2018 s.47(1) | asked for it | ann",
                        "value | null | 2016-01-12 | DPA 2018 s.47(1) | asked for it | ann");
        assertThat(database.query("select count(*) from ops.tombstone_key")).containsExactly("1");
    }

    @Test
    void tombstonesRemainValidUnderANewPseudonymKeyAndLaterOnesHaveAnotherKey() throws SQLException {
        tombstones.add(List.of(new Erased("devices", "A")), cause(DAY), FORMER);
        try (Connection connection = database.open()) {
            Tombstones.encryptAgain(connection, FORMER, KEY);
        }
        assertThat(catchThrowable(() -> tombstones.of("devices", DAY, FORMER)))
                .hasMessageContaining("under another pseudonym key");
        tombstones.add(List.of(new Erased("devices", "B")), cause(DAY), KEY);

        KeptOut.Matcher devices = keptOut("devices", DAY, KEY);
        assertThat(devices.hasRow("A")).isTrue();
        assertThat(devices.hasRow("B")).isTrue();
        assertThat(database.query("select count(distinct tombstone_key_id) from ops.tombstone"))
                .containsExactly("2");
        assertThat(new Erased("devices", "B")).hasToString("a row of devices");
    }

    @Test
    void whatIsErasedAgainHasOneTombstoneWhicheverKeyItHadBefore() throws SQLException {
        List<Erased> ann = List.of(new Erased(null, "Ann", Set.of("[]", "[UPPER]")));
        tombstones.add(ann, cause(DAY), FORMER);
        try (Connection connection = database.open()) {
            Tombstones.encryptAgain(connection, FORMER, KEY);
            Tombstones.forget(new OpsStatements(connection), ann, KEY);
        }
        assertThat(database.query("select count(*) from ops.tombstone")).containsExactly("0");
        tombstones.add(ann, cause(DAY), KEY);
        assertThat(database.query("select readings from ops.tombstone")).containsExactly("[UPPER]\n[]");
        assertThat(tombstones.feeds(DAY)).isEmpty();
    }

    @Test
    void nothingIsKeptOutAndNoKeyIsNeededWithoutTombstones() {
        KeptOut.Matcher nothing = keptOut("devices", DAY, Pseudonymiser.none());
        assertThat(nothing.hasRows() || nothing.hasValues()).isFalse();
        assertThat(tombstones.latestEnd()).isNull();
    }

    private KeptOut.Matcher keptOut(String feed, LocalDate date, Pseudonymiser key) {
        return tombstones.of(feed, date, key).matcher();
    }

    private static Tombstones.Cause cause(LocalDate endsOn) {
        return new Tombstones.Cause(
                endsOn, "DPA 2018 s.47(1)", "asked for it", Instant.parse("2016-01-12T09:00:00Z"), "ann");
    }

    private static Pseudonymiser pseudonymiser(String digit) {
        return Pseudonymiser.fromEnvironment(
                Map.of(Pseudonymiser.KEY_VARIABLE, digit.repeat(64)), KeyFormat.OF_NEW_WAREHOUSES);
    }
}
