package uk.fpw.nightly.site;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import uk.fpw.layout.JsonMappers;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.ledger.Release;

/**
 * Of which release pages are, in a file beside them, {@code release.json}: for machines that see nothing else of a
 * warehouse. It contains no figure.
 *
 * @param force display name of the force
 * @param releasedAt when it was published
 * @param zone the force's time zone
 */
public record PagesRelease(String force, ReleaseId releaseId, LocalDate businessDate, Instant releasedAt, ZoneId zone) {

    private static final String FILE = "release.json";
    private static final int LONGEST = 10_000;
    private static final int LONGEST_TEXT = 200;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    public PagesRelease {
        requireNonNull(force, "force");
        requireNonNull(releaseId, "release_id");
        requireNonNull(businessDate, "business_date");
        requireNonNull(releasedAt, "released_at");
        requireNonNull(zone, "zone");
    }

    static PagesRelease of(Force.Identity force, Release release) {
        return new PagesRelease(
                force.name(), release.releaseId(), release.businessDate(), release.releasedAt(), force.zone());
    }

    /** Writes the file into a folder of pages, readable for whoever may read them. */
    void write(Path pages) {
        Path file = pages.resolve(FILE);
        try {
            JsonMappers.snakeCase().writeValue(file.toFile(), this);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + file, failed);
        }
    }

    /**
     * Reads the file of pages. Whoever may write to the place may have written anything into it, so that the name of
     * the force is {@link #shown}.
     *
     * @param place folder of the pages, such as one of a share, or their URL; a dead one may never answer
     * @throws IOException if it cannot be reached, or what is there is no such file
     */
    public static PagesRelease read(String place) throws IOException, InterruptedException {
        try {
            byte[] json = place.matches("https?://.*") ? fetch(URI.create(place)) : content(Path.of(place));
            PagesRelease read = JsonMappers.snakeCase().readValue(json, PagesRelease.class);
            return new PagesRelease(shown(read.force), read.releaseId, read.businessDate, read.releasedAt, read.zone);
        } catch (IllegalArgumentException invalid) {
            throw new IOException(place + " is neither a folder nor a URL", invalid);
        }
    }

    /** A text from there for a terminal, a journal or an e-mail: one line of limited length that steers nothing. */
    public static String shown(String text) {
        String line = text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]+", " ").strip();
        return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + "...";
    }

    private static byte[] content(Path folder) throws IOException {
        try (InputStream in = Files.newInputStream(folder.resolve(FILE))) {
            return in.readNBytes(LONGEST);
        }
    }

    private static byte[] fetch(URI place) throws IOException, InterruptedException {
        String folder = place.toString().endsWith("/") ? place.toString() : place + "/";
        HttpRequest request = HttpRequest.newBuilder(URI.create(folder + FILE))
                .timeout(LONGEST_WAIT)
                .build();
        HttpResponse<InputStream> response = HttpClient.newBuilder()
                .connectTimeout(LONGEST_WAIT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException("it answered with code " + response.statusCode());
            }
            return in.readNBytes(LONGEST);
        }
    }
}
