package uk.fpw.nightly.notify;

import jakarta.mail.AuthenticationFailedException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.installation.NotifySettings;
import uk.fpw.warehouse.store.ledger.FailedNotices;

/** Tells those whom the installation names. Nothing fails because they could not be told. */
public final class Notifier {

    /** A server that answers one byte at a time is given up, too. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final String REMEDY =
            "Correct notify in the installation's file, or the server, and try it with fpw notify failed --test";

    private final @Nullable NotifySettings settings;
    private final Map<String, String> environment;
    private final Clock clock;

    /**
     * What became of a notice in one channel.
     *
     * @param channel as {@link FailedNotices} names it
     * @param kind of the failure, in words without addresses or what a server said; null if everybody was told
     * @param failure what failed, with what to do, in one sentence; null if everybody was told
     */
    public record Outcome(
            String channel, @Nullable String kind, @Nullable String failure) {}

    /** A part of the work, which may fail without the others. */
    private interface Sending {
        void run() throws Exception;
    }

    private Notifier(@Nullable NotifySettings settings, Map<String, String> environment, Clock clock) {
        this.settings = settings;
        this.environment = environment;
        this.clock = clock;
    }

    /**
     * For the installation that an environment names.
     *
     * @throws FpwException with {@code CONFIGURATION} as {@link NotifySettings#of}
     */
    public static Notifier of(Map<String, String> environment, Clock clock) {
        return new Notifier(NotifySettings.of(environment), environment, clock);
    }

    /** Whether there is anybody to tell. */
    public boolean isWanted() {
        return settings != null;
    }

    /** Whether anybody gets an e-mail. */
    public boolean sendsMail() {
        return settings != null && settings.mail() != null;
    }

    /** Where those who are told open the pages; null if the installation does not say so. */
    public @Nullable String link() {
        return settings == null ? null : settings.link();
    }

    /**
     * Tells everybody.
     *
     * @return what became of it in each channel that the installation has
     */
    public List<Outcome> send(Notice notice) {
        List<Outcome> outcomes = new ArrayList<>();
        if (settings == null) {
            return outcomes;
        }
        NotifySettings.Mail mail = settings.mail();
        if (mail != null) {
            outcomes.add(attempt(
                    FailedNotices.MAIL,
                    "no e-mail says '" + notice.event() + "': " + mail.host() + ":" + mail.usedPort(),
                    () -> MailServer.of(mail, environment, clock).send(notice)));
        }
        if (settings.webhook() != null) {
            URI url = URI.create(settings.webhook());
            outcomes.add(attempt(
                    FailedNotices.WEBHOOK,
                    "the webhook was not told '" + notice.event() + "': " + url.getHost(),
                    () -> new Webhook(url).post(notice.event())));
        }
        return outcomes;
    }

    /** The reasons of servers are shown: they may name an address, but no message tells them of data. */
    private static Outcome attempt(String channel, String what, Sending work) {
        try {
            TimeBound.call(LONGEST, () -> {
                work.run();
                return true;
            });
            return new Outcome(channel, null, null);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Outcome(channel, "it was interrupted", what + ": interrupted");
        } catch (FpwException wrong) {
            return new Outcome(channel, "a setting is wrong", what + ": " + wrong.getMessage());
        } catch (Exception failed) {
            return new Outcome(channel, kind(failed), what + ": " + reason(failed) + ". " + REMEDY);
        }
    }

    /** The kind of a failure: what servers say may name addresses, so it is one of these sentences. */
    static String kind(Exception failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof AuthenticationFailedException) {
                return "the server refused the user or the password";
            }
            if (cause instanceof SSLException || cause instanceof GeneralSecurityException) {
                return "there is no trusted encrypted connection to the server";
            }
            if (cause instanceof SocketException
                    || cause instanceof UnknownHostException
                    || cause instanceof UnresolvedAddressException
                    || cause instanceof InterruptedIOException
                    || cause instanceof HttpTimeoutException
                    || cause instanceof TimeoutException) {
                return "the server cannot be reached or does not answer";
            }
        }
        return "the server refused the notice, or one of its addresses";
    }

    private static String reason(Exception failed) {
        Throwable root = failed;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = root.getMessage();
        String text = message == null ? root.getClass().getSimpleName() : message;
        return text.replaceAll("\\p{Cc}+", " ").strip();
    }
}
