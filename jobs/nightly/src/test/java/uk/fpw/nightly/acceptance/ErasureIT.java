package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.KeyFormat;
import uk.fpw.model.Models;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.absence.FileSearch;
import uk.fpw.warehouse.store.absence.Needles;

/**
 * A person is erased from a warehouse, with everything that names them. No byte of it is left, and from the next night
 * on all figures are those of a warehouse that never had the person.
 */
@Tag("thorough")
class ErasureIT {

    private static final LocalDate SECOND = ErasureForce.FIRST.plusDays(1);
    private static final LocalDate THIRD = ErasureForce.FIRST.plusDays(2);

    /** Marts about the releases before, in which the person was. */
    static final List<String> OF_EARLIER_RELEASES =
            List.of("mart.figure_change", "mart.statistic_change", "mart.settling", "mart.settling_month");

    @TempDir
    private static Path folder;

    @Test
    void nothingOfAnErasedPersonIsLeftAndLaterFiguresAreThoseWithoutThem() throws Exception {
        Path list = folder.resolve("keys/erasures.json");
        Installation fpw = Installation.here(folder).set("FPW_ERASURES_FILE", list.toString());
        ErasureForce force = ErasureForce.in(folder.resolve("erased"), true);
        assertThat(force.night(fpw, ErasureForce.FIRST).exitCode()).isZero();
        fpw.succeed("pin", ErasureForce.FIRST + ".1", "first-night", "--force", force.path());
        assertThat(force.night(fpw, SECOND).exitCode()).isZero();
        look(fpw, force);
        String file = force.values(folder).toString();
        assertThat(search(force).hits()).isNotEmpty();
        String backups = folder.resolve("backups").toString();
        fpw.succeed("backup", backups, "--force", force.path());

        Installation.Outcome preview = fpw.succeed("erase", "--person-file", file, "--force", force.path());
        assertThat(preview.out())
                .contains("raw.devices: 2 rows", "raw.exits: 2 rows", "items of which no row remains: 2")
                .contains("release " + ErasureForce.FIRST + ".1: core.event ")
                .contains("Nothing was changed.")
                .doesNotContain("CANARY", "Canary");

        Installation.Outcome erased = fpw.succeed(erase(force, file));
        assertThat(erased.out())
                .contains("Erased:", "raw.devices: 2 rows", "The database was compacted.")
                .containsPattern("Searched every byte of [0-9]+ files, and every row of [0-9]+ tables of the database: "
                        + "nothing was found\\.\\R$")
                .doesNotContain("CANARY", "Canary");
        assertThat(search(force).hits()).isEmpty();
        assertThat(rows(force, "select kind, reason, row_count, item_count from ops.erasure"))
                .containsExactly("person | letter 17 | 4 | 2");
        assertThat(rows(force, "select count(*) from ops.erasure where finished_at is null"))
                .containsExactly("0");
        assertThat(rows(force, "select count(*) from ops.tombstone where kind = 'value'"))
                .containsExactly("4");
        assertThat(rows(force, "select distinct reason from ops.item_look"))
                .containsExactly("to answer the letter of (erased)");
        fpw.succeed("verify", "--files", "--force", force.path());
        fpw.succeed("verify", "first-night", "--force", force.path());
        assertThat(fpw.succeed("looks", "--verify", "--force", force.path()).out())
                .contains("complete and unchanged but for the texts of 1 record, which were erased");

        String history = "select row_key from history.devices order by all";
        assertThat(versions(fpw, force, history).exitCode())
                .as("the list of files is not used after the erasure")
                .isEqualTo(4);

        Installation.Outcome again = fpw.run("erase", "--person-file", file, "--force", force.path());
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("nothing was found: no row in the warehouse has such a value or key");

        ErasureForce never = ErasureForce.in(folder.resolve("never"), false);
        for (LocalDate date : List.of(ErasureForce.FIRST, SECOND, THIRD)) {
            assertThat(never.night(fpw, date).exitCode()).isZero();
        }
        assertThat(force.night(fpw, THIRD).exitCode()).isZero();
        assertThat(rows(
                        force,
                        "select feed, kept_out_count from ops.feed_load where business_date = date '" + THIRD
                                + "' order by feed"))
                .containsExactly("devices | 3", "exits | 2");
        assertThat(search(force).hits()).isEmpty();
        for (String mart : Models.marts().stream().map(model -> model.table()).toList()) {
            if (!OF_EARLIER_RELEASES.contains(mart)) {
                assertThat(figures(fpw, force, mart)).as(mart).isEqualTo(figures(fpw, never, mart));
            }
        }

        assertThat(versions(fpw, force, history).out())
                .isNotEmpty()
                .isEqualTo(versions(fpw, never, history).out());

        assertThat(fpw.succeed("backup", backups, "--force", force.path()).out())
                .contains("not included: the list of erasures " + list)
                .contains("earlier backups from before the last erasure, which may contain erased rows: 1");
        refusesTheRestoredBackup(fpw, force, backups);
        fpw.succeed("erase", "--again", "--force", force.path(), "--confirm");
        assertThat(search(force).hits()).isEmpty();
        assertThat(rows(force, "select kind, reason, row_count, item_count, is_listed from ops.erasure"))
                .containsExactly("person | letter 17 | 4 | 2 | TRUE");
        assertThat(rows(force, "select count(*) from ops.tombstone where kind = 'value'"))
                .containsExactly("4");
        assertThat(rows(force, "select distinct reason from ops.item_look"))
                .containsExactly("to answer the letter of (erased)");
        fpw.succeed("verify", "--files", "--force", force.path());
        assertThat(force.night(fpw, THIRD).exitCode()).isZero();
        assertThat(figures(fpw, force, "mart.queue_monthly")).isEqualTo(figures(fpw, never, "mart.queue_monthly"));
        assertThat(search(force).hits()).isEmpty();

        Installation other = Installation.here(folder)
                .set("FPW_ERASURES_FILE", list.toString())
                .set("FPW_PSEUDONYM_KEY", "ff".repeat(32))
                .set("FPW_FORMER_PSEUDONYM_KEY", Installation.PSEUDONYM_KEY);
        other.succeed("rekey", "--force", force.path(), "--confirm");
        refusesTheRestoredBackup(fpw, force, backups);
        assertThat(fpw.run("erase", "--again", "--force", force.path(), "--confirm")
                        .err())
                .contains("is listed under the pseudonym key with fingerprint ");
        assertThat(other.run("rekey", "--force", force.path(), "--confirm").err())
                .contains("Run 'fpw erase --again' for this force folder");
        other.succeed("erase", "--again", "--force", force.path(), "--confirm");
        other.succeed("rekey", "--force", force.path(), "--confirm");
        assertThat(search(force).hits()).isEmpty();
    }

    /** Restores the first backup, which has the person; until they are erased again, nothing else can be done. */
    private static void refusesTheRestoredBackup(Installation fpw, ErasureForce force, String backups)
            throws IOException {
        String backup;
        try (Stream<Path> folders = Files.list(Path.of(backups))) {
            backup = folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.startsWith("20"))
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
        }
        RekeyKills.delete(force.warehouse());
        String lacks = "lacks 1 erasure (";
        Installation.Outcome restored = fpw.run("restore", backups, "--backup", backup, "--force", force.path());
        assertThat(restored.exitCode()).isEqualTo(2);
        assertThat(restored.err()).contains("the backup was restored, but the warehouse in ", lacks);
        assertThat(search(force).hits()).isNotEmpty();
        assertThat(force.night(fpw, THIRD).err()).contains(lacks);
        assertThat(fpw.run("query", "--force", force.path(), "select 1").err())
                .contains("may contain erased rows", "fpw erase --again");
        for (String[] command :
                new String[][] {{"backup", backups}, {"export"}, {"report"}, {"unpin", "first-night"}}) {
            List<String> arguments = new ArrayList<>(List.of(command));
            arguments.addAll(List.of("--force", force.path()));
            Installation.Outcome refused = fpw.run(arguments.toArray(String[]::new));
            assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(2);
            assertThat(refused.err()).contains(lacks);
        }
        assertThat(fpw.succeed("status", "--force", force.path()).err()).contains(lacks);
    }

    /** The command that erases the person. */
    static String[] erase(ErasureForce force, String file) {
        return new String[] {
            "erase",
            "--person-file",
            file,
            "--confirm",
            "--ground",
            "DPA 2018 s.47",
            "--reason",
            "letter 17",
            "--until",
            "2030-01-01",
            "--force",
            force.path()
        };
    }

    static void look(Installation fpw, ErasureForce force) {
        fpw.succeed(
                "items",
                "--queue",
                "awaiting_examination",
                "--month",
                "2025-02",
                "--measure",
                "waiting_count",
                "--reason",
                "to answer the letter of " + ErasureForce.PERSON,
                "--force",
                force.path());
        fpw.succeed(
                "query",
                "--force",
                force.path(),
                "--reason",
                "the letter of " + ErasureForce.PERSON,
                "select count(*) from core.spell");
    }

    private static Installation.Outcome versions(Installation fpw, ErasureForce force, String sql) {
        return fpw.run("query", "--force", force.path(), "--format", "csv", "--reason", "test", sql);
    }

    /** Where any byte of the person is left. */
    static FileSearch.Result search(ErasureForce force) {
        return search(force, force.warehouse());
    }

    static FileSearch.Result search(ErasureForce force, Path place) {
        return FileSearch.search(needles(force), List.of(place));
    }

    static Needles needles(ErasureForce force) {
        List<String> texts = new ArrayList<>(force.pseudonymised());
        Pseudonymiser key = Pseudonymiser.fromEnvironment(
                Map.of("FPW_PSEUDONYM_KEY", Installation.PSEUDONYM_KEY), KeyFormat.BASE32);
        List<String> pseudonyms = texts.stream().map(key::apply).toList();
        texts.addAll(force.plain());
        return Needles.of(texts, pseudonyms);
    }

    static List<JsonNode> figures(Installation fpw, ErasureForce force, String mart) {
        return Installation.rows(fpw.succeed(
                "query", "--force", force.path(), "--format", "json", "select * from " + mart + " order by all"));
    }

    static List<String> rows(ErasureForce force, String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = force.force().trial().keepOpen();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    values.add(rows.getString(column));
                }
                found.add(String.join(" | ", values));
            }
        }
        return found;
    }
}
