package uk.fpw.nightly.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Objects;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.installation.CatalogAddress;

class ServerCertificateTest {

    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static KeyStore made;

    @BeforeAll
    static void certificateAndKey() throws Exception {
        Path store = folder.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        "catalog",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        assertThat(new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .doesNotContain("rror");
        assertThat(keytool.waitFor()).isZero();
        made = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            made.load(in, PASSWORD);
        }
        write("catalog.pem", "CERTIFICATE", made.getCertificate("catalog").getEncoded(), "rw-r--r--");
        byte[] key = Objects.requireNonNull(made.getKey("catalog", PASSWORD)).getEncoded();
        write("catalog.key", "PRIVATE KEY", key, "rw-------");
        write("open.key", "PRIVATE KEY", key, "rw-r--r--");
        write("other.key", "EC PRIVATE KEY", key, "rw-------");
    }

    private static void write(String name, String what, byte[] content, String rights) throws IOException {
        Path file = Files.writeString(
                folder.resolve(name),
                "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                        + what + "-----\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
    }

    private static CatalogAddress address(String key) {
        return new CatalogAddress("127.0.0.1", null, folder.resolve("catalog.pem"), folder.resolve(key), null);
    }

    @Test
    void otherMachinesAreServedByTlsAndNeedTheToken() throws Exception {
        CatalogProtocol protocol = new CatalogProtocol(
                new CatalogViews(
                        () -> new CatalogView(null, new TreeMap<>()), () -> "", System::nanoTime, CatalogViews.LONGEST),
                null,
                problem -> {});
        try (CatalogServer server = CatalogServer.start(
                protocol, InetAddress.getLoopbackAddress(), 0, TOKEN, ServerCertificate.read(address("catalog.key")))) {
            assertThat(status(server, null)).isEqualTo(401);
            assertThat(status(server, "Bearer " + TOKEN.replace('0', '1'))).isEqualTo(401);
            assertThat(status(server, "Basic " + TOKEN)).isEqualTo(401);
            assertThat(status(server, "Bearer " + TOKEN)).isEqualTo(200);
        }
    }

    private static int status(CatalogServer server, @Nullable String authorization) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("catalog", made.getCertificate("catalog"));
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + "/v1/config"));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return HttpClient.newBuilder()
                .sslContext(context)
                .build()
                .send(request.build(), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    @Test
    void keyThatOthersCanReadOrOfAnotherFormIsRefused() {
        assertThatThrownBy(() -> ServerCertificate.read(address("open.key")))
                .isInstanceOf(FpwException.class)
                .hasMessageStartingWith("catalog.key " + folder.resolve("open.key") + " is accessible to others ");
        assertThatThrownBy(() -> ServerCertificate.read(address("other.key")))
                .isInstanceOf(FpwException.class)
                .hasMessageContaining("cannot be used: there is no PRIVATE KEY; ");
        assertThatThrownBy(() -> ServerCertificate.read(address("none.key")))
                .isInstanceOf(FpwException.class)
                .hasMessageContaining("cannot be read");
    }
}
