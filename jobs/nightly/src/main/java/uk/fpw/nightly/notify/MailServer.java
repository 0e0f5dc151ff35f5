package uk.fpw.nightly.notify;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.installation.NotifySettings;

/** Sends e-mail by SMTP, in plain text. */
record MailServer(NotifySettings.Mail settings, @Nullable String password, Clock clock) {

    private static final String MILLISECONDS = "10000";

    static MailServer of(NotifySettings.Mail settings, Map<String, String> environment, Clock clock) {
        return new MailServer(settings, settings.password(environment), clock);
    }

    /**
     * Sends one message to all who are told of such an event. One address that the server refuses, such as that of
     * somebody who has left, keeps nobody else from it.
     *
     * @throws MessagingException if it was not sent to everybody
     */
    void send(Notice notice) throws MessagingException {
        List<String> recipients = notice.event() == Event.released ? settings.to() : settings.toOfFailures();
        Session session = Session.getInstance(properties());
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(settings.from(), true));
        for (String recipient : recipients) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(recipient, true));
        }
        message.setSubject(notice.subject(), StandardCharsets.UTF_8.name());
        message.setText(String.join("\r\n", notice.lines()) + "\r\n", StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(clock.instant()));
        // no answers by machines, such as those of people on leave
        message.setHeader("Auto-Submitted", "auto-generated");
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect(settings.host(), settings.usedPort(), settings.user(), password);
            message.saveChanges();
            transport.sendMessage(message, message.getAllRecipients());
        } catch (SendFailedException failed) {
            throw addresses(failed.getValidSentAddresses()).isEmpty() ? failed : partly(failed);
        }
    }

    private static MessagingException partly(SendFailedException failed) {
        Exception answer = failed;
        while (answer instanceof MessagingException next && next.getNextException() != null) {
            answer = next.getNextException();
        }
        return new MessagingException("none to "
                + Stream.of(failed.getInvalidAddresses(), failed.getValidUnsentAddresses())
                        .flatMap(some -> addresses(some).stream())
                        .collect(Collectors.joining(", "))
                + " (" + String.valueOf(answer.getMessage()).strip() + "); the others got it");
    }

    private static List<String> addresses(Address @Nullable [] some) {
        return some == null
                ? List.of()
                : Arrays.stream(some).map(Address::toString).toList();
    }

    private Properties properties() {
        NotifySettings.Encryption encryption = settings.requiredEncryption();
        Properties properties = new Properties();
        properties.put("mail.smtp.connectiontimeout", MILLISECONDS);
        properties.put("mail.smtp.timeout", MILLISECONDS);
        properties.put("mail.smtp.writetimeout", MILLISECONDS);
        properties.put("mail.smtp.sendpartial", "true");
        properties.put("mail.smtp.auth", Boolean.toString(settings.user() != null));
        properties.put("mail.smtp.starttls.enable", Boolean.toString(encryption == NotifySettings.Encryption.STARTTLS));
        properties.put(
                "mail.smtp.starttls.required", Boolean.toString(encryption == NotifySettings.Encryption.STARTTLS));
        properties.put("mail.smtp.ssl.enable", Boolean.toString(encryption == NotifySettings.Encryption.TLS));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        // otherwise made of the name of this user and this machine
        properties.put("mail.from", settings.from());
        return properties;
    }
}
