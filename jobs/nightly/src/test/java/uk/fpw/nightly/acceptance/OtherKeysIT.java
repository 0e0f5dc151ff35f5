package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.nightly.acceptance.RekeyForce.Keys;
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
