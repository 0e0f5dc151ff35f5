package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** An object store on the loopback address, in a process of its own, which keeps its objects in a folder. */
final class S3Proxy implements AutoCloseable {

    /** Its only bucket. */
    static final String BUCKET = "fpw-tables";

    private static final Duration START = Duration.ofMinutes(1);

    /** Its class path, which the build of the module writes. */
    private static final Path CLASS_PATH = Path.of(Objects.requireNonNull(System.getProperty("fpw.root")))
            .resolve("s3/proxy/target/s3proxy.classpath");

    private final Process process;
    private final int port;
    private final Path objects;
    private final String secret;

    private S3Proxy(Process process, int port, Path objects, String secret) {
        this.process = process;
        this.port = port;
        this.objects = objects;
        this.secret = secret;
    }

    /** Starts it; {@code secret} is the secret of its only credentials. */
    static S3Proxy start(Path folder, String secret) throws IOException, InterruptedException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path objects = Files.createDirectories(folder.resolve("objects"));
        Files.createDirectories(objects.resolve(BUCKET));
        Path settings = Files.writeString(folder.resolve("s3proxy.conf"), """
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=fpw
                s3proxy.credential=%s
                s3proxy.ignore-unknown-headers=true
                s3proxy.endpoint=http://127.0.0.1:%d
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                """.formatted(secret, port, objects));
        Path log = folder.resolve("s3proxy.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx200m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile=" + quiet(folder),
                        "-cp",
                        Files.readString(CLASS_PATH).strip(),
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        S3Proxy proxy = new S3Proxy(process, port, objects, secret);
        long end = System.nanoTime() + START.toNanos();
        while (!proxy.isListening()) {
            assertThat(process.isAlive() && System.nanoTime() < end)
                    .as("s3proxy says: %s", Files.readString(log))
                    .isTrue();
            Thread.sleep(50);
        }
        return proxy;
    }

    private static Path quiet(Path folder) throws IOException {
        return Files.writeString(folder.resolve("logback.xml"), """
                <configuration>
                  <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                    <encoder><pattern>%msg%n</pattern></encoder>
                  </appender>
                  <root level="warn"><appender-ref ref="out"/></root>
                </configuration>
                """);
    }

    private boolean isListening() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (ConnectException notYet) {
            return false;
        }
    }

    /** The variables by which its clients find the credentials. */
    Map<String, String> credentials() {
        return Map.of("AWS_ACCESS_KEY_ID", "fpw", "AWS_SECRET_ACCESS_KEY", secret);
    }

    /** Its port. */
    int port() {
        return port;
    }

    /** What an installation says of it. */
    String settings() {
        return settings(port);
    }

    /** The same for clients that connect to another port. */
    static String settings(int port) {
        return """
                object_store:
                  bucket: %s
                  endpoint: http://127.0.0.1:%d
                  path_style: true
                  checksums: when_required
                """.formatted(BUCKET, port);
    }

    /** An installation's file that others could change is refused. */
    static void closeToWriters(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    /** The folder of its objects, by bucket and key. */
    Path objects() {
        return objects;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
