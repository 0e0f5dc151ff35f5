package uk.fpw.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.warehouse.store.limit.AcceptableLimit;

@Tag("time-zone")
class FpwTest extends FpwTesting {

    @Test
    void helpListsEveryCommandAndExitCode() {
        assertThat(run(Map.of(), "--help")).isZero();
        assertThat(text(out))
                .contains("nightly", "ingest", "metrics", "release", "export", "rejections")
                .contains(
                        "check",
                        "query",
                        "shell",
                        "catalog",
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
                        "backup",
                        "restore",
                        "relocate",
                        "rekey",
                        "erase",
                        "restrict",
                        "retain",
                        "readers",
                        "bi",
                        "notify",
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
    void aCommandIsKnownByItsOwnName() {
        CliContext context = context(Map.of());

        assertThat(Fpw.commandLine(context).getSubcommands().keySet()).containsAll(Fpw.NAMES);
        for (String name : Fpw.NAMES) {
            assertThat(Fpw.commandLine(context, name, "--help").getSubcommands())
                    .containsOnlyKeys(name);
        }
    }

    @Test
    void everyCommandHasItsOwnHelp() {
        for (String command : new String[] {
            "nightly",
            "ingest",
            "metrics",
            "release",
            "export",
            "publication",
            "rejections",
            "check",
            "catalog",
            "status",
            "releases",
            "diff",
            "items",
            "looks",
            "verify",
            "pin",
            "unpin",
            "accept",
            "backup",
            "restore",
            "relocate",
            "rekey",
            "erase",
            "restrict",
            "retain",
            "readers",
            "bi",
            "notify",
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
    void singleCasesAreServedWithAReasonOnly() {
        assertThat(run(Map.of(), "catalog", "--restricted")).isEqualTo(2);
        assertThat(text(err)).isEqualToNormalizingNewlines("""
                        fpw: --restricted needs --reason: each read of single cases or people is on record
                        Try fpw catalog --help
                        """);
        err.reset();
        assertThat(run(Map.of(), "catalog", "--reason", "agreed")).isEqualTo(2);
        assertThat(text(err)).isEqualToNormalizingNewlines("""
                        fpw: --reason is for --restricted; figures are read without one
                        Try fpw catalog --help
                        """);
    }

    /** Whoever gives a name in place of a file has it in the shell's history; it must not be in a log, too. */
    @Test
    void valuesThatAreGivenAsArgumentsAreRefusedAndNotRepeated() {
        for (List<String> mistaken : List.of(
                List.of("Sam Smith"),
                List.of("--person-file", "list.txt", "Sam Smith"),
                List.of("--person-file", "list.txt", "Sam", "Smith", "--confirm"))) {
            List<String> arguments = new ArrayList<>(List.of("erase"));
            arguments.addAll(mistaken);
            assertThat(run(Map.of(), arguments.toArray(String[]::new))).isEqualTo(2);
            assertThat(text(err)).contains("Try fpw erase --help").doesNotContain("Sam", "Smith");
            err.reset();
        }
    }

    @Test
    void decisionAboutReadersNeedsAReasonAndAReasonADecision() {
        assertThat(run(Map.of(), "readers", "--confirm")).isEqualTo(2);
        assertThat(text(err)).isEqualToNormalizingNewlines("""
                        fpw: --reason is missing: a decision about the readers stays on record with its reason
                        Try fpw readers --help
                        """);
        err.reset();
        assertThat(run(Map.of(), "readers", "--reason", "agreed")).isEqualTo(2);
        assertThat(text(err)).isEqualToNormalizingNewlines("""
                        fpw: --reason is only allowed with --confirm or --withdraw
                        Try fpw readers --help
                        """);
        err.reset();
        assertThat(run(Map.of(), "readers", "--confirm", "--withdraw", "--reason", "agreed"))
                .isEqualTo(2);
        assertThat(text(err))
                .startsWith("fpw: Error: --confirm, --withdraw are mutually exclusive (specify only one)\n");
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
    void acceptanceOfWhatTheForceHasNotIsRefusedWithWhatItHas() {
        assertThat(run(Map.of(), "init", "my-force")).isZero();
        String feeds = folder.resolve("my-force") + "; feeds: devices";
        String limits = "Limits of a feed: " + String.join(", ", AcceptableLimit.names(true)) + "; of a queue: "
                + String.join(", ", AcceptableLimit.names(false));
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put("devices", "'devices' does not contain a limit; use FEED:LIMIT or QUEUE:LIMIT. " + limits);
        wrong.put("devices:deletd", "'deletd' is not a limit. " + limits);
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
}
