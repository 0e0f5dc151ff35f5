package uk.fpw.nightly.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.installation.NotifySettings;

class NotifierTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T05:00:00Z"), ZoneOffset.UTC);
    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);
    private static final String LINK = "https://figures.example.org/";

    private static final Notice FAILED = Notice.failed("Kent Police", DAY, ExitCode.BAD_DATA, LINK);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Receivers receivers;

    @BeforeEach
    void start() throws IOException {
        receivers = Receivers.started();
    }

    @AfterEach
    void stop() {
        receivers.close();
    }

    @Test
    void releaseReachesPeopleWithItsVerdictsAndTheWebhookWithOneWord() throws Exception {
        assertThat(send(released("Kent Police"))).isEmpty();

        MimeMessage raw = receivers.mail().getReceivedMessages()[0];
        assertThat(raw.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(raw.getFrom()).extracting(Object::toString).containsExactly("fpw@example.org");
        assertThat(raw.getSentDate().toInstant()).isEqualTo(CLOCK.instant());
        assertThat(raw.getContentType()).isEqualTo("text/plain; charset=UTF-8");
        assertThat(raw.getMessageID()).endsWith("@example.org>");
        assertThat(receivers.mails()).containsExactly("""
                [chief@example.org]
                Kent Police: figures of 23 November 2026, release 2026-11-23.1
                Release 2026-11-23.1 of Kent Police is out: figures at the end of 23 November 2026.

                Better or worse, by the measure that each queue declares:
                - Awaiting examination: worse (year to date against last year)
                - First looks: no evidence (month against last year)

                The pages: https://figures.example.org/""");
        assertThat(receivers.posted()).containsExactly("POST text/plain; charset=utf-8: released");
    }

    @Test
    void failureAndLatenessReachThoseWhoWantToKnow() throws Exception {
        assertThat(send(FAILED)).isEmpty();
        assertThat(send(Notice.late(null, "No release was published by 07:00.", null)))
                .isEmpty();

        assertThat(receivers.mails()).containsExactly("""
                [duty@example.org]
                Kent Police: the run of 23 November 2026 failed
                The run of 23 November 2026 of Kent Police failed, because the data of a feed could not be loaded, and\
                 published no release. Readers keep the one before, if there is one.

                The operator finds the cause and what to do with fpw status.

                The pages: https://figures.example.org/""", """
                [duty@example.org]
                Force Performance Warehouse: the figures are late
                No release was published by 07:00.

                The operator finds the state of the run with fpw status, on the machine that runs it.""");
        assertThat(receivers.posted())
                .containsExactly("POST text/plain; charset=utf-8: failed", "POST text/plain; charset=utf-8: late");
    }

    @Test
    void rangeOfDatesThatStopsSaysNothingOfTheReleasesBefore() {
        assertThat(Notice.failed("Kent Police", null, ExitCode.BAD_DATA, null)
                        .lines()
                        .get(0))
                .isEqualTo("The run of Kent Police failed, because the data of a feed could not be loaded. Readers see "
                        + "the latest release, if there is one.");
    }

    @Test
    void lineBreaksInNamesBeginNoHeaderAndNoLine() throws Exception {
        assertThat(send(released("Kent\r\nBcc: all@example.org\u2028\r\n\r\nPolice")))
                .isEmpty();

        MimeMessage message = receivers.mail().getReceivedMessages()[0];
        assertThat(message.getHeader("Bcc")).isNull();
        assertThat(message.getSubject())
                .isEqualTo("Kent Bcc: all@example.org Police: figures of 23 November 2026, release 2026-11-23.1");
        assertThat(Arrays.toString(message.getAllRecipients())).isEqualTo("[chief@example.org]");
        assertThat(receivers.mail().getReceivedMessages()).hasSize(1);
    }

    @Test
    void namesInOtherAlphabetsAreReadable() throws Exception {
        assertThat(send(released("Heddlu Gŵent"))).isEmpty();
        assertThat(receivers.mails().get(0)).contains("\nHeddlu Gŵent: figures of 23 November 2026");
    }

    @Test
    void nothingIsSentInClearToAServerThatShouldEncrypt() throws Exception {
        assertThat(send(FAILED, receivers.environment(folder, "starttls", "")))
                .containsExactly("no e-mail says 'failed': 127.0.0.1:" + receivers.mailPort()
                        + ": STARTTLS is required but host does not support STARTTLS. Correct notify in the "
                        + "installation's file, or the server, and try it with fpw notify failed --test");
        assertThat(receivers.mails()).isEmpty();
        assertThat(receivers.posted()).containsExactly("POST text/plain; charset=utf-8: failed");
    }

    @Test
    void addressThatTheServerRefusesKeepsNobodyElseFromTheMail() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<List<String>> session = CompletableFuture.supplyAsync(() -> refusingThoseWhoLeft(server));
            Map<String, String> environment = receivers.environment(folder);
            Path file = folder.resolve("installation.yml");
            Files.writeString(
                    file,
                    Files.readString(file)
                            .replace("port: " + receivers.mailPort(), "port: " + server.getLocalPort())
                            .replace("[duty@example.org]", "[left@example.org, duty@example.org]"));

            assertThat(send(FAILED, environment))
                    .containsExactly("no e-mail says 'failed': 127.0.0.1:" + server.getLocalPort()
                            + ": none to left@example.org (550 no such user); the others got it. Correct "
                            + "notify in the installation's file, or the server, and try it with fpw notify "
                            + "failed --test");
            assertThat(session.get(10, TimeUnit.SECONDS))
                    .contains(
                            "RCPT TO:<duty@example.org>",
                            "DATA",
                            "Subject: Kent Police: the run of 23 November 2026 failed");
        }
    }

    /** A mail server for one session; returns the lines that it got. */
    private static List<String> refusingThoseWhoLeft(ServerSocket server) {
        List<String> lines = new ArrayList<>();
        try (Socket client = server.accept();
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
                PrintStream out = new PrintStream(client.getOutputStream(), true, StandardCharsets.UTF_8)) {
            out.print("220 here\r\n");
            boolean isText = false;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
                isText = isText && !line.equals(".");
                if (!isText) {
                    isText = line.equals("DATA");
                    out.print(
                            isText ? "354 go on\r\n" : line.contains("left@") ? "550 no such user\r\n" : "250 ok\r\n");
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return lines;
    }

    @Test
    void certificateOfAStrangerIsRefused() throws Exception {
        receivers.close();
        receivers = Receivers.withTls();
        assertThat(send(FAILED, receivers.environment(folder, "tls", "")))
                .hasSize(1)
                .allMatch(failure -> failure.contains("unable to find valid certification path"));
        assertThat(receivers.mails()).isEmpty();
    }

    @Test
    void wrongOrMissingPasswordIsNamedWithoutIt() throws Exception {
        receivers.addUser("fpw", "right");
        Map<String, String> environment = receivers.environment(folder, "none", "    user: fpw\n");
        environment.put(NotifySettings.PASSWORD_VARIABLE, "wrong-secret");
        assertThat(send(FAILED, environment))
                .hasSize(1)
                .allMatch(failure -> failure.startsWith("no e-mail says 'failed': 127.0.0.1:"))
                .allMatch(failure -> failure.contains("535"))
                .noneMatch(failure -> failure.contains("wrong-secret"));
        environment.remove(NotifySettings.PASSWORD_VARIABLE);
        assertThat(send(FAILED, environment))
                .containsExactly("no e-mail says 'failed': 127.0.0.1:" + receivers.mailPort()
                        + ": notify.mail.user is fpw, but the environment has no FPW_MAIL_PASSWORD; set it to the "
                        + "password of that user");
        environment.put(NotifySettings.PASSWORD_VARIABLE, "right");
        assertThat(send(FAILED, environment)).isEmpty();
        assertThat(receivers.mails()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 404, 500})
    void webhookThatDoesNotTakeTheWordIsNamedAndNoRedirectIsFollowed(int code) throws Exception {
        receivers.answer("/other/secret-token", code);
        Map<String, String> environment = receivers.environment(folder);
        environment.put(NotifySettings.WEBHOOK_VARIABLE, receivers.url("/other/secret-token"));
        assertThat(send(FAILED, environment))
                .containsExactly("the webhook was not told 'failed': 127.0.0.1: it answered with code " + code
                        + ". Correct notify in the installation's file, or the server, and try it with fpw notify "
                        + "failed --test");
        assertThat(receivers.posted()).containsExactly("POST text/plain; charset=utf-8: failed");
        assertThat(receivers.mails()).hasSize(1);
    }

    @Test
    void serversThatAreNotThereAreNamed() throws Exception {
        Map<String, String> environment = receivers.environment(folder);
        receivers.close();
        assertThat(send(FAILED, environment))
                .hasSize(2)
                .allMatch(failure -> failure.contains(
                        "Correct notify in the installation's file, or the server, and try it with fpw notify "
                                + "failed --test"));
    }

    @Test
    void kindOfAFailureNamesNoAddressAndNoUrl() throws Exception {
        receivers.answer("/other/secret-token", 404);
        receivers.addUser("fpw", "right");
        Map<String, String> environment = receivers.environment(folder, "none", "    user: fpw\n");
        environment.put(NotifySettings.PASSWORD_VARIABLE, "wrong-secret");
        environment.put(NotifySettings.WEBHOOK_VARIABLE, receivers.url("/other/secret-token"));
        assertThat(kinds(environment))
                .containsExactly(
                        "mail: the server refused the user or the password",
                        "webhook: the server refused the notice, or one of its addresses");

        environment.remove(NotifySettings.PASSWORD_VARIABLE);
        receivers.close();
        assertThat(kinds(environment))
                .containsExactly(
                        "mail: a setting is wrong", "webhook: the server cannot be reached or does not answer");

        receivers = Receivers.withTls();
        assertThat(kinds(receivers.environment(folder, "tls", "")))
                .containsExactly("mail: there is no trusted encrypted connection to the server", "webhook: null");
    }

    private static List<String> kinds(Map<String, String> environment) {
        return Notifier.of(environment, CLOCK).send(FAILED).stream()
                .map(outcome -> outcome.channel() + ": " + outcome.kind())
                .toList();
    }

    @Test
    void serverThatNeverAnswersIsGivenUp() {
        assertThatThrownBy(() -> TimeBound.call(Duration.ofMillis(50), () -> {
                    Thread.sleep(Duration.ofMinutes(5).toMillis());
                    return true;
                }))
                .isInstanceOf(TimeoutException.class);
    }

    @Test
    void nobodyIsToldWithoutSettings() {
        Notifier notifier = Notifier.of(Map.of(), CLOCK);
        assertThat(notifier.isWanted()).isFalse();
        assertThat(notifier.send(FAILED)).isEmpty();
    }

    private Notice released(String force) {
        return Notice.released(
                force,
                ReleaseId.of(DAY, 1),
                DAY,
                List.of(
                        "Awaiting examination: worse (year to date against last year)",
                        "First looks: no evidence (month against last year)"),
                ExitCode.DONE,
                LINK);
    }

    private List<String> send(Notice notice) throws IOException {
        return send(notice, receivers.environment(folder));
    }

    private static List<String> send(Notice notice, Map<String, String> environment) {
        return Notifier.of(environment, CLOCK).send(notice).stream()
                .map(Notifier.Outcome::failure)
                .filter(Objects::nonNull)
                .toList();
    }
}
