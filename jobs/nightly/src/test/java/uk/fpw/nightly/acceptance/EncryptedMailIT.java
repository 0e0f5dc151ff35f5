package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.nightly.notify.Receivers;

/** The installed program sends by TLS and with a password, to a server whose certificate its machine trusts. */
class EncryptedMailIT {

    private static final String PASSWORD = "changeit";

    @TempDir
    private static Path folder;

    @Test
    void mailGoesToAServerOfTheForcesOwnAuthorityOnceTheProgramTrustsIt() throws Exception {
        Path store = certificate();
        System.setProperty("greenmail.tls.keystore.file", store.toString());
        System.setProperty("greenmail.tls.keystore.password", PASSWORD);
        try (Receivers receivers = Receivers.withTls()) {
            receivers.addUser("fpw", "right");
            Installation fpw = Installation.in(folder);
            receivers.environment(folder, "tls", "    user: fpw\n").forEach(fpw::set);
            fpw.set("FPW_MAIL_PASSWORD", "right");
            assertThat(fpw.run("notify", "failed", "--test").exitCode()).isEqualTo(4);

            fpw.set(
                    "FPW_JAVA_OPTS",
                    "-Djavax.net.ssl.trustStore=" + store + " -Djavax.net.ssl.trustStorePassword=" + PASSWORD);
            assertThat(fpw.succeed("notify", "failed", "--test").out()).isEqualTo("Told: failed\n");
            assertThat(receivers.mails())
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("[duty@example.org]\nTest: Force Performance Warehouse: the run failed\n");
        } finally {
            System.clearProperty("greenmail.tls.keystore.file");
            System.clearProperty("greenmail.tls.keystore.password");
        }
    }

    private static Path certificate() throws Exception {
        Path store = folder.toRealPath().resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        "mail",
                        "-keyalg",
                        "RSA",
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
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        return store;
    }
}
