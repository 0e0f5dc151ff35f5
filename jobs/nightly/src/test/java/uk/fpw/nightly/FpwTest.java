package uk.fpw.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FpwTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void helpListsEveryCommandAndExitCode() {
        assertThat(run(Map.of(), "--help")).isZero();
        assertThat(text(out))
                .contains("nightly", "ingest", "metrics", "release", "export", "rejections")
                .contains(
                        "check",
                        "query",
                        "shell",
                        "status",
                        "releases",
                        "diff",
                        "items",
                        "looks",
                        "items",
                        "looks",
                        "verify",
                        "pin",
                        "unpin",
                        "accept",
                        "relocate",
                        "trust",
                        "withdraw",
                        "init",
                        "profile",
                        "test",
                        "archive-classes")
                .contains("5     The candidate failed its audit; the previous release stays current.")
                .contains("6     Another run is in progress; a retry may help.");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void everyCommandHasItsOwnHelp() {
        for (String command : new String[] {
            "nightly",
            "ingest",
            "metrics",
            "release",
            "export",
            "rejections",
            "check",
            "status",
            "releases",
            "diff",
            "items",
            "looks",
            "verify",
            "pin",
            "unpin",
            "keep",
            "accept",
            "relocate",
            "trust",
            "withdraw",
            "init",
            "profile",
            "test",
            "completion",
            "archive-classes"
        }) {
            out.reset();
            assertThat(run(Map.of(), command, "--help")).isZero();
            assertThat(text(out)).startsWith("Usage: fpw " + command);
        }
    }

    @Test
    void unknownCommandIsRefusedWithWhatMayHaveBeenMeant() {
        assertThat(run(Map.of(), "nigtly")).isEqualTo(2);
        assertThat(text(err)).isEqualToNormalizingNewlines("""
                        fpw: there is no command 'nigtly'
                        Did you mean: fpw nightly or fpw init?
                        Try fpw --help
                        """);
        err.reset();
        assertThat(run(Map.of(), "status", "nigtly")).isEqualTo(2);
        assertThat(text(err)).startsWith("fpw: Unmatched argument at index 1: 'nigtly'\n");
    }

    @Test
    void noCommandIsRefused() {
        assertThat(run(Map.of())).isEqualTo(2);
        assertThat(text(err)).isEqualToNormalizingNewlines("""
                        fpw: no command given; see --help for the commands
                        Try fpw --help
                        """);
    }

    @Test
    void withdrawalNeedsAReason() {
        assertThat(run(Map.of(), "withdraw")).isEqualTo(2);
        assertThat(text(err)).isEqualToNormalizingNewlines("""
                        fpw: specify what to withdraw: fpw withdraw release RELEASE --reason TEXT, fpw withdraw load \
                        LOAD \
                        --reason TEXT
                        Try fpw withdraw --help
                        """);
        err.reset();
        assertThat(run(Map.of(), "withdraw", "load", "2016-01-12.0a1b")).isEqualTo(2);
        assertThat(text(err)).isEqualToNormalizingNewlines("""
                        fpw: Missing required option: '--reason=TEXT'
                        Try fpw withdraw load --help
                        """);
        err.reset();
        assertThat(run(Map.of(), "withdraw", "release", "2016-01-12.1", "--reason", " "))
                .isEqualTo(2);
        assertThat(text(err)).isEqualToNormalizingNewlines("""
                        fpw: --reason has 0 characters; give a reason of 1 to 1,000 characters
                        Try fpw withdraw release --help
                        """);
    }

    @Test
    void itemsAreListedForOneCountAndAReason() {
        assertThat(run(Map.of(), "items", "--queue", "q", "--month", "2015-10", "--measure", "left_count"))
                .isEqualTo(2);
        assertThat(text(err)).isEqualToNormalizingNewlines("""
                        fpw: Missing required option: '--reason=TEXT'
                        Try fpw items --help
                        """);
        assertItemsRefused(
                "'2015-10-02' is not a month; use a form like 2015-10", "--month", "2015-10-02", "--reason", "why");
        assertItemsRefused(
                "the items behind 'oldest_age_days' cannot be listed; use one of received_count, reentered_count, "
                        + "left_count, served_count, waiting_count, age_unknown_count, out_of_order_count",
                "--measure",
                "oldest_age_days",
                "--reason",
                "why");
        assertItemsRefused(
                "'phone' is not a slice with a value; use a form like device_type=phone",
                "--slice",
                "phone",
                "--reason",
                "why");
    }

    private void assertItemsRefused(String why, String... options) {
        err.reset();
        String[] command = Stream.concat(Stream.of("items", "--queue", "q"), Stream.of(options))
                .toArray(String[]::new);
        assertThat(run(Map.of(), command)).isEqualTo(2);
        assertThat(text(err)).contains(why);
    }

    @Test
    void dateThatIsNoneIsRefused() {
        assertThat(run(Map.of(), "nightly", "--date", "12.1.2016")).isEqualTo(2);
        assertThat(text(err)).isEqualToNormalizingNewlines("""
                        fpw: Invalid value for option '--date': '12.1.2016' is not a date; use a form like 2016-01-12
                        Try fpw nightly --help
                        """);
    }

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

    /** The file is there and would run its Java when it is opened. */
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
    void queryBehindOptionsIsSentToTheFront() {
        assertThat(run(Map.of(), "query", "select 1")).isEqualTo(2);
        assertThat(text(err))
                .isEqualToNormalizingNewlines("fpw: 'query' must be the first argument: ./fpw query " + "select 1\n");
    }

    @Test
    void oneNightAndSeveralAtOnceAreRefused() {
        assertThat(run(Map.of(), "nightly", "--date", "2016-01-12", "--from", "2016-01-10"))
                .isEqualTo(2);
        assertThat(text(err)).isEqualToNormalizingNewlines("""
                        fpw: --date is a single date, --from and --to are a range; use one or the other
                        Try fpw nightly --help
                        """);
        err.reset();
        assertThat(run(Map.of(), "nightly", "--to", "2016-01-10")).isEqualTo(2);
        assertThat(text(err)).isEqualToNormalizingNewlines("""
                        fpw: --to needs --from, the first business date
                        Try fpw nightly --help
                        """);
    }

    @Test
    void pinningNeedsAReleaseAndAName() {
        assertThat(run(Map.of(), "pin", "2016-01-12.1")).isEqualTo(2);
        assertThat(text(err)).isEqualToNormalizingNewlines("""
                        fpw: Missing required parameter: 'NAME'
                        Try fpw pin --help
                        """);
        err.reset();
        assertThat(run(Map.of(), "unpin")).isEqualTo(2);
        assertThat(text(err)).isEqualToNormalizingNewlines("""
                        fpw: Missing required parameter: 'NAME'
                        Try fpw unpin --help
                        """);
    }

    @Test
    void helpDoesNotListTheFormerNameOfPin() {
        assertThat(run(Map.of(), "--help")).isZero();
        assertThat(text(out).lines().map(String::strip)).noneMatch(line -> line.startsWith("keep "));
    }

    @Test
    void keepingNeedsAReleaseAndANameOrANameThatIsGivenUp() {
        for (String[] words : new String[][] {
            {"keep"}, {"keep", "2016-01-12.1"}, {"keep", "2016-01-12.1", "year-end", "--give-up", "year-end"}
        }) {
            err.reset();
            assertThat(run(Map.of(), words)).isEqualTo(2);
            assertThat(text(err))
                    .startsWith("fpw: specify the release to pin and its name, or the name to remove: fpw "
                            + "pin RELEASE NAME, fpw unpin NAME");
        }
    }

    @Test
    void nightsThatEndBeforeTheyBeginOrInTheFutureAreRefused() {
        run(Map.of(), "init", "kent");
        assertThat(run(Map.of(), "nightly", "--force", "kent", "--from", "2016-01-12", "--to", "2016-01-10"))
                .isEqualTo(2);
        assertThat(text(err)).isEqualToNormalizingNewlines("""
                        fpw: --from 2016-01-12 is later than --to 2016-01-10
                        Try fpw nightly --help
                        """);
        err.reset();
        assertThat(run(Map.of(), "nightly", "--force", "kent", "--from", "2016-01-12", "--to", "3016-01-10"))
                .isEqualTo(2);
        assertThat(text(err)).startsWith("fpw: --to 3016-01-10 is in the future: today is ");
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
                .contains("  ./fpw nightly --force my-force\n");
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
                .replaceAll("(?m)^extract: .*$", "extract: changes\ncursor: {column: change_seq, look_back: 1000}")
                .replace("ignored: [Officer]", "  - {name: change_seq, type: whole, privacy: not_personal}");
        Files.writeString(feed, changes);
        out.reset();
        assertThat(run(Map.of(), "check", "--quick", "--force", "my-force")).isZero();
        assertThat(text(out))
                .contains("\nwarning: feeds/devices.yml: reconcile is missing, so rows deleted from "
                        + "the source (hard deletions) and changes missed by the cursor are not detected;"
                        + " add 'reconcile: {every: 7 days}', or 'reconcile: none' if there are none\n");

        Files.writeString(feed, changes.replace("look_back: 1000}\nkey", "look_back: 1000}\nreconcile: none\nkey"));
        out.reset();
        assertThat(run(Map.of(), "check", "--quick", "--force", "my-force")).isZero();
        assertThat(text(out)).doesNotContain("warning");
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
                        + "begin, so that no chart shows it; correct it if it is wrong\n");

        Files.writeString(queue, later.replace("2026-11-17", "2026-11-16"));
        out.reset();
        assertThat(run(Map.of(), "check", "--quick", "--force", "my-force")).isZero();
        assertThat(text(out)).doesNotContain("warning");
    }

    @Test
    void checkSaysWhatIsDueAndWarnsOfDatedFilesOfWhichNothingIsDeclared() throws IOException {
        run(Map.of(), "init", "my-force");
        Path feed = folder.resolve("my-force/feeds/devices.yml");
        String dated = Files.readString(feed).replaceAll("(?m)^file: .*$", "file: devices_{date}.csv");
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
                        + "no day of 2016, so files are due on all of its weekdays; add them\n")
                .endsWith("\na run for 2016-01-10 can start\nfeed devices: its files up to 2016-01-08 are due "
                        + "(delivered from Monday to Friday, except bank holidays)\n");

        Files.writeString(feed, dated + "delivery: {days: irregular}\n");
        out.reset();
        assertThat(run(key, "check", "--quick", "--force", "my-force", "--date", "2016-01-10"))
                .isZero();
        assertThat(text(out))
                .doesNotContain("warning")
                .endsWith("\na run for 2016-01-10 can start\nfeed devices: no file is due (delivered irregularly)\n");
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

    @Test
    void acceptanceOfWhatTheForceHasNotIsRefusedWithWhatItHas() {
        assertThat(run(Map.of(), "init", "my-force")).isZero();
        String feeds = folder.resolve("my-force") + "; feeds: devices";
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put(
                "devices",
                "'devices' does not contain a limit; use FEED:LIMIT or QUEUE:LIMIT. Limits of a feed: deleted, "
                        + "changed, "
                        + "emptied, deleted_28_days, emptied_28_days, replaced_28_days, empty_keys, cursor; "
                        + "of a queue: spells, total, closures, left_out");
        wrong.put(
                "devices:deletd",
                "'deletd' is not a limit. Limits of a feed: deleted, changed, emptied, deleted_28_days, "
                        + "emptied_28_days, replaced_28_days, empty_keys, cursor; of a queue: spells, total, "
                        + "closures, left_out");
        wrong.put("device:deleted", "'deleted' is a limit of feeds, and there is no feed 'device' in " + feeds);
        wrong.put(
                "devices:closures",
                "'closures' is a limit of queues, and there is no queue 'devices' in " + folder.resolve("my-force")
                        + "; queues: awaiting_examination");
        wrong.forEach((name, message) -> {
            err.reset();
            assertThat(run(
                            Map.of(),
                            "accept",
                            name,
                            "--date",
                            "2016-01-12",
                            "--reason",
                            "the archive was cleared",
                            "--force",
                            "my-force"))
                    .isEqualTo(2);
            assertThat(text(err)).isEqualToNormalizingNewlines("fpw: " + message + "\n");
            err.reset();
            assertThat(run(Map.of(), "nightly", "--accept", name, "--reason", "cleared", "--force", "my-force"))
                    .isEqualTo(2);
            assertThat(text(err)).isEqualToNormalizingNewlines("fpw: " + message + "\n");
        });
    }

    @Test
    void acceptanceNeedsAReasonAndOneDate() {
        assertThat(run(Map.of(), "init", "my-force")).isZero();
        assertThat(run(Map.of(), "nightly", "--accept", "devices:deleted", "--force", "my-force"))
                .isEqualTo(2);
        assertThat(text(err))
                .isEqualToNormalizingNewlines(
                        "fpw: --accept and --reason must be used together: the limit to accept, and why the change is "
                                + "correct\n");
        err.reset();
        assertThat(run(
                        Map.of(),
                        "nightly",
                        "--from",
                        "2016-01-01",
                        "--accept",
                        "devices:deleted",
                        "--reason",
                        "cleared",
                        "--force",
                        "my-force"))
                .isEqualTo(2);
        assertThat(text(err))
                .startsWith("fpw: --accept applies to one date; for one date of a "
                        + "range record it first: fpw accept SUBJECT:LIMIT --date D --reason TEXT");
    }

    @Test
    void demoThatIsNotInstalledSaysWhereItIs() {
        assertThat(run(Map.of(), "demo", "boston", "--help")).isEqualTo(2);
        assertThat(text(out)).isEmpty();
        assertThat(text(err))
                .isEqualToNormalizingNewlines(
                        "fpw: the demonstration belongs to the source checkout and is not part of this "
                                + "installation; run ./fpw demo there\n");
        assertThat(run(Map.of(), "--help")).isZero();
        assertThat(text(out)).doesNotContain("demo").endsWith("Start with: fpw init my-force" + System.lineSeparator());
    }

    private int run(Map<String, String> environment, String... arguments) {
        return Fpw.commandLine(new CliContext(
                        environment,
                        folder,
                        folder.resolve("lib"),
                        folder,
                        Clock.systemUTC(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)))
                .execute(arguments);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
