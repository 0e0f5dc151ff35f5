package uk.fpw.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.fpw.nightly.notify.Receivers;

/** Who is told when commands fail, by a mail server and a web server of the test. */
class RunNoticesTest extends FpwTesting {

    private static final String LATE = "POST text/plain; charset=utf-8: late";
    private static final String FAILED = "POST text/plain; charset=utf-8: failed";

    @SuppressWarnings("NullAway.Init")
    private Receivers receivers;

    @SuppressWarnings("NullAway.Init")
    private Map<String, String> environment;

    @BeforeEach
    void begin() throws IOException {
        folder = folder.toRealPath();
        receivers = Receivers.started();
        assertThat(run(Map.of(), "init", "kent")).isZero();
        environment = new HashMap<>(receivers.environment(folder));
        environment.put("FPW_FORCE", folder.resolve("kent").toString());
        environment.put("FPW_STATE", folder.resolve("state").toString());
        out.reset();
        err.reset();
    }

    @AfterEach
    void end() {
        receivers.close();
    }

    @Test
    void deadlineWithoutAReleaseIsToldWhoeverFails() throws Exception {
        assertThat(run(environment, "status", "--fail-unless-released-by", "07:00"))
                .isEqualTo(7);
        assertThat(text(err)).doesNotContain("warning");
        assertThat(receivers.posted()).containsExactly(LATE);
        assertThat(receivers.mails())
                .hasSize(1)
                .first()
                .asString()
                .matches(
                        "(?s)\\[duty@example.org]\nMy Police Force: the figures are late\nNo release of [0-9-]{10} was "
                                + "published by [0-9-]{10} 07:00 \\(Europe/London\\), and none before\\.\n.*");

        assertThat(run(environment, "status")).isZero();
        assertThat(receivers.posted()).isEmpty();
    }

    @Test
    void deadlineThatCannotBeFoundOutIsToldToo() throws Exception {
        environment.put("FPW_FORCE", folder.resolve("on a dead share").toString());
        assertThat(run(environment, "status", "--fail-unless-released-by", "07:00"))
                .isEqualTo(2);
        assertThat(receivers.posted()).containsExactly(LATE);
        assertThat(receivers.mails()).containsExactly("""
                [duty@example.org]
                Force Performance Warehouse: the figures are late
                Whether the figures were released by 07:00 could not be found out: a definition or a setting is wrong.

                The operator finds the state of the run with fpw status, on the machine that runs it.

                The pages: https://figures.example.org/""");
    }

    @Test
    void stateThatCannotBeWrittenIsNoSecondNoticeOfADeadline() throws Exception {
        String[] command = {"status", "--fail-unless-released-by", "07:00", "--format", "json", "--to", "none/fpw.json"
        };
        assertThat(run(environment, command)).isEqualTo(4);
        assertThat(receivers.posted()).containsExactly(LATE);
        assertThat(receivers.mails()).hasSize(1).allMatch(mail -> mail.contains("\nNo release of "));

        command[4] = "prometheus"; // written every few minutes
        assertThat(run(environment, command)).isEqualTo(4);
        assertThat(receivers.posted()).isEmpty();

        command[6] = "/dev/null"; // for every program of the machine, if root replaced it
        assertThat(run(environment, command)).isEqualTo(2);
        assertThat(text(err))
                .contains("fpw: --to: /dev/null is a folder, a device or a pipe; name a file, or leave --to out to "
                        + "write to the screen");
    }

    /** On a machine that has no force folder. */
    @Test
    void anotherMachineSeesByThePagesWhetherTheFiguresAreThere() throws Exception {
        environment.remove("FPW_FORCE");
        Path site = Files.createDirectories(folder.resolve("share/site"));
        Files.writeString(site.resolve("release.json"), pages("2999-12-31"));
        assertThat(deadline(site.toString())).isZero();
        assertThat(text(out))
                .isEqualTo("Kent Police: " + site + " shows release 2999-12-31.1, data as at 2999-12-31, published "
                        + "at 2020-01-01T05:00:00Z\n");
        receivers.serve("/kent/", pages("2999-12-31"));
        assertThat(deadline(receivers.url("/kent"))).isZero();
        assertThat(receivers.posted()).isEmpty();

        Files.writeString(site.resolve("release.json"), pages("2019-12-31"));
        assertThat(deadline(site.toString())).isEqualTo(7);
        assertThat(receivers.posted()).containsExactly(LATE);
        assertThat(receivers.mails())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("[duty@example.org]\nKent Police: the figures are late\nNo release of ")
                .contains("; readers see 2019-12-31.1, data as at 2019-12-31.\n");
    }

    @Test
    void deadMachineIsToldByAnother() throws Exception {
        environment.remove("FPW_FORCE");
        String url = receivers.url("/nothing");
        assertThat(deadline(url)).isEqualTo(4);
        assertThat(receivers.posted()).containsExactly(LATE);
        assertThat(receivers.mails().get(0)).contains("\nThe pages at " + url + " do not answer.\n");
        for (String other : List.of(folder.resolve("gone").toString(), "http://127.0.0.1:1/", "http://[")) {
            err.reset();
            assertThat(deadline(other)).isEqualTo(4);
            assertThat(text(err)).startsWith("fpw: the pages at " + other + " do not answer: ");
            assertThat(receivers.posted()).containsExactly(LATE);
        }
        for (String hostile : List.of("{}", "[1]", pages("2999-12-31").replace("Europe/London", "Nowhere"), "x")) {
            Files.writeString(folder.resolve("release.json"), hostile);
            assertThat(deadline(folder.toString())).isEqualTo(4);
            assertThat(receivers.posted()).containsExactly(LATE);
        }
        assertThat(run(environment, "status", "--pages", folder.toString())).isEqualTo(2);
        assertThat(receivers.posted()).isEmpty();
    }

    /** Whoever may write to a share steers neither terminals nor e-mails. */
    @Test
    void textOfPagesIsOneShortLineAndNoSecretOfTheirPlaceIsTold() throws Exception {
        environment.remove("FPW_FORCE");
        Path file = folder.resolve("release.json");
        Files.writeString(
                file,
                pages("2019-12-31")
                        .replace("Kent", "Kent\\u001b[2J\\u009b\\u202e\\u0085\\nBcc: x " + "x".repeat(9_000)));
        assertThat(deadline(folder.toString())).isEqualTo(7);
        assertThat(text(out)).startsWith("Kent [2J Bcc: x xxx").hasSizeLessThan(500);
        assertThat(receivers.mails())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("[duty@example.org]\nKent [2J Bcc: x xxx")
                .contains("xxx...: the figures are late\n");

        Files.writeString(file, pages("2019-12-31").replace("2019-12-31\",", "\\u001b[2J\\n2019\","));
        err.reset();
        assertThat(deadline(folder.toString())).isEqualTo(4);
        assertThat(text(err)).doesNotContain("\u001b");
        receivers.mails();

        err.reset();
        assertThat(deadline("https://fpw:secret@figures.example.org/")).isEqualTo(2);
        assertThat(text(err)).isEqualTo("fpw: --pages contains a user, which e-mails would repeat; remove it\n");
        assertThat(receivers.mails()).isEmpty();
    }

    private int deadline(String pages) {
        return run(environment, "status", "--fail-unless-released-by", "07:00", "--pages", pages);
    }

    private static String pages(String businessDate) {
        return """
                {"force": "Kent Police", "release_id": "%s.1", "business_date": "%s",
                 "released_at": "2020-01-01T05:00:00Z", "zone": "Europe/London"}
                """.formatted(businessDate, businessDate);
    }

    @Test
    void runThatFailsBeforeItBeginsIsToldWithoutItsMessage() throws Exception {
        Files.writeString(folder.resolve("kent/force.yml"), "secret of a cell");
        assertThat(run(environment, "nightly", "--date", "2026-11-23")).isEqualTo(2);
        assertThat(receivers.posted()).containsExactly(FAILED);
        assertThat(receivers.mails()).containsExactly("""
                [duty@example.org]
                Force Performance Warehouse: the run of 23 November 2026 failed
                The run of 23 November 2026 of Force Performance Warehouse failed, because a definition or a setting \
                is wrong, and published no release. Readers keep the one before, if there is one.

                The operator finds the cause and what to do with fpw status.

                The pages: https://figures.example.org/""");

        // a feed of its own is not the night, and whoever mistypes an option sees it
        assertThat(run(environment, "ingest", "--date", "2026-11-23")).isEqualTo(2);
        assertThat(run(environment, "nightly", "--date", "yesterday")).isEqualTo(2);
        assertThat(receivers.posted()).isEmpty();
    }

    @Test
    void failedSendingIsAWarningAndChangesNoExitCode() {
        receivers.close();
        assertThat(run(environment, "status", "--fail-unless-released-by", "07:00"))
                .isEqualTo(7);
        assertThat(text(err))
                .contains("fpw: warning: no e-mail says 'late': 127.0.0.1:")
                .contains("fpw: warning: the webhook was not told 'late': 127.0.0.1: ");
    }

    @Test
    void wrongSettingIsAWarningAndChangesNoExitCode() {
        environment.put("FPW_NOTIFY_WEBHOOK", "ftp://example.org/secret-token");
        assertThat(run(environment, "status", "--fail-unless-released-by", "07:00"))
                .isEqualTo(7);
        assertThat(text(err))
                .contains("fpw: warning: nobody was told: FPW_NOTIFY_WEBHOOK is not a URL; use one like "
                        + "https://hooks.example.org/fpw\n")
                .doesNotContain("secret-token");
    }

    @Test
    void commandTellsOfAnEventAndSaysWhetherItWasToldAndThatItIsATest() throws Exception {
        assertThat(run(environment, "notify", "failed", "--test")).isZero();
        assertThat(text(out)).isEqualTo("Told: failed\n");
        assertThat(receivers.posted()).containsExactly(FAILED);
        assertThat(receivers.mails()).containsExactly("""
                [duty@example.org]
                Test: My Police Force: the run failed
                This is a test of fpw notify: nothing happened.

                The run of My Police Force failed. Readers see the latest release, if there is one.

                The operator finds the cause and what to do with fpw status.

                The pages: https://figures.example.org/""");

        environment.remove("FPW_FORCE");
        assertThat(run(environment, "notify", "late")).isZero();
        assertThat(receivers.posted()).containsExactly(LATE);
        assertThat(receivers.mails()).hasSize(1).allMatch(mail -> mail.contains("No new figures were released"));

        receivers.close();
        assertThat(run(environment, "notify", "late")).isEqualTo(4);
        assertThat(run(environment, "notify", "success")).isEqualTo(2);
        err.reset();
        assertThat(run(Map.of(), "notify", "late")).isEqualTo(2);
        assertThat(text(err))
                .isEqualTo("fpw: nobody is to be told: add notify to the installation's file (FPW_INSTALLATION), see "
                        + "docs/operator.md\n");
    }
}
