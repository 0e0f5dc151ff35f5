package uk.fpw.nightly.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Relays requests to an object store, and leaves objects out of its lists that are younger than a lag. */
final class LaggingListing {

    private static final String END_OF_HEADERS = "\r\n\r\n";
    private static final Pattern LISTED = Pattern.compile("<Contents>.*?</Contents>", Pattern.DOTALL);
    private static final Pattern WRITTEN = Pattern.compile("<LastModified>([^<]+)</LastModified>");

    private final Duration lag;
    private final AtomicInteger hidden = new AtomicInteger();

    LaggingListing(Duration lag) {
        this.lag = lag;
    }

    /** How many times an object was left out. */
    int hidden() {
        return hidden.get();
    }

    /** Relays one request; the client makes another connection for the next. */
    void relay(Socket client, Socket store, Executor threads) throws IOException {
        String head = head(client.getInputStream());
        if (head.isEmpty()) {
            return;
        }
        boolean isListing = head.startsWith("GET ") && head.contains("list-type=2");
        String once = head.replaceAll("(?im)^Connection: .*\r\n", "").replaceFirst("\r\n", "\r\nConnection: close\r\n");
        // the answer to HTTP/1.0 has no chunks
        String sent = isListing ? once.replaceFirst("HTTP/1.1", "HTTP/1.0") : once;
        store.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
        if (isListing) {
            String answer = new String(store.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            client.getOutputStream().write(withoutYoung(answer).getBytes(StandardCharsets.UTF_8));
        } else {
            threads.execute(() -> StoreRelay.copy(client, store));
            StoreRelay.copy(store, client);
        }
    }

    /** The first line and the headers of a request, with the empty line after them; empty if there is none. */
    static String head(InputStream request) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf(END_OF_HEADERS) < 0) {
            int next = request.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private String withoutYoung(String answer) {
        int body = answer.indexOf(END_OF_HEADERS) + END_OF_HEADERS.length();
        Instant young = Instant.now().minus(lag);
        String kept = LISTED.matcher(answer.substring(body)).replaceAll(listed -> {
            Matcher written = WRITTEN.matcher(listed.group());
            boolean isHidden = written.find() && Instant.parse(written.group(1)).isAfter(young);
            if (isHidden) {
                hidden.incrementAndGet();
            }
            return isHidden ? "" : Matcher.quoteReplacement(listed.group());
        });
        String head = answer.substring(0, body - 2).replaceAll("(?im)^(Content-Length|Connection): .*\r\n", "");
        return head + "Connection: close\r\nContent-Length: " + kept.getBytes(StandardCharsets.UTF_8).length
                + END_OF_HEADERS + kept;
    }
}
