package uk.fpw.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.nightly.cli.force.InitCommand;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.force.feed.Freshness;

/** The command line with a force folder that is missing, wrong or new. */
@Tag("time-zone")
class FpwForceFolderTest extends FpwTesting {

    @Test
    void forceThatIsNotSaidIsAskedFor() {
        assertThat(run(Map.of(), "nightly")).isEqualTo(2);
        assertThat(text(err))
                .isEqualToNormalizingNewlines("fpw: which force? " + folder
                        + " holds no force.yml; specify its folder with --force DIR, or set FPW_FORCE to it\n");
    }

    @Test
    void folderThatIsNotThereIsNamed() {
        assertThat(run(Map.of("FPW_FORCE", "kent"), "check")).isEqualTo(2);
        assertThat(text(err))
                .isEqualToNormalizingNewlines("fpw: FPW_FORCE=kent: there is no folder " + folder.resolve("kent")
                        + "; use the folder that contains force.yml\n");
    }

    @Test
    void fileInPlaceOfTheFolderIsCalledAFile() throws IOException {
        Files.createFile(folder.resolve("force.yml"));
        assertThat(run(Map.of(), "check", "--force", "force.yml")).isEqualTo(2);
        assertThat(text(err))
                .isEqualToNormalizingNewlines("fpw: --force force.yml: " + folder.resolve("force.yml")
                        + " is a file; use the folder that contains force.yml\n");
    }

    @Test
    void folderWithoutForceFileIsNamed() throws IOException {
        Files.createDirectory(folder.resolve("kent"));
        assertThat(run(Map.of(), "status", "--force", "kent")).isEqualTo(2);
        assertThat(text(err))
                .isEqualToNormalizingNewlines("fpw: --force kent: " + folder.resolve("kent")
                        + " is not a force folder, it contains no force.yml; use the folder that does\n");
    }

    @Test
    void errorsInTheForceFolderAreAllListed() throws IOException {
        Files.writeString(folder.resolve("force.yml"), "force: Kent Police\nzone: Europe/Londn\n");
        assertThat(run(Map.of(), "check", "--quick")).isEqualTo(2);
        assertThat(text(err))
                .startsWith("fpw: the force folder has ")
                .contains("force.yml:1: force: ")
                .contains("force.yml:2: zone: ");
    }

    /** The file exists and would run its Java code when it is opened. */
    @Test
    void h2AsASourceIsRefusedUnlessTheEnvironmentNamesItsFolder() throws IOException {
        run(Map.of(), "init", "kent");
        Files.writeString(folder.resolve("kent/connections.yml"), """
                connections:
                  - {name: drop, kind: files, path: drop}
                  - {name: lab, kind: jdbc, url: "jdbc:h2:file:{folder}/lab", user: reader}
                """);
        Files.createFile(folder.resolve("kent/lab.mv.db"));
        assertThat(run(Map.of(), "check", "--quick", "--force", "kent")).isEqualTo(2);
        assertThat(text(err))
                .contains("connections.yml: connection 'lab': url: is an H2 database, which can contain Java "
                        + "code, and its folder or port is not allowed in the environment; use another kind "
                        + "of database; for a trial with a database of your own, set FPW_H2_SOURCES="
                        + folder.resolve("kent").toRealPath());
        err.reset();
        assertThat(run(Map.of(), "nightly", "--force", "kent", "--date", "2016-01-12"))
                .isEqualTo(2);
        assertThat(text(err)).contains("is an H2 database, which can contain Java code");
        assertThat(run(
                        Map.of("FPW_H2_SOURCES", folder.resolve("kent").toString()),
                        "check",
                        "--quick",
                        "--force",
                        "kent"))
                .isZero();
    }

    @Test
    void fileOfTheForceFolderThatIsALinkElsewhereIsNotRead() throws IOException {
        run(Map.of(), "init", "kent");
        Path key = Files.writeString(folder.resolve("key"), "date,name\n0b0b0b0b\n");
        Files.createSymbolicLink(folder.resolve("kent/bank_holidays.csv"), key);
        assertThat(run(Map.of(), "check", "--quick", "--force", "kent")).isEqualTo(2);
        assertThat(text(err))
                .contains("bank_holidays.csv: is a symbolic link to a file outside the force folder; copy the file "
                        + "itself there")
                .doesNotContain("0b0b");
    }

    @Test
    void initWritesTheFolderOfTheWalkThrough() throws IOException {
        assertThat(run(Map.of(), "init", "my-force")).isZero();
        Matcher files = Pattern.compile("<!-- file: (\\S+) -->\n```\\w+\n(.*?)```\n", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../../docs/force-folder.md")));
        List<String> names = new ArrayList<>();
        while (files.find()) {
            names.add(files.group(1));
            assertThat(folder.resolve("my-force").resolve(files.group(1))).hasContent(files.group(2));
        }
        assertThat(names).isEqualTo(InitCommand.FILES);
        assertThat(text(out))
                .startsWith("A force folder to start from is in my-force: five invented devices, one queue.\n")
                .contains("  ./fpw nightly --force my-force --date 2026-11-23\n");
        out.reset();
        assertThat(run(Map.of(), "check", "--quick", "--force", "my-force")).isZero();
        assertThat(text(out)).isEqualToNormalizingNewlines("""
                        My Police Force (my_force): 1 feed, 1 staging query, 1 queue, 1 rule; the files are valid
                        nothing has been loaded into the warehouse %s yet (it has no database). The first run \
                        creates its tables: fpw nightly; fpw check --date D shows whether it can start
                        a run needs a pseudonym key (feeds/devices.yml: column 'exhibit'), but there is none: \
                        create one with 'openssl rand -hex 32', keep it outside the force folder, and set \
                        FPW_PSEUDONYM_KEY or FPW_PSEUDONYM_KEY_FILE
                        """.formatted(folder.resolve("var/my-force")));
    }

    /** From Maundy Thursday to Easter Monday nobody works, and nothing changes. */
    @Test
    void folderOfInitDoesNotStopOverEaster() {
        run(Map.of(), "init", "my-force");

        Freshness freshness = Objects.requireNonNull(
                ForceFolder.read(folder.resolve("my-force")).feeds().get(0).freshness());

        assertThat(freshness.isTooOld(LocalDate.of(2026, 4, 2), LocalDate.of(2026, 4, 6)))
                .isFalse();
        assertThat(freshness.isTooOld(LocalDate.of(2026, 4, 2), LocalDate.of(2026, 4, 10)))
                .isTrue();
    }

    @Test
    void checkTellsASchedulerTheNamesOfTheFolder() throws IOException {
        assertThat(run(Map.of(), "init", "my-force")).isZero();
        Files.writeString(folder.resolve("my-force/connections.yml"), """
                connections:
                  - {name: drop, kind: files, path: drop}
                  - {name: lab, kind: jdbc, url: "jdbc:postgresql://127.0.0.1/lab", user: fpw, \
                password_variable: FPW_LAB_PASSWORD}
                """);
        out.reset();
        assertThat(run(Map.of(), "check", "--names", "--force", "my-force")).isZero();
        assertThat(text(out)).isEqualToNormalizingNewlines("""
                {"force":"my_force","zone":"Europe/London",\
                "feeds":[{"name":"devices","connection":"drop"}],\
                "password_variables":{"lab":"FPW_LAB_PASSWORD"},"warehouse_password_variable":"",\
                "needs_pseudonym_key":true}
                """);
        // neither a pseudonymised column nor a feed whose rows are their own keys
        Path feed = folder.resolve("my-force/feeds/devices.yml");
        Files.writeString(feed, Files.readString(feed).replace("privacy: pseudonymise", "privacy: not_personal"));
        out.reset();
        assertThat(run(Map.of(), "check", "--names", "--force", "my-force")).isZero();
        assertThat(text(out)).contains("\"needs_pseudonym_key\":false");
    }

    @Test
    void checkWarnsOfAFeedOfChangesThatDoesNotSayHowHardDeletionsAreFound() throws IOException {
        run(Map.of(), "init", "my-force");
        Path connections = folder.resolve("my-force/connections.yml");
        Files.writeString(
                connections,
                Files.readString(connections)
                        + "  - {name: lab, kind: jdbc, url: 'jdbc:postgresql://lab-db/lab', user: fpw_reader}\n");
        Path feed = folder.resolve("my-force/feeds/devices.yml");
        String changes = Files.readString(feed)
                .replace("connection: drop", "connection: lab")
                .replaceAll("(?m)^file: .*$", "table: lab.device")
                .replaceAll("(?m)^delivery: .*\n", "")
                .replaceAll("(?m)^freshness: .*$", "freshness: none")
                .replaceAll("(?m)^extract: .*$", "extract: changes\ncursor: {column: change_seq, look_back: 1000}")
                .replace("ignored: [Officer]", "  - {name: change_seq, type: whole, privacy: not_personal}");
        Files.writeString(feed, changes);
        out.reset();
        assertThat(run(Map.of(), "check", "--quick", "--force", "my-force")).isZero();
        assertThat(text(out))
                .contains("\nwarning: feeds/devices.yml: reconcile is missing, so rows deleted from "
                        + "the source (hard deletions) and changes missed by the cursor are found only where "
                        + "a range of the cursor shows them;"
                        + " add 'reconcile: {every: 7 days}', or 'reconcile: none' if there are none\n");

        Files.writeString(feed, changes.replace("look_back: 1000}\nkey", "look_back: 1000}\nreconcile: none\nkey"));
        out.reset();
        assertThat(run(Map.of(), "check", "--quick", "--force", "my-force")).isZero();
        assertThat(text(out)).doesNotContain("warning");
    }

    @Test
    void checkSaysThatAFieldOfEarlierVersionsHasNoEffect() throws IOException {
        run(Map.of(), "init", "my-force");
        Path force = folder.resolve("my-force/force.yml");
        assertThat(force).content().doesNotContain("small_cell_threshold");
        Files.writeString(force, "pages: {small_cell_threshold: 10}\n", StandardOpenOption.APPEND);
        out.reset();
        assertThat(run(Map.of(), "check", "--quick", "--force", "my-force")).isZero();
        assertThat(text(out))
                .contains(
                        "\nwarning: force.yml: pages.small_cell_threshold no longer has an effect, because pages show "
                                + "exact figures; remove it\n");
    }

    @Test
    void checkWarnsOfAChangeBeforeAnyFigureOfItsQueues() throws IOException {
        run(Map.of(), "init", "my-force");
        Path queue = folder.resolve("my-force/queues/awaiting_examination.yml");
        String later = Files.readString(queue) + "observed_from: 2026-11-17\n";
        Files.writeString(queue, later);
        out.reset();
        assertThat(run(Map.of(), "check", "--quick", "--force", "my-force")).isZero();
        assertThat(text(out))
                .contains("\nwarning: changes/second_examiner.yml: date 2026-11-16 is before the figures of its queues "
                        + "begin, so no chart shows it; correct it if it is wrong\n");

        Files.writeString(queue, later.replace("2026-11-17", "2026-11-16"));
        out.reset();
        assertThat(run(Map.of(), "check", "--quick", "--force", "my-force")).isZero();
        assertThat(text(out)).doesNotContain("warning");
    }

    @Test
    void checkSaysWhatIsDueAndWarnsOfDatedFilesOfWhichNothingIsDeclared() throws IOException {
        run(Map.of(), "init", "my-force");
        Path feed = folder.resolve("my-force/feeds/devices.yml");
        String dated = Files.readString(feed).replaceAll("(?m)^delivery: .*\n", "");
        Files.writeString(feed, dated);
        Map<String, String> key = Map.of("FPW_PSEUDONYM_KEY", "0".repeat(64));
        out.reset();
        assertThat(run(key, "check", "--quick", "--force", "my-force", "--date", "2016-01-10"))
                .isZero();
        assertThat(text(out))
                .contains("\nwarning: feeds/devices.yml: delivery is missing, so a missing file does "
                        + "not stop a run and cannot be distinguished from a late"
                        + " file; add 'delivery: {days: daily}', or the days that have a file\n")
                .endsWith("\na run for 2016-01-10 can start\n");

        Files.writeString(folder.resolve("my-force/bank_holidays.csv"), "date,name\n2014-12-25,Christmas Day\n");
        Files.writeString(feed, dated + "delivery: {days: weekdays, bank_holidays: false}\n");
        out.reset();
        assertThat(run(key, "check", "--quick", "--force", "my-force", "--date", "2016-01-10"))
                .isZero();
        assertThat(text(out))
                .contains("\nwarning: feeds/devices.yml: delivery.bank_holidays is false, but bank_holidays.csv has "
                        + "no day of 2016, so files are due on all of its other weekdays; add them\n")
                .contains("\nwarning: bank_holidays.csv: has 1 day of 2014, fewer than the 8 that every year has, so "
                        + "its bank holidays count as unknown and control charts of its months have no limits; add the "
                        + "others, or remove these\n")
                .endsWith("\na run for 2016-01-10 can start\nfeed devices: its files up to 2016-01-08 are due "
                        + "(delivered from Monday to Friday, except bank holidays)\n");

        Files.delete(folder.resolve("my-force/bank_holidays.csv"));
        Files.writeString(feed, dated + "delivery: {days: irregular}\n");
        out.reset();
        assertThat(run(key, "check", "--quick", "--force", "my-force", "--date", "2016-01-10"))
                .isZero();
        assertThat(text(out))
                .doesNotContain("warning")
                .endsWith("\na run for 2016-01-10 can start\nfeed devices: no file is due (delivered irregularly)\n");
    }

    @Test
    void checkWarnsOfAFeedWhoseAgeIsNotKnown() throws IOException {
        run(Map.of(), "init", "my-force");
        Path feed = folder.resolve("my-force/feeds/devices.yml");
        String unknown = Files.readString(feed).replaceAll("(?m)^freshness: .*\n", "");
        Files.writeString(feed, unknown);
        out.reset();
        assertThat(run(Map.of(), "check", "--quick", "--force", "my-force")).isZero();
        assertThat(text(out))
                .contains(
                        "\nwarning: feeds/devices.yml: freshness is missing, so a file that was not renewed counts as "
                                + "that of the business date; add 'freshness: {dated_by: file_name, max_age_days: 7}', "
                                + "or 'freshness: none' if it is not renewed\n");
        Files.writeString(feed, unknown.replace("{date}", "all").replaceAll("(?m)^delivery: .*\n", ""));
        out.reset();
        assertThat(run(Map.of(), "check", "--quick", "--force", "my-force")).isZero();
        assertThat(text(out)).contains("add 'freshness: {dated_by: modification_time, max_age_days: 7}'");
    }

    @Test
    void checkWarnsOfAnAttributeWhoseValueAtEntryIsNotDeclared() throws IOException {
        run(Map.of(), "init", "my-force");
        Path staging = folder.resolve("my-force/staging/device_events.yml");
        Files.writeString(staging, Files.readString(staging).replaceAll("(?s)at_entry:.*", ""));
        out.reset();
        assertThat(run(Map.of(), "check", "--quick", "--force", "my-force")).isZero();
        assertThat(text(out))
                .contains("\nwarning: where the value of device_type at entry comes from is not declared (at_entry in "
                        + "staging/device_events.yml), so there are no curves, standards or tests by it; add "
                        + "'from: fixed', 'from: event' or 'from: changes'\n");
    }

    @Test
    void checkWarnsOfColumnsThatNoListCloses() throws IOException {
        run(Map.of(), "init", "my-force");
        Path feed = folder.resolve("my-force/feeds/devices.yml");
        out.reset();
        assertThat(run(Map.of(), "check", "--quick", "--force", "my-force")).isZero();
        assertThat(text(out)).doesNotContain("codes and dates").doesNotContain("closed list");

        Files.writeString(
                feed,
                Files.readString(feed)
                        .replaceAll("(?m)^dates: .*\n", "")
                        .replace("values: [computer, phone, tablet], ", ""));
        out.reset();
        assertThat(run(Map.of(), "check", "--quick", "--force", "my-force")).isZero();
        assertThat(text(out))
                .contains("\nwarning: feeds/devices.yml: codes and dates are missing, so codes that the staging query "
                        + "does not know, and events that it drops, are not found; add what the columns record, such "
                        + "as 'dates: {examined_on: examined}' or 'codes: {close_reason: {EX: examined}}'\n"
                        + "warning: feeds/devices.yml: column 'device_type' slices a queue and has no closed list, so "
                        + "whatever is typed there is published; add 'values: [...]' to it\n");
    }

    @Test
    void theWorkingFolderItselfIsADot() {
        assertThat(run(Map.of(), "init", ".")).isZero();
        assertThat(text(out)).contains(" check   --force .\n");
    }

    @Test
    void initCallsTheForceAfterItsFolderAndLeavesAFullOneAlone() throws IOException {
        assertThat(run(Map.of(), "init", "forces/West-Mercia 2")).isZero();
        Path written = folder.resolve("forces/West-Mercia 2");
        assertThat(written.resolve("force.yml"))
                .content()
                .contains("force: west_mercia_2\n", "  warehouse: ../var/west-mercia-2\n");
        assertThat(run(Map.of(), "init", "forces/West-Mercia 2")).isEqualTo(2);
        assertThat(text(err))
                .isEqualToNormalizingNewlines("fpw: " + written
                        + " is not an empty folder, so nothing was written; choose one that does not exist yet\n");
    }
}
