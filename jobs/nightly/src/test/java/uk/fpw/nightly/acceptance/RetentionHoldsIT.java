package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Held rows stay through a new pseudonym key until they are released; a hold ends when its row is erased or restricted;
 * what a restriction has sealed is not removed, nor loaded again once its time is over.
 */
@Tag("thorough")
class RetentionHoldsIT {

    private static final LocalDate FIRST = RetentionIT.FIRST;
    private static final LocalDate SECOND = FIRST.plusDays(1);
    private static final LocalDate THIRD = FIRST.plusDays(2);

    @TempDir
    private Path folder;

    /** In its own database. */
    void prepare(TrialForce trial) {}

    @Test
    void heldRowsStayAndRestrictedOnesAreNotForgotten() throws Exception {
        Installation fpw = Installation.here(folder);
        RetainedForce force = RetainedForce.in(folder.resolve("force"), 7, true);
        prepare(force.trial());
        force.succeed(fpw, FIRST);
        assertThat(status(fpw, force)).contains("Retention: the time of rows of devices may be over (fpw retain)");
        List<String> over = force.over(FIRST).stream().toList();
        String held = keys("held", over.subList(0, 3));
        String erased = keys("erased", over.subList(1, 2));
        String restricted = keys("restricted", over.subList(2, 3));
        fpw.succeed(of(force, "retain", "--hold", held, "--reason", "complaint 12", "--review-on", "2023-06-01"));

        assertThat(fpw.succeed(of(
                                force,
                                "erase",
                                "--confirm",
                                erased,
                                "--ground",
                                "DPA 2018 s.47",
                                "--reason",
                                "letter 17",
                                "--until",
                                "2099-12-31"))
                        .out())
                .contains("1 hold (fpw retain) of rows of feed devices ended, because the row leaves the warehouse");
        assertThat(fpw.succeed(of(
                                force,
                                "restrict",
                                "--confirm",
                                restricted,
                                "--ground",
                                "DPA 2018 s.47(4)",
                                "--reason",
                                "letter 18",
                                "--review-on",
                                "2099-12-31"))
                        .out())
                .contains("1 hold (fpw retain) of rows of feed devices ended, because the row leaves the warehouse");
        assertThat(fpw.succeed("retain", "--list", "--force", force.path()).out())
                .hasLineCount(1)
                .contains("devices: a row held since ", "complaint 12");
        force.night(fpw, SECOND);

        Installation rekeyed = Installation.here(folder)
                .set("FPW_PSEUDONYM_KEY", "ff".repeat(32))
                .set("FPW_FORMER_PSEUDONYM_KEY", Installation.PSEUDONYM_KEY);
        rekeyed.succeed("rekey", "--force", force.path(), "--confirm");
        Installation.Outcome removed = RetentionIT.retain(rekeyed, force);
        assertThat(removed.out())
                .contains("Not removed, whatever their time: what the sealed files of 1 restriction contain", "1 held")
                .doesNotContain("-C");
        assertThat(rekeyed.succeed(
                                "items",
                                "--queue",
                                "awaiting_examination",
                                "--month",
                                "2021-01",
                                "--measure",
                                "received_count",
                                "--reason",
                                "to see that they are gone",
                                "--force",
                                force.path())
                        .err())
                .contains("items were found; rows were removed after their time (fpw retain), and the count stands");
        assertThat(status(rekeyed, force)).contains("Retention: 1 hold to be reviewed (fpw retain --list)");

        String one = keys("one", over.subList(0, 1));
        assertThat(rekeyed.succeed(of(force, "retain", "--release", one)).out())
                .contains("No longer held: 1 row of devices.");
        assertThat(RetentionIT.retain(rekeyed, force).out()).contains("): 1 row of items", "raw.devices: ");
        assertThat(RetentionIT.retain(rekeyed, force).out()).contains("Nothing is to be removed; nothing was changed.");
        assertThat(status(rekeyed, force)).doesNotContain("Retention:");

        String id = RemovalKills.rows(force.trial(), "select restriction_id from ops.restriction")
                .get(0);
        assertThat(rekeyed.succeed(
                                "restrict", "--lift", id, "--reason", "acquitted", "--confirm", "--force", force.path())
                        .out())
                .contains("Rows of feed devices that were closed before 2021-04-01 are not taken, since their time is "
                        + "over (fpw retain): they stay in the sealed file only.");
        Installation.Outcome night = force.night(rekeyed, THIRD);
        int kept = force.over(SECOND).size();
        assertThat(night.out()).contains(kept + " rows are kept out, because they were erased, or their time is over");
        assertThat(RemovalKills.rows(
                        force.trial(),
                        "select received_count, kept_out_count, loaded_count, deleted_count from ops.feed_load where "
                                + "business_date = date '" + THIRD + "'"))
                .allMatch(row -> row.startsWith(force.sentCount(THIRD) + " | " + kept + " | ") && row.endsWith(" | 0"));
    }

    private static String status(Installation fpw, RetainedForce force) {
        return fpw.succeed("status", "--force", force.path()).out();
    }

    private String keys(String name, List<String> devices) throws IOException {
        return Files.write(folder.resolve(name + ".txt"), devices).toString();
    }

    /** A command about rows of the feed; its third argument is the file with their keys. */
    private static String[] of(RetainedForce force, String command, String what, String keys, String... others) {
        List<String> arguments = new ArrayList<>(
                List.of(command, what, "--feed", "devices", "--key-file", keys, "--force", force.path()));
        arguments.addAll(List.of(others));
        return arguments.toArray(new String[0]);
    }
}
