package uk.fpw.warehouse.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

class NotifySettingsTest {

    private static final String MAIL = """
            notify:
              mail:
                host: smtp.example.org
                from: fpw@example.org
                to: [chief@example.org]
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void mailIsEncryptedUnlessTheFileSaysOtherwise() throws IOException {
        NotifySettings.Mail mail = Objects.requireNonNull(settings(MAIL).mail());
        assertThat(mail.requiredEncryption()).isEqualTo(NotifySettings.Encryption.STARTTLS);
        assertThat(mail.usedPort()).isEqualTo(587);
        assertThat(mail.toOfFailures()).isEqualTo(List.of("chief@example.org"));
        assertThat(mail.password(environment)).isNull();
    }

    @Test
    void everySettingIsRead() throws IOException {
        NotifySettings settings = settings("""
                notify:
                  link: https://figures.example.org/
                  mail:
                    host: smtp.example.org
                    port: 2465
                    encryption: tls
                    user: fpw
                    from: fpw@example.org
                    to: [chief@example.org, o'neill@example.org]
                    failures_to: [duty@example.org]
                  webhook: https://hooks.example.org/fpw
                """);
        assertThat(settings)
                .isEqualTo(new NotifySettings(
                        "https://figures.example.org/",
                        new NotifySettings.Mail(
                                "smtp.example.org",
                                2465,
                                NotifySettings.Encryption.TLS,
                                null,
                                "fpw",
                                "fpw@example.org",
                                List.of("chief@example.org", "o'neill@example.org"),
                                List.of("duty@example.org")),
                        "https://hooks.example.org/fpw"));
        environment.put(NotifySettings.PASSWORD_VARIABLE, "secret");
        assertThat(NotifySettings.describe(environment))
                .isEqualTo("Told of releases and failures: chief@example.org, o'neill@example.org (of failures "
                        + "duty@example.org) by smtp.example.org:2465; a webhook at hooks.example.org");
    }

    @Test
    void installationWithoutSettingsTellsNobody() throws IOException {
        assertThat(NotifySettings.of(Map.of())).isNull();
        assertThat(NotifySettings.describe(Map.of())).isNull();
        file("inside_readers: fpw-readers\n");
        assertThat(NotifySettings.of(environment)).isNull();
    }

    @Test
    void webhookMayBeInTheEnvironmentAloneAndReplacesThatOfTheFile() throws IOException {
        environment.put(NotifySettings.WEBHOOK_VARIABLE, "https://hooks.example.org/secret");
        assertThat(NotifySettings.of(environment))
                .isEqualTo(new NotifySettings(null, null, "https://hooks.example.org/secret"));
        assertThat(settings("notify: {webhook: 'https://other.example.org/'}\n").webhook())
                .isEqualTo("https://hooks.example.org/secret");
    }

    @Test
    void passwordIsThatOfTheEnvironmentAndHasToBeThere() throws IOException {
        NotifySettings.Mail mail =
                Objects.requireNonNull(settings(MAIL + "    user: fpw\n").mail());
        assertThatThrownBy(() -> mail.password(environment))
                .hasMessage("notify.mail.user is fpw, but the environment has no FPW_MAIL_PASSWORD; set it to the "
                        + "password of that user");
        assertThatThrownBy(() -> NotifySettings.describe(environment)).hasMessageContaining("FPW_MAIL_PASSWORD");
        environment.put(NotifySettings.PASSWORD_VARIABLE, "secret");
        assertThat(mail.password(environment)).isEqualTo("secret");
    }

    @Test
    void nothingCrossesTheNetworkInClearUnlessItIsAccepted() throws IOException {
        assertRefused(
                MAIL + "    encryption: none\n",
                "notify.mail.encryption is none, and smtp.example.org is another machine: messages would cross the "
                        + "network in clear. Use starttls or tls, or accept it with unencrypted: accepted");
        assertRefused(
                MAIL + "    encryption: none\n    unencrypted: accepted\n    user: fpw\n",
                "notify.mail.encryption is none, but there is a user: the password would cross the network in clear. "
                        + "Use starttls or tls, or remove user");
        assertThat(Objects.requireNonNull(settings(MAIL + "    encryption: none\n    unencrypted: accepted\n")
                                .mail())
                        .usedPort())
                .isEqualTo(25);
        assertThat(settings(MAIL.replace("smtp.example.org", "localhost") + "    encryption: none\n")
                        .mail())
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http://hooks.example.org/fpw    | is of another machine (hooks.example.org) and has no TLS
            http://127.0.0.1.example.org/   | is of another machine (127.0.0.1.example.org) and has no TLS
            https://user:secret@example.org | contains a user; remove it
            https://[                       | is not a URL; use one like https://hooks.example.org/fpw
            ftp://example.org/              | is not a URL; use one like https://hooks.example.org/fpw
            https:///fpw                    | is not a URL; use one like https://hooks.example.org/fpw
            """)
    void webhookIsCalledByHttpsBeyondThisMachine(String url, String message) {
        environment.put(NotifySettings.WEBHOOK_VARIABLE, url);
        assertThatThrownBy(() -> NotifySettings.of(environment))
                .hasMessageStartingWith("FPW_NOTIFY_WEBHOOK " + message);
    }

    @ParameterizedTest
    @CsvSource({"http://localhost:8080/fpw", "http://127.0.0.1/", "http://[::1]:80/"})
    void webhookOfThisMachineNeedsNoTls(String url) {
        environment.put(NotifySettings.WEBHOOK_VARIABLE, url);
        assertThat(Objects.requireNonNull(NotifySettings.of(environment)).webhook())
                .isEqualTo(url);
    }

    @Test
    void lineBreaksInAddressesAndPasswordsInTheFileAreRefused() throws IOException {
        for (String other : List.of(
                "    from: \"fpw@example.org\\nBcc: all@example.org\"\n",
                "    from: fpw\n",
                "    password: secret\n",
                "    host: \"smtp.example.org\\r\\n\"\n")) {
            String field = other.strip().split(":", 2)[0];
            String without = MAIL.lines()
                    .filter(line -> !line.strip().startsWith(field + ":"))
                    .reduce("", (text, line) -> text + line + "\n");
            file(without + other);
            assertThatThrownBy(() -> NotifySettings.of(environment))
                    .as(other)
                    .isInstanceOfSatisfying(FpwException.class, refused -> assertThat(refused.exitCode())
                            .isEqualTo(ExitCode.CONFIGURATION))
                    .hasMessageContaining("notify.mail." + field);
        }
        assertRefused(
                "notify: {link: 'https://figures.example.org/'}\n",
                "notify in the installation's file (FPW_INSTALLATION) has neither mail nor webhook; add one, or "
                        + "remove notify");
    }

    private void assertRefused(String text, String message) throws IOException {
        file(text);
        assertThatThrownBy(() -> NotifySettings.of(environment))
                .isInstanceOfSatisfying(FpwException.class, refused -> assertThat(refused.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessage(message);
    }

    private NotifySettings settings(String text) throws IOException {
        file(text);
        return Objects.requireNonNull(NotifySettings.of(environment));
    }

    private void file(String text) throws IOException {
        Path file = folder.resolve("installation.yml");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        environment.put(Installation.VARIABLE, file.toString());
    }
}
