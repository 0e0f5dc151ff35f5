package uk.fpw.nightly.notify;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.installation.NotifySettings;

/** Tells those whom the installation names. Nothing fails because they could not be told. */
public final class Notifier {

    /** A server that answers one byte at a time is given up, too. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final String REMEDY =
            "Correct notify in the installation's file, or the server, and try it with fpw notify --test";

    private final @Nullable NotifySettings settings;
    private final Map<String, String> environment;
    private final Clock clock;

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
     * @return what failed, with what to do, in one sentence each; empty if nothing did
     */
    public List<String> send(Notice notice) {
        List<String> failures = new ArrayList<>();
        if (settings == null) {
            return failures;
        }
        NotifySettings.Mail mail = settings.mail();
        if (mail != null) {
            attempt(
                    "no e-mail says '" + notice.event() + "': " + mail.host() + ":" + mail.usedPort(),
                    failures,
                    () -> MailServer.of(mail, environment, clock).send(notice));
        }
        if (settings.webhook() != null) {
            URI url = URI.create(settings.webhook());
            attempt("the webhook was not told '" + notice.event() + "': " + url.getHost(), failures, () -> new Webhook(
                            url)
                    .post(notice.event()));
        }
        return failures;
    }

    /** The reasons of servers are shown: they may name an address, but no message tells them of data. */
    private static void attempt(String what, List<String> failures, Sending work) {
        try {
            TimeBound.call(LONGEST, () -> {
                work.run();
                return true;
            });
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            failures.add(what + ": interrupted");
        } catch (FpwException wrong) {
            failures.add(what + ": " + wrong.getMessage());
        } catch (Exception failed) {
            failures.add(what + ": " + reason(failed) + ". " + REMEDY);
        }
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
