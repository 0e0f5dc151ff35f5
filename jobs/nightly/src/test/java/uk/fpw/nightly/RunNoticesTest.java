package uk.fpw.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
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

                The run of My Police Force failed and published no release. Readers keep the one before, if there is one.

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
