package uk.fpw.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import uk.fpw.layout.file.FileDigest;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.files.ObjectDiffersException;
import uk.fpw.warehouse.store.files.ObjectStore;

/** Answers of a store, as a store would send them. */
class S3ObjectsTest {

    private static final String MD5_OF_ONE = "f97c5d29941bfb1b2fdab0874906ab82";

    private record Answer(int status, Map<String, String> headers, String body, int bytes) {
        static Answer of(int status, String body) {
            return new Answer(status, Map.of(), body, body.getBytes(UTF_8).length);
        }
    }

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private HttpServer server;
    private S3Client client;
    private S3Objects objects;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        client = client(server.getAddress().getPort());
        objects = new S3Objects(client);
    }

    private static S3Client client(int port) {
        return S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .region(Region.US_EAST_1)
                .endpointOverride(URI.create("http://127.0.0.1:" + port))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        String request =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()
                        + (query == null
                                ? ""
                                : "?" + Stream.of(query.split("&")).sorted().collect(Collectors.joining("&")));
        Answer answer = answers.getOrDefault(request, Answer.of(404, request));
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        boolean hasBody = !exchange.getRequestMethod().equals("HEAD");
        if (!hasBody) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(answer.bytes()));
        }
        exchange.sendResponseHeaders(answer.status(), !hasBody || answer.bytes() == 0 ? -1 : answer.bytes());
        if (hasBody && answer.bytes() > 0) {
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(answer.body().getBytes(UTF_8));
            } catch (IOException tooShort) {
                exchange.close();
            }
        }
        exchange.close();
    }

    @Test
    void objectIsReadAndComparedWithItsDigest() throws IOException {
        answers.put("GET /tables/kent/1.parquet", new Answer(200, Map.of("ETag", "\"" + MD5_OF_ONE + "\""), "one", 3));
        ByteArrayOutputStream read = new ByteArrayOutputStream();

        assertThat(objects.read("s3://tables/kent/1.parquet", read))
                .isEqualTo(new ObjectStore.ReadObject(new FileDigest(3, "7a6c86f1"), true));
        assertThat(read.toString(UTF_8)).isEqualTo("one");
    }

    @Test
    void objectWithAnotherDigestIsRefused() {
        answers.put("GET /tables/1", new Answer(200, Map.of("ETag", "\"" + MD5_OF_ONE + "\""), "two", 3));
        assertThatThrownBy(() -> objects.read("s3://tables/1", OutputStream.nullOutputStream()))
                .isInstanceOf(ObjectDiffersException.class)
                .hasMessage("its content is not what was written");
    }

    @Test
    void readingContinuesWhereTheConnectionBrokeOff() throws Exception {
        String type = "HTTP/1.1 200 OK\r\nETag: \"" + MD5_OF_ONE + "\"\r\nConnection: close\r\nContent-Length: ";
        List<String> requests = new ArrayList<>();
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                S3Client brittle = client(socket.getLocalPort())) {
            Thread store = new Thread(() -> {
                for (String answer : List.of(type + "3\r\n\r\no", type + "2\r\n\r\nn", type + "1\r\n\r\ne")) {
                    requests.add(answered(socket, answer));
                }
            });
            store.start();
            ByteArrayOutputStream read = new ByteArrayOutputStream();

            assertThat(new S3Objects(brittle).read("s3://tables/1", read))
                    .isEqualTo(new ObjectStore.ReadObject(new FileDigest(3, "7a6c86f1"), true));
            store.join();
            assertThat(read.toString(UTF_8)).isEqualTo("one");
            assertThat(requests).containsExactly("", "Range: bytes=1-", "Range: bytes=2-");
        }
    }

    /** Answers one request, and closes the connection; returns the header that names the range. */
    private static String answered(ServerSocket socket, String answer) {
        try (Socket connection = socket.accept()) {
            BufferedReader reader = new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
            String range = "";
            for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
                range = line.startsWith("Range: ") ? line : range;
            }
            connection.getOutputStream().write(answer.getBytes(UTF_8));
            return range;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void digestsOfPartsOrOfEncryptedObjectsAreNotThoseOfTheContent() throws IOException {
        answers.put("GET /tables/1", new Answer(200, Map.of("ETag", "\"" + MD5_OF_ONE + "-2\""), "two", 3));
        assertThat(objects.read("s3://tables/1", OutputStream.nullOutputStream())
                        .isCompared())
                .isFalse();
        answers.put(
                "GET /tables/2",
                new Answer(
                        200,
                        Map.of("ETag", "\"" + MD5_OF_ONE + "\"", "x-amz-server-side-encryption", "aws:kms"),
                        "two",
                        3));
        assertThat(objects.read("s3://tables/2", OutputStream.nullOutputStream())
                        .isCompared())
                .isFalse();
    }

    @Test
    void missingObjectsHaveNoSizeAndNoContent() {
        answers.put("HEAD /tables/1", new Answer(200, Map.of(), "", 7));
        assertThat(objects.size("s3://tables/1")).isEqualTo(7);
        assertThat(objects.size("s3://tables/2")).isNull();
        answers.put("GET /tables/2", Answer.of(404, "<Error><Code>NoSuchKey</Code></Error>"));
        assertThatThrownBy(() -> objects.read("s3://tables/2", OutputStream.nullOutputStream()))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage("s3://tables/2");
    }

    @Test
    void listsHaveSeveralPages() {
        answers.put("GET /tables?list-type=2&prefix=kent%2F", Answer.of(200, """
                <ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>more</NextContinuationToken>
                <Contents><Key>kent/1</Key><Size>3</Size>
                <LastModified>2026-11-23T01:02:03.000Z</LastModified></Contents>
                </ListBucketResult>"""));
        answers.put("GET /tables?continuation-token=more&list-type=2&prefix=kent%2F", Answer.of(200, """
                <ListBucketResult><IsTruncated>false</IsTruncated>
                <Contents><Key>kent/a b</Key><Size>4</Size>
                <LastModified>2026-11-23T01:02:04.000Z</LastModified></Contents>
                </ListBucketResult>"""));
        assertThat(objects.list("s3://tables/kent/"))
                .containsExactly(
                        new ObjectStore.StoredObject("s3://tables/kent/1", 3, Instant.parse("2026-11-23T01:02:03Z")),
                        new ObjectStore.StoredObject("s3://tables/kent/a b", 4, Instant.parse("2026-11-23T01:02:04Z")));
        answers.put("GET /tables?delimiter=%2F&list-type=2&prefix=kent%2F", Answer.of(200, """
                <ListBucketResult><IsTruncated>false</IsTruncated>
                <CommonPrefixes><Prefix>kent/raw/</Prefix></CommonPrefixes>
                <CommonPrefixes><Prefix>kent/mart/</Prefix></CommonPrefixes></ListBucketResult>"""));
        assertThat(objects.folders("s3://tables/kent/")).containsExactly("mart", "raw");
    }

    @Test
    void refusalSaysWhatToDo() {
        answers.put(
                "GET /tables?list-type=2&prefix=kent%2F",
                Answer.of(403, "<Error><Code>AccessDenied</Code><Message>Denied</Message></Error>"));
        assertThatThrownBy(() -> objects.list("s3://tables/kent/"))
                .isInstanceOf(FpwException.class)
                .hasMessageStartingWith("the object store refused a request for s3://tables/kent/: Denied (Service: S3")
                .hasMessageEndingWith("; check that these credentials may list, read, write and delete there");
    }
}
