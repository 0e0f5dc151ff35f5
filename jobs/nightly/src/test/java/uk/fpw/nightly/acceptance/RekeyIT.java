package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.nightly.acceptance.RekeyForce.Keys;

/**
 * A warehouse created by an early version gets short keys, and then equals a warehouse that had them from the
 * beginning, row by row: releases, tables, {@code raw}, {@code current} and {@code ops}.
 */
@Tag("thorough")
class RekeyIT {

    private static final LocalDate THIRD = KilledRun.FIRST.plusDays(2);

    @TempDir
    private static Path folder;

    @Test
    void rekeyedWarehouseIsTheOneThatHadItsKeysFromTheBeginning() throws Exception {
        Installation fpw = Installation.here(folder);
        RekeyForce hex = RekeyForce.afterTwoNights(Keys.HEX, fpw, folder.resolve("hex"));
        RekeyForce base32 = RekeyForce.afterTwoNights(Keys.BASE32, fpw, folder.resolve("base32"));
        for (RekeyForce force : List.of(hex, base32)) {
            look(fpw, force);
        }
        List<String> looks = looks(hex);
        List<JsonNode> figures = figures(fpw, hex, "first-night");
        assertThat(figures).isNotEmpty();
        List<String> before = hex.content();

        Installation.Outcome refused = fpw.run("rekey", "--force", hex.path());
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.out()).contains("Only a backup undoes this");
        assertThat(refused.err()).contains("make a backup (fpw backup FOLDER), then run fpw rekey --confirm");
        assertThat(hex.content()).isEqualTo(before).isNotEqualTo(base32.content());

        Installation.Outcome rekeyed = fpw.succeed("rekey", "--force", hex.path(), "--confirm");
        assertThat(rekeyed.out()).contains("2 releases. No figure has changed");
        assertThat(hex.content()).isEqualTo(base32.content());
        assertThat(figures(fpw, hex, "first-night")).isEqualTo(figures);
        // this stops earlier versions
        assertThat(Files.readString(hex.trial().warehouse().resolve("warehouse.json")))
                .contains("\"format\" : 2", "\"key_format\" : \"base32\"");
        assertThat(rows(hex, "select distinct key_fingerprint from ops.release"))
                .allMatch(fingerprint -> fingerprint.endsWith("-base32"));
        assertThat(looks(hex)).isEqualTo(looks);
        assertThat(published(hex)).isNotEmpty().isEqualTo(published(base32));
        fpw.succeed("verify", "--force", hex.path());
        fpw.succeed("verify", "first-night", "--force", hex.path());
        fpw.succeed("verify", "--files", "--force", hex.path());
        assertThat(count(hex, "select count(*) from ops.rekeyed_digest where table_name = 'core.spell'"))
                .isEqualTo(2);

        for (RekeyForce force : List.of(hex, base32)) {
            force.night(fpw, THIRD);
        }
        assertThat(hex.content()).isEqualTo(base32.content());
        // the records of the loads: the same rows were new, changed and unchanged
        assertThat(loads(hex)).isEqualTo(loads(base32));
        fpw.succeed("verify", "--force", hex.path());

        Installation.Outcome again = fpw.succeed("rekey", "--force", hex.path());
        assertThat(again.out()).contains("that of the last load; nothing to do.");
    }

    private static void look(Installation fpw, RekeyForce force) {
        fpw.succeed(
                "items",
                "--queue",
                "awaiting_examination",
                "--month",
                "2025-02",
                "--measure",
                "waiting_count",
                "--reason",
                "to see that looks stay",
                "--force",
                force.path());
    }

    private static List<JsonNode> figures(Installation fpw, RekeyForce force, String release) {
        return Installation.rows(fpw.succeed(
                "query",
                "--force",
                force.path(),
                "--release",
                release,
                "--format",
                "json",
                "select * from mart.queue_daily order by all"));
    }

    private static List<String> looks(RekeyForce force) throws SQLException {
        return rows(force, "select looked_by || reason || release_id || row_count from ops.item_look");
    }

    /** Restricted rows of a mart in the database, with the keys of single items. */
    private static List<String> published(RekeyForce force) throws SQLException {
        return rows(force, "select case_key || ' ' || release_id from mart_rows.case_milestone_open order by 1");
    }

    private static List<String> loads(RekeyForce force) throws SQLException {
        return rows(
                force,
                "select feed || ' ' || business_date || ' ' || received_count || ' ' || loaded_count || ' ' "
                        + "|| unchanged_count || ' ' || deleted_count from ops.feed_load order by 1");
    }

    private static int count(RekeyForce force, String sql) throws SQLException {
        return Integer.parseInt(rows(force, sql).get(0));
    }

    private static List<String> rows(RekeyForce force, String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = force.trial().keepOpen();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
