package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.JsonMappers;
import uk.fpw.layout.KeyFormat;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.model.Models;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.absence.FileSearch;

/**
 * A person is restricted: figures are those of a warehouse that never had the person, and nothing of them is anywhere
 * in clear; but every version of their rows is in the sealed file, through backups and a new key, until it is deleted.
 */
@Tag("thorough")
class RestrictionIT {

    private static final LocalDate SECOND = ErasureForce.FIRST.plusDays(1);
    private static final LocalDate THIRD = ErasureForce.FIRST.plusDays(2);
    private static final LocalDate FOURTH = ErasureForce.FIRST.plusDays(3);

    @TempDir
    private static Path folder;

    @Test
    void restrictedRowsAreInTheSealedFileOnlyAndComeBackWhenTheRestrictionIsLifted() throws Exception {
        Path list = folder.resolve("keys/erasures.json");
        Installation fpw = Installation.here(folder).set("FPW_ERASURES_FILE", list.toString());
        ErasureForce force = ErasureForce.in(folder.resolve("restricted"), true);
        assertThat(force.night(fpw, ErasureForce.FIRST).exitCode()).isZero();
        assertThat(night(force, fpw, SECOND)).isZero();
        String file = force.values(folder).toString();
        String before = folder.resolve("before").toString();
        fpw.succeed("backup", before, "--force", force.path());

        Installation.Outcome preview = fpw.succeed("restrict", "--person-file", file, "--force", force.path());
        assertThat(preview.out())
                .contains("To be restricted: taken out of the warehouse, the versions in raw into a sealed file:")
                .contains("raw.devices: 3 rows", "raw.exits: 2 rows", "Nothing was changed.")
                .doesNotContain("CANARY", "Canary");
        assertThat(evidence(force)).isEmpty();

        Installation.Outcome restricted = fpw.succeed(restrict(force, file));
        assertThat(restricted.out())
                .contains("Restricted, the versions in raw in a sealed file:", "raw.devices: 3 rows")
                .contains("The database was compacted.")
                .contains("of the database: nothing was found.")
                .contains(".sealed is the sealed file of a restriction: what it contains is encrypted")
                .doesNotContain("CANARY", "Canary");
        requireNothingInClear(force);
        Path sealed = evidence(force).get(0);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sealed)))
                .isEqualTo("rw-------");
        String id = sealed.getFileName().toString().replace(".sealed", "");
        assertThat(fpw.succeed("restrict", "--list", "--force", force.path()).out())
                .containsPattern("^" + id + "  20..-..-..  person, by .*, 5 versions: stands, to be reviewed on "
                        + "2029-05-03\\R    DPA 2018 s.47\\(4\\); letter 17\\R$");
        assertThat(ErasureIT.rows(force, "select distinct ends_on, restriction_id from ops.tombstone"))
                .containsExactly("9999-12-31 | " + id);
        fpw.succeed("verify", "--files", "--force", force.path());
        String standing = "some of what is given is restricted (fpw restrict --list: " + id + ")";
        assertThat(fpw.run(ErasureIT.erase(force, file)).err()).contains(standing);
        assertThat(fpw.run("restrict", "--person-file", file, "--force", force.path())
                        .err())
                .contains(standing);

        ErasureForce never = ErasureForce.in(folder.resolve("never"), false);
        for (LocalDate date : List.of(ErasureForce.FIRST, SECOND, THIRD)) {
            assertThat(never.night(fpw, date).exitCode()).isZero();
        }
        assertThat(night(force, fpw, THIRD)).isZero();
        assertThat(keptOut(force, THIRD)).containsExactly("devices | 3", "exits | 2");
        requireNothingInClear(force);
        for (String mart : Models.marts().stream().map(model -> model.table()).toList()) {
            if (!ErasureIT.OF_EARLIER_RELEASES.contains(mart)) {
                assertThat(ErasureIT.figures(fpw, force, mart)).as(mart).isEqualTo(ErasureIT.figures(fpw, never, mart));
            }
        }

        List<String> opened = open(fpw, force, id, "first.jsonl");
        assertThat(versions(force, id, opened))
                .containsExactly(
                        "devices 2025-03-01 upsert 17 D0015-CANARY received 2024-06-04, null",
                        "devices 2025-03-01 upsert 167 D0165-CANARY received 2024-04-15, computer",
                        "devices 2025-03-02 upsert 167 D0165-CANARY received 2024-04-15, phone",
                        "exits 2025-03-01 upsert 12 D0165-CANARY withdrawn 2024-06-14",
                        "exits 2025-03-01 upsert 3 D0015-CANARY withdrawn 2024-08-03");
        assertThat(fpw.succeed("looks", "--force", force.path()).out())
                .contains("fpw restrict restriction " + id + ": 5 rows", "    asked by the court");
        assertThat(fpw.succeed("looks", "--verify", "--force", force.path()).out())
                .contains("complete and unchanged");
        assertThat(fpw.run(open(force, id, "first.jsonl")).err())
                .contains("first.jsonl already exists; give another --output. Nothing was opened");

        String after = folder.resolve("after").toString();
        fpw.succeed("backup", after, "--force", force.path());
        RekeyKills.delete(force.warehouse());
        assertThat(fpw.run("restore", before, "--force", force.path()).err()).contains("lacks 1 erasure (");
        fpw.succeed("erase", "--again", "--force", force.path(), "--confirm");
        requireNothingInClear(force);
        assertThat(open(fpw, force, id, "again.jsonl")).isEqualTo(opened);
        RekeyKills.delete(force.warehouse());
        fpw.succeed("restore", after, "--force", force.path());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sealed)))
                .isEqualTo("rw-------");
        assertThat(open(fpw, force, id, "restored.jsonl")).isEqualTo(opened);

        Installation rekeyed = Installation.here(folder)
                .set("FPW_ERASURES_FILE", list.toString())
                .set("FPW_PSEUDONYM_KEY", "ff".repeat(32))
                .set("FPW_FORMER_PSEUDONYM_KEY", Installation.PSEUDONYM_KEY);
        rekeyed.succeed("rekey", "--force", force.path(), "--confirm");
        assertThat(open(rekeyed, force, id, "rekeyed.jsonl")).isEqualTo(opened);

        rekeyed.succeed(end(force, "--lift", id, "acquitted"));
        assertThat(night(force, rekeyed, FOURTH)).isZero();
        assertThat(keptOut(force, FOURTH)).containsExactly("devices | 0", "exits | 0");
        assertThat(ErasureIT.rows(
                        force,
                        "select feed, loaded_count from ops.feed_load where business_date = date '" + FOURTH
                                + "' order by feed"))
                .containsExactly("devices | 2", "exits | 2");
        assertThat(rekeyed.succeed("restrict", "--list", "--force", force.path())
                        .out())
                .containsPattern("lifted on 20..-..-.. by .* \\(acquitted\\); sealed file kept\\R");
        assertThat(open(rekeyed, force, id, "lifted.jsonl")).isEqualTo(opened);
        rekeyed.succeed(end(force, "--erase", id, "case closed"));
        assertThat(evidence(force)).isEmpty();
        assertThat(rekeyed.run(open(force, id, "erased.jsonl")).err())
                .contains("the sealed file of restriction " + id + " was deleted; nothing can be opened");
    }

    /** The night of a date, with a device of the person that was corrected; its exit code. */
    private static int night(ErasureForce force, Installation fpw, LocalDate date) {
        return force.night(
                        fpw, date, line -> line.startsWith("D0165-CANARY,") ? line.replace("computer", "phone") : line)
                .exitCode();
    }

    /** The versions in a sealed file: which feed, when, how and in which line loaded, and what they say. */
    private static List<String> versions(ErasureForce force, String id, List<String> lines) throws Exception {
        Pseudonymiser key = Pseudonymiser.fromEnvironment(
                Map.of("FPW_PSEUDONYM_KEY", Installation.PSEUDONYM_KEY), KeyFormat.BASE32);
        List<String> loads = ErasureIT.rows(force, "select feed, load_id from ops.feed_load");
        List<JsonNode> read = new ArrayList<>();
        for (String line : lines) {
            read.add(JsonMappers.snakeCase().readTree(line));
        }
        assertThat(read.get(0).path("restriction").asText()).isEqualTo(id);
        assertThat(read.get(0).path("pseudonym_key").asText()).isEqualTo(key.fingerprint());
        assertThat(read.get(read.size() - 1).path("versions").asInt()).isEqualTo(read.size() - 2);
        List<String> versions = new ArrayList<>();
        for (JsonNode line : read.subList(1, read.size() - 1)) {
            JsonNode version = line.path("version");
            boolean isDevice = line.path("feed").asText().equals("devices");
            assertThat(loads)
                    .contains(line.path("feed").asText() + " | "
                            + version.path("_load_id").asText());
            assertThat(Instant.parse(version.path("_loaded_at").asText())).isNotNull();
            assertThat(version.path("suspect_id").asText(null))
                    .isEqualTo(isDevice ? key.apply(ErasureForce.PERSON) : null);
            String device = ErasureForce.DEVICES.stream()
                    .filter(one ->
                            key.apply(one).equals(version.path("device_id").asText()))
                    .findFirst()
                    .orElseThrow();
            versions.add(line.path("feed").asText() + " "
                    + version.path("_known_on").asText() + " "
                    + version.path("_op").asText() + " " + version.path("_line").asText() + " " + device
                    + (isDevice
                            ? " received " + version.path("received_on").asText() + ", "
                                    + version.path("kind").asText(null)
                            : " withdrawn " + version.path("withdrawn_on").asText()));
        }
        return versions;
    }

    /** Gaps are named, and the sealed file is the only one. */
    private static void requireNothingInClear(ErasureForce force) throws IOException {
        FileSearch.Result found = ErasureIT.search(force);
        assertThat(found.hits()).isEmpty();
        assertThat(found.gaps())
                .extracting(FileSearch.Gap::place)
                .containsExactlyElementsOf(
                        evidence(force).stream().map(Path::toString).toList());
    }

    private static List<Path> evidence(ErasureForce force) throws IOException {
        Path evidence = new WarehouseFolder(force.warehouse().toRealPath()).evidence();
        if (!Files.isDirectory(evidence)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(evidence)) {
            return files.toList();
        }
    }

    private static List<String> keptOut(ErasureForce force, LocalDate date) throws Exception {
        return ErasureIT.rows(
                force,
                "select feed, kept_out_count from ops.feed_load where business_date = date '" + date
                        + "' order by feed");
    }

    static String[] restrict(ErasureForce force, String file) {
        return new String[] {
            "restrict",
            "--person-file",
            file,
            "--confirm",
            "--ground",
            "DPA 2018 s.47(4)",
            "--reason",
            "letter 17",
            "--review-on",
            "2029-05-03",
            "--force",
            force.path()
        };
    }

    private static String[] end(ErasureForce force, String option, String id, String reason) {
        return new String[] {"restrict", option, id, "--reason", reason, "--confirm", "--force", force.path()};
    }

    private static String[] open(ErasureForce force, String id, String output) {
        return new String[] {
            "restrict",
            "--open",
            id.substring(0, 8),
            "--reason",
            "asked by the court",
            "--output",
            folder.resolve(output).toString(),
            "--force",
            force.path()
        };
    }

    /** The lines of the sealed file. */
    private static List<String> open(Installation fpw, ErasureForce force, String id, String output)
            throws IOException {
        Path file = folder.resolve(output);
        assertThat(fpw.succeed(open(force, id, output)).out())
                .contains("Wrote 5 versions of rows to ", "The read is on record.");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        return Files.readAllLines(file);
    }
}
