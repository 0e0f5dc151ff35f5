package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.KeyFormat;
import uk.fpw.nightly.acceptance.RekeyForce.Keys;
import uk.fpw.nightly.run.MigratedWarehouse;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.ledger.feed.Tombstones;
import uk.fpw.warehouse.store.ledger.feed.Tombstones.Erased;
import uk.fpw.warehouse.testing.TestDatabase;

/** As {@link RekeyIT}: another pseudonym key, values that are read differently, and tables in PostgreSQL. */
@Tag("thorough")
class OtherKeysIT {

    private static final LocalDate FIRST = KilledRun.FIRST;
    private static final LocalDate SECOND = FIRST.plusDays(1);
    private static final String OTHER_KEY = "ff".repeat(32);
    private static final String DEVICE_ID = "from: DEVICE, type: text";

    @TempDir
    private Path folder;

    @Test
    void warehouseWithAnotherPseudonymKeyIsTheOneThatHadItFromTheBeginning() throws Exception {
        Installation fpw = Installation.here(folder);
        RekeyForce rotated = RekeyForce.afterOneNight(Keys.BASE32, fpw, folder.resolve("rotated"));
        Installation other = Installation.here(folder).set("FPW_PSEUDONYM_KEY", OTHER_KEY);
        RekeyForce expected = RekeyForce.in(folder.resolve("expected"));
        expected.night(other, FIRST);

        Installation.Outcome refused = other.run("rekey", "--force", rotated.path(), "--confirm");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains("FPW_FORMER_PSEUDONYM_KEY or FPW_FORMER_PSEUDONYM_KEY_FILE does not contain");
        other.set("FPW_FORMER_PSEUDONYM_KEY", Installation.PSEUDONYM_KEY);
        other.succeed("rekey", "--force", rotated.path(), "--confirm");
        assertThat(rotated.content()).isEqualTo(expected.content());

        rotated.night(other, SECOND);
        expected.night(other, SECOND);
        assertThat(rotated.content()).isEqualTo(expected.content());
    }

    /** Although no table has their values, and the sources may not either. */
    @Test
    void rowsThatWereErasedAreKeptOutUnderTheNewKeyToo() throws Exception {
        Installation fpw = Installation.here(folder);
        RekeyForce rotated = RekeyForce.in(folder.resolve("rotated"));
        erase(rotated, Installation.PSEUDONYM_KEY);
        rotated.night(fpw, FIRST);
        Installation other = Installation.here(folder).set("FPW_PSEUDONYM_KEY", OTHER_KEY);
        RekeyForce expected = RekeyForce.in(folder.resolve("expected"));
        erase(expected, OTHER_KEY);
        expected.night(other, FIRST);

        other.set("FPW_FORMER_PSEUDONYM_KEY", Installation.PSEUDONYM_KEY);
        other.succeed("rekey", "--force", rotated.path(), "--confirm");
        rotated.night(other, SECOND);
        expected.night(other, SECOND);
        assertThat(rotated.content()).isEqualTo(expected.content());
        String status = other.succeed("status", "--force", rotated.path()).out();
        assertThat(status).containsPattern("devices .*, refused 1, kept out [1-9][0-9]*, deleted ");

        Path before = RekeyForce.in(folder.resolve("before")).trial().folder();
        inLowerCase(rotated);
        Installation.Outcome refused =
                other.run("rekey", "--force", rotated.path(), "--confirm", "--read-before", before.toString());
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains("rows that were erased are kept out until 2099-12-31, recognised by values as they were "
                        + "read before; read otherwise (feeds/devices.yml: device_id, feeds/exits.yml: device_id), "
                        + "they would be loaded again. Nothing was changed");
    }

    /** Tombstones of a person and of a device, as whoever erases them leaves them. */
    private static void erase(RekeyForce force, String key) {
        new Tombstones(MigratedWarehouse.in(force.trial().warehouse()).dataSource())
                .add(
                        List.of(new Erased(null, "S002"), new Erased("devices", "D0000")),
                        new Tombstones.Cause(
                                LocalDate.of(2099, 12, 31),
                                "DPA 2018 s.47(1)",
                                "test",
                                Instant.parse("2025-02-01T09:00:00Z"),
                                "ann"),
                        Pseudonymiser.fromEnvironment(
                                Map.of(Pseudonymiser.KEY_VARIABLE, key), KeyFormat.OF_NEW_WAREHOUSES));
    }

    @Test
    void keysThatNoSourceHoldsAreCountedAndStayIfThatIsWanted() throws Exception {
        Installation fpw = Installation.here(folder);
        RekeyForce force = RekeyForce.afterOneNight(Keys.HEX, fpw, folder.resolve("known"));
        String figures = figures(fpw, force);
        Path file = force.trial().devicesFile(FIRST);
        // of both devices only the first two columns are keys: D0000 and S000, which other devices have too, and D0003
        Files.write(
                file,
                Files.readAllLines(file).stream()
                        .filter(line -> !line.startsWith("D0000") && !line.startsWith("D0003"))
                        .toList());
        Installation other = Installation.here(folder)
                .set("FPW_PSEUDONYM_KEY", OTHER_KEY)
                .set("FPW_FORMER_PSEUDONYM_KEY", Installation.PSEUDONYM_KEY);

        Installation.Outcome refused = other.run("rekey", "--force", force.path(), "--confirm");
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.err()).contains("raw.devices: 1. Nothing was changed. With --keep-unknown they stay");
        Installation.Outcome kept = other.succeed("rekey", "--force", force.path(), "--confirm", "--keep-unknown");
        assertThat(kept.out()).contains("raw.devices: 1; they stay as they are");
        assertThat(figures(fpw, force)).isEqualTo(figures);
        other.succeed("verify", "--force", force.path());
    }

    @Test
    void valuesThatAreReadOtherwiseHaveThePseudonymsOfTheNewReading() throws Exception {
        Installation fpw = Installation.here(folder);
        RekeyForce changed = RekeyForce.afterOneNight(Keys.BASE32, fpw, folder.resolve("changed"));
        RekeyForce before = RekeyForce.in(folder.resolve("before"));
        RekeyForce expected = inLowerCase(RekeyForce.in(folder.resolve("expected")));
        expected.night(fpw, FIRST);

        inLowerCase(changed);
        fpw.succeed("rekey", "--force", changed.path(), "--confirm", "--read-before", before.path());
        assertThat(changed.content()).isEqualTo(expected.content());
        changed.night(fpw, SECOND);
        expected.night(fpw, SECOND);
        assertThat(changed.content()).isEqualTo(expected.content());
    }

    @Test
    void postgresIsNoOtherCase() throws Exception {
        TestDatabase database = TestDatabase.postgres().migrated();
        Installation fpw = Installation.here(folder);
        RekeyForce base32 = RekeyForce.afterOneNight(Keys.BASE32, fpw, folder.resolve("base32"));
        RekeyForce force = RekeyForce.in(folder.resolve("hex"));
        force.trial().with(database);
        force.begunByAnEarlierVersion(database);
        force.night(fpw, FIRST);
        assertThat(force.content()).isNotEqualTo(base32.content());
        fpw.succeed("rekey", "--force", force.path(), "--confirm");
        assertThat(force.content()).isEqualTo(base32.content());
        fpw.succeed("verify", "--force", force.path());
    }

    private static RekeyForce inLowerCase(RekeyForce force) {
        for (String feed : new String[] {"feeds/devices.yml", "feeds/exits.yml"}) {
            force.trial().edit(feed, DEVICE_ID, DEVICE_ID + ", transform: [lower], pad: 6");
        }
        return force;
    }

    private static String figures(Installation fpw, RekeyForce force) {
        return fpw.query(force.trial().folder(), "select * from mart.queue_daily order by all")
                .toString();
    }
}
