package uk.fpw.warehouse.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.KeyFormat;
import uk.fpw.layout.file.FileDigest;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.erasure.ErasureList;
import uk.fpw.warehouse.store.erasure.ListedErasure;
import uk.fpw.warehouse.store.evidence.EvidenceFolder;
import uk.fpw.warehouse.store.evidence.EvidenceKey;
import uk.fpw.warehouse.store.ledger.feed.Tombstones;
import uk.fpw.warehouse.store.ledger.feed.Tombstones.Erased;
import uk.fpw.warehouse.store.rewrite.Restricting;
import uk.fpw.warehouse.testing.TestDatabase;

/** The record of restrictions, their tombstones, and how they end. */
class RestrictionsIT {

    private static final Instant NOON = Instant.parse("2016-01-12T12:00:00Z");
    private static final LocalDate REVIEW = LocalDate.of(2017, 1, 12);
    private static final LocalDate UNTIL = LocalDate.of(2020, 1, 12);
    private static final Pseudonymiser FORMER = pseudonymiser("1");
    private static final Pseudonymiser KEY = pseudonymiser("2");
    private static final Erasures.Cause CAUSE =
            new Erasures.Cause(Erasures.Kind.ROW, "devices", "DPA 2018 s.47(4)", "letter", "sam", NOON);
    private static final List<Erased> ROW = List.of(new Erased("devices", "A-1"));
    private static final Restrictions.End END = new Restrictions.End(NOON.plusSeconds(60), "kim", "case closed");

    @TempDir
    private Path folder;

    private final EvidenceKey key = EvidenceKey.create();
    private TestDatabase database;
    private Restrictions restrictions;
    private Tombstones tombstones;
    private ErasureList list;

    TestDatabase database() {
        return TestDatabase.inMemory("restrictions");
    }

    @BeforeEach
    void open() throws SQLException {
        database = database();
        restrictions = new Restrictions(database.dataSource());
        tombstones = new Tombstones(database.dataSource());
        list = new ErasureList(folder.resolve("keys/list.json"));
        database.baseline("V0057__create_tombstone", "V0060__create_erasure");
    }

    @AfterEach
    void drop() throws SQLException {
        if (database != null) { // Without Docker nothing was opened.
            database.drop();
        }
    }

    private void migrate() throws SQLException {
        database.migrate("V0064__list_erasures", "V0065__record_readings_of_tombstones", "V0066__create_restriction");
    }

    @Test
    void databaseOfAnEarlierVersionHasNone() throws SQLException {
        assertThat(restrictions.list()).isEmpty();
        assertThat(restrictions.sealed()).isEmpty();
        try (Connection connection = database.open()) {
            assertThat(Restrictions.sealed(connection)).isEmpty();
        }
    }

    @Test
    void restrictionStandsUntilItIsLiftedAndItsSealedFileStays() throws SQLException {
        migrate();
        Restrictions.Restriction standing = restrict("a1");
        assertThat(standing.cause()).isEqualTo(CAUSE);
        assertThat(standing.reviewOn()).isEqualTo(REVIEW);
        assertThat(standing.isStanding()).isTrue();
        assertThat(tombstones.keeping(ROW, FORMER)).containsExactly(new Tombstones.Keeping("a1", Tombstones.NO_END));
        assertThat(tombstones.keeping(List.of(new Erased("devices", "A-2")), FORMER))
                .isEmpty();
        assertThat(tombstones.end("devices")).as("tombstones of erasures").isZero();

        ending().lift(standing, END);
        Restrictions.Restriction lifted = restrictions.find("a1");
        assertThat(lifted.lifted()).isEqualTo(END);
        assertThat(lifted.isStanding()).isFalse();
        assertThat(tombstones.keeping(ROW, FORMER)).isEmpty();
        assertThat(restrictions.sealed()).containsExactly("a1");
        assertThat(list.read()).singleElement().satisfies(listed -> {
            assertThat(listed.isLifted()).isTrue();
            assertThat(Objects.requireNonNull(listed.restriction()).liftedAt()).isEqualTo(END.at());
        });
        ending().lift(lifted, new Restrictions.End(NOON, "ann", "again"));
        assertThat(restrictions.find("a1").lifted()).isEqualTo(END);

        ending().erase(lifted, END, null);
        assertThat(restrictions.find("a1").erased()).isEqualTo(END);
        assertThat(restrictions.sealed()).isEmpty();
        assertThat(new EvidenceFolder(folder).file("a1")).doesNotExist();
        assertThat(list.read()).allMatch(ListedErasure::isLifted);
    }

    @Test
    void withoutItsSealedFileARestrictionThatStoodIsAnErasure() throws SQLException {
        migrate();
        ending().erase(restrict("a1"), END, UNTIL);
        assertThat(restrictions.find("a").isStanding()).isFalse();
        assertThat(restrictions.find("a").sealed().encryptedKey()).isNull();
        assertThat(tombstones.keeping(ROW, FORMER)).containsExactly(new Tombstones.Keeping(null, UNTIL));
        assertThat(new EvidenceFolder(folder).file("a1")).doesNotExist();
        assertThat(list.read()).singleElement().satisfies(listed -> {
            assertThat(listed.restriction()).isNull();
            assertThat(listed.endsOn()).isEqualTo(UNTIL);
        });
        // interrupted before the file was deleted, and repeated
        new EvidenceFolder(folder).seal("a1", key, out -> out.write(1));
        ending().erase(restrictions.find("a1"), new Restrictions.End(NOON, "ann", "again"), null);
        assertThat(restrictions.find("a1").erased()).isEqualTo(END);
        assertThat(new EvidenceFolder(folder).file("a1")).doesNotExist();
    }

    @Test
    void keyOfASealedFileIsEncryptedAgainUnderANewPseudonymKey() throws SQLException {
        migrate();
        restrict("a1");
        try (Connection connection = database.open()) {
            Restrictions.encryptAgain(connection, FORMER, KEY);
            assertThat(Restrictions.sealed(connection)).isEqualTo(Map.of("a1", new FileDigest(25, "00c0ffee")));
        }
        String encrypted =
                Objects.requireNonNull(restrictions.find("a1").sealed().encryptedKey());
        assertThat(EvidenceKey.decrypt(encrypted, KEY)).isEqualTo(key);
        assertThat(catchThrowable(() -> EvidenceKey.decrypt(encrypted, FORMER)))
                .hasMessageContaining("is encrypted under another pseudonym key");
    }

    @Test
    void restrictionIsFoundByTheBeginningOfItsIdIfNoOtherHasIt() throws SQLException {
        migrate();
        restrict("a1");
        restrict("a2");
        assertThat(restrictions.find("a2").id()).isEqualTo("a2");
        String all = "; 'fpw restrict --list' shows all";
        assertThat(catchThrowable(() -> restrictions.find("a")))
                .hasMessage("not exactly one restriction has an id that begins with 'a'" + all);
        assertThat(catchThrowable(() -> restrictions.find("b")))
                .hasMessage("no restriction has an id that begins with 'b'" + all);
    }

    private Restricting ending() {
        return new Restricting(database.dataSource(), folder, list);
    }

    private Restrictions.Restriction restrict(String id) throws SQLException {
        new EvidenceFolder(folder).seal(id, key, out -> out.write(1));
        Restrictions.Sealed sealed =
                new Restrictions.Sealed(3, new FileDigest(25, "00c0ffee"), "f", key.encrypt(FORMER));
        new OpsDatabase(database.dataSource()).inTransaction(statements -> {
            Tombstones.Key hashes = Tombstones.key(statements, NOON, FORMER);
            List<ListedErasure.Tombstone> hashed = Tombstones.hashes(hashes, ROW);
            Tombstones.add(
                    statements,
                    hashed,
                    hashes,
                    new Tombstones.Cause(Tombstones.NO_END, CAUSE.ground(), CAUSE.reason(), NOON, "sam"),
                    FORMER);
            statements.update(
                    "insert into ops.erasure (erasure_id, kind, feed, ground, reason, applied_by, started_at, "
                            + "row_count, item_count, table_count, release_count, is_listed) "
                            + "values (?, 'row', 'devices', 'DPA 2018 s.47(4)', 'letter', 'sam', ?, 3, 1, 2, 0, true)",
                    id,
                    OpsDatabase.time(NOON));
            Restrictions.record(statements, id, REVIEW, sealed);
            Tombstones.restrict(statements, hashed, hashes, id);
            return true;
        });
        list.add(new ListedErasure(
                id,
                "kent",
                Set.of(),
                new ListedErasure.Cause("row", "devices", "s.47", "letter", "sam", NOON),
                Tombstones.NO_END,
                new ListedErasure.Key("k", "f", NOON, Map.of("f", "")),
                "f",
                List.of(),
                new ListedErasure.Stored(Map.of(), Set.of(), Map.of()),
                new ListedErasure.Restriction(REVIEW, null)));
        return restrictions.find(id);
    }

    @Test
    void listWithARestrictionHasAFormatOfItsOwn() throws Exception {
        migrate();
        restrict("a1");
        assertThat(Files.readString(list.file())).contains("\"format\" : 2").contains("\"review_on\" : \"2017-01-12\"");
        list.change("a1", listed -> listed.withoutSealedFile(UNTIL));
        assertThat(Files.readString(list.file())).contains("\"format\" : 1").doesNotContain("restriction");
    }

    private static Pseudonymiser pseudonymiser(String digit) {
        return Pseudonymiser.fromEnvironment(
                Map.of(Pseudonymiser.KEY_VARIABLE, digit.repeat(64)), KeyFormat.OF_NEW_WAREHOUSES);
    }
}
