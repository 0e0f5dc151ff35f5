package uk.fpw.nightly.notify;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import uk.fpw.warehouse.installation.Installation;
import uk.fpw.warehouse.installation.NotifySettings;

/** A mail server and a web server of this machine, and the settings of an installation that tells them. */
public final class Receivers implements AutoCloseable {

    private final GreenMail mail;
    private final HttpServer web;
    private final List<String> posted = new CopyOnWriteArrayList<>();

    private Receivers(String protocol) throws IOException {
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", protocol));
        mail.start();
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/fpw", 204);
        web.start();
    }

    /** Started, and without TLS. */
    public static Receivers started() throws IOException {
        return new Receivers(ServerSetup.PROTOCOL_SMTP);
    }

    /** Started; the mail server speaks TLS with the key that the properties of GreenMail name. */
    public static Receivers withTls() throws IOException {
        return new Receivers(ServerSetup.PROTOCOL_SMTPS);
    }

    /** Lets the web server answer with a code, after it has noted method, type and content of a request. */
    void answer(String path, int code) {
        web.createContext(path, exchange -> {
            String content = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            posted.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + ": " + content);
            exchange.getResponseHeaders().add("Location", url("/fpw"));
            exchange.sendResponseHeaders(code, -1);
            exchange.close();
        });
    }

    /** Lets the web server serve a text at a path. */
    public void serve(String path, String text) {
        web.createContext(path, exchange -> {
            byte[] content = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
    }

    /** The URL of a path of the web server. */
    public String url(String path) {
        return "http://127.0.0.1:" + web.getAddress().getPort() + path;
    }

    GreenMail mail() {
        return mail;
    }

    int mailPort() {
        return (mail.getSmtp() != null ? mail.getSmtp() : mail.getSmtps()).getPort();
    }

    /** What was posted, since the last time this was asked. */
    public List<String> posted() {
        List<String> all = List.copyOf(posted);
        posted.clear();
        return all;
    }

    /** The e-mails since the last time this was asked, each as recipient, subject and text. */
    public List<String> mails() throws MessagingException, IOException {
        List<String> mails = new ArrayList<>();
        for (MimeMessage message : mail.getReceivedMessages()) {
            mails.add(Arrays.toString(message.getAllRecipients()) + "\n" + message.getSubject() + "\n"
                    + message.getContent().toString().replace("\r\n", "\n").strip());
        }
        try {
            mail.purgeEmailFromAllMailboxes();
        } catch (FolderException failed) {
            throw new IOException(failed);
        }
        return mails;
    }

    /** Lets a user of the mail server send. */
    public void addUser(String user, String password) {
        mail.setUser(user + "@example.org", user, password);
    }

    /** The environment of an installation that tells both, without encryption. */
    public Map<String, String> environment(Path folder) throws IOException {
        return environment(folder, "none", "");
    }

    /**
     * The environment of an installation that tells both.
     *
     * @param further lines of {@code mail}
     */
    public Map<String, String> environment(Path folder, String encryption, String further) throws IOException {
        return withFile(folder, """
                notify:
                  link: https://figures.example.org/
                  mail:
                    host: 127.0.0.1
                    port: %d
                    encryption: %s
                    from: fpw@example.org
                    to: [chief@example.org]
                    failures_to: [duty@example.org]
                """.formatted(mailPort(), encryption) + further, url("/fpw"));
    }

    /** The environment of an installation with such a file. */
    private static Map<String, String> withFile(Path folder, String text, String webhook) throws IOException {
        Path file = folder.resolve("installation.yml");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Map<String, String> environment = new HashMap<>();
        environment.put(Installation.VARIABLE, file.toString());
        environment.put(NotifySettings.WEBHOOK_VARIABLE, webhook);
        return environment;
    }

    @Override
    public void close() {
        mail.stop();
        web.stop(0);
    }
}
