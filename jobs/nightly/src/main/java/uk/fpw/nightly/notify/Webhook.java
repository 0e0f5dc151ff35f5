package uk.fpw.nightly.notify;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Posts one word to a URL. */
record Webhook(URI url) {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    /**
     * Posts the event's name as plain text, and nothing else. Follows no redirect, since it could lead anywhere.
     *
     * @throws IOException if it cannot be reached or answers with another code than 2xx
     */
    void post(Event event) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(LONGEST)
                .header("Content-Type", "text/plain; charset=utf-8")
                .header("User-Agent", "fpw")
                .POST(HttpRequest.BodyPublishers.ofString(event.name()))
                .build();
        int code = HttpClient.newBuilder()
                .connectTimeout(LONGEST)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
        if (code / 100 != 2) {
            throw new IOException("it answered with code " + code);
        }
    }
}
