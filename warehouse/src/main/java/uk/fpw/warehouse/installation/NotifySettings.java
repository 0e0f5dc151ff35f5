package uk.fpw.warehouse.installation;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.FpwException;

/**
 * Who is told of releases, of failed runs and of missed deadlines.
 *
 * @param link where those who are told open the pages; null for the folder on this machine
 * @param mail how e-mail is sent; null for no e-mail
 * @param webhook URL to which one word is posted; null if the environment has it, or for none
 */
public record NotifySettings(
        @Nullable String link,
        @Nullable Mail mail,
        @Nullable String webhook) {

    /** Environment variable with the password of the mail server's user. */
    public static final String PASSWORD_VARIABLE = "FPW_MAIL_PASSWORD";

    /** Environment variable with the URL of the webhook, if whoever knows it may post there; replaces the file's. */
    public static final String WEBHOOK_VARIABLE = "FPW_NOTIFY_WEBHOOK";

    private static final String FIELD = "notify in the installation's file (" + Installation.VARIABLE + ")";

    /** Names of this machine for itself, as {@link URI#getHost} has them. */
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** How the connection to the mail server is encrypted. */
    public enum Encryption {
        /** Begins in clear and must change to TLS. */
        STARTTLS(587),
        /** TLS from the first byte. */
        TLS(465),
        /** None. */
        NONE(25);

        private final int port;

        Encryption(int port) {
            this.port = port;
        }
    }

    /**
     * A mail server and addresses.
     *
     * @param host its name or address
     * @param port null for the usual one of the encryption
     * @param encryption null for {@link Encryption#STARTTLS}
     * @param unencrypted {@code accepted} if messages may cross the network in clear; null if not
     * @param user whom the server lets send; null if it asks for nobody
     * @param from address of the sender
     * @param to who is told of each release
     * @param failuresTo who is told of failed runs and missed deadlines; null for the same
     */
    public record Mail(
            String host,
            @Nullable Integer port,
            @Nullable Encryption encryption,
            @Nullable String unencrypted,
            @Nullable String user,
            String from,
            List<String> to,
            @Nullable List<String> failuresTo) {

        /** How the connection is encrypted. */
        public Encryption requiredEncryption() {
            return Objects.requireNonNullElse(encryption, Encryption.STARTTLS);
        }

        /** The port of the server. */
        public int usedPort() {
            return port == null ? requiredEncryption().port : port;
        }

        /** Who is told of failed runs and missed deadlines. */
        public List<String> toOfFailures() {
            return Objects.requireNonNullElse(failuresTo, to);
        }

        /**
         * The password of the user; null if there is no user.
         *
         * @throws FpwException with {@code CONFIGURATION} if the environment has none
         */
        public @Nullable String password(Map<String, String> environment) {
            if (user == null) {
                return null;
            }
            String password = environment.getOrDefault(PASSWORD_VARIABLE, "");
            if (password.isEmpty()) {
                throw FpwException.configuration("notify.mail.user is " + user + ", but the environment has no "
                        + PASSWORD_VARIABLE + "; set it to the password of that user");
            }
            return password;
        }

        private void requireProtected() {
            boolean isHere = LOOPBACK.contains(host);
            if (requiredEncryption() == Encryption.NONE && !isHere) {
                if (user != null) {
                    throw FpwException.configuration("notify.mail.encryption is none, but there is a user: the "
                            + "password would cross the network in clear. Use starttls or tls, or remove user");
                }
                if (unencrypted == null) {
                    throw FpwException.configuration("notify.mail.encryption is none, and " + host + " is another "
                            + "machine: messages would cross the network in clear. Use starttls or tls, or accept it "
                            + "with unencrypted: accepted");
                }
            }
        }
    }

    /**
     * The settings of an installation; null if it tells nobody.
     *
     * @throws FpwException with {@code CONFIGURATION} if the file has errors, a message or a password would cross the
     *     network in clear, or the URL is not one that is called
     */
    public static @Nullable NotifySettings of(Map<String, String> environment) {
        NotifySettings found = Installation.of(environment).notifications();
        String variable = environment.getOrDefault(WEBHOOK_VARIABLE, "").strip();
        NotifySettings settings = variable.isEmpty()
                ? found
                : new NotifySettings(found == null ? null : found.link, found == null ? null : found.mail, variable);
        if (settings == null) {
            return null;
        }
        if (settings.webhook != null) {
            requireCallable(settings.webhook, variable.isEmpty() ? "notify.webhook" : WEBHOOK_VARIABLE);
        }
        if (settings.mail != null) {
            settings.mail.requireProtected();
        } else if (settings.webhook == null) {
            throw FpwException.configuration(FIELD + " has neither mail nor webhook; add one, or remove notify");
        }
        return settings;
    }

    /** Requires HTTPS beyond this machine. The message does not repeat the URL, which may be a secret. */
    private static void requireCallable(String url, String where) {
        URI parsed;
        try {
            parsed = new URI(url);
        } catch (URISyntaxException invalid) {
            throw FpwException.configuration(where + " is not a URL; use one like https://hooks.example.org/fpw");
        }
        String host = parsed.getHost();
        boolean isHttps = "https".equalsIgnoreCase(parsed.getScheme());
        if (host == null || (!isHttps && !"http".equalsIgnoreCase(parsed.getScheme()))) {
            throw FpwException.configuration(where + " is not a URL; use one like https://hooks.example.org/fpw");
        }
        if (parsed.getRawUserInfo() != null) {
            throw FpwException.configuration(where + " contains a user; remove it");
        }
        if (!isHttps && !LOOPBACK.contains(host)) {
            throw FpwException.configuration(where + " is of another machine (" + host + ") and has no TLS: whoever "
                    + "listens could send the word, too. Use https");
        }
    }

    /**
     * Whom an installation tells, in one line without a secret; null if nobody.
     *
     * @throws FpwException with {@code CONFIGURATION} as {@link #of}, or without the password of its user
     */
    public static @Nullable String describe(Map<String, String> environment) {
        NotifySettings settings = of(environment);
        if (settings == null) {
            return null;
        }
        if (settings.mail != null) {
            settings.mail.password(environment);
        }
        return settings.describe();
    }

    private String describe() {
        StringBuilder text = new StringBuilder("Told of releases and failures: ");
        if (mail != null) {
            text.append(String.join(", ", mail.to));
            if (mail.failuresTo != null) {
                text.append(" (of failures ")
                        .append(String.join(", ", mail.failuresTo))
                        .append(')');
            }
            text.append(" by ").append(mail.host).append(':').append(mail.usedPort());
        }
        if (webhook != null) {
            text.append(mail == null ? "" : "; ")
                    .append("a webhook at ")
                    .append(URI.create(webhook).getHost());
        }
        return text.toString();
    }
}
