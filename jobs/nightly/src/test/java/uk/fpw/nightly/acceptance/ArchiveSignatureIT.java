package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive that is signed by {@code packaging/sign} is recognised by {@code packaging/check-signature}, no other. */
class ArchiveSignatureIT {

    private static final Path PACKAGING =
            Path.of(Objects.requireNonNull(System.getProperty("fpw.root"))).resolve("packaging");

    @TempDir
    private Path folder;

    @BeforeEach
    void archiveAndKeys() throws Exception {
        archive("a".repeat(40));
        for (String key : List.of("release", "other")) {
            succeed("openssl", "genpkey", "-algorithm", "ed25519", "-out", key + ".pem");
            succeed("openssl", "pkey", "-in", key + ".pem", "-pubout", "-out", key + ".pub.pem");
        }
    }

    private void archive(String commit) throws Exception {
        Path top = folder.resolve("fpw-1.2.3");
        Files.createDirectories(top.resolve("licenses"));
        Files.writeString(top.resolve("COMMIT"), commit + "\n");
        Files.writeString(top.resolve("licenses/bom-app.json"), "{\"components\": []}\n");
        succeed("tar", "-czf", "fpw-1.2.3.tar.gz", "fpw-1.2.3");
    }

    @Test
    void signedArchiveAndBillsAreAsTheyWereSigned() throws Exception {
        assertThat(succeed(sign("release")))
                .isEqualTo("fpw-1.2.3.sha256 and fpw-1.2.3.sha256.sig sign commit " + "a".repeat(40)
                        + ": 1 bills of materials and the archive\n");
        assertThat(succeed(check("release"))).isEqualTo("fpw-1.2.3.tar.gz is what was signed\n");
        // as docs/install.md does it by hand
        succeed(
                "openssl",
                "pkeyutl",
                "-verify",
                "-pubin",
                "-inkey",
                "release.pub.pem",
                "-rawin",
                "-in",
                "fpw-1.2.3.sha256",
                "-sigfile",
                "fpw-1.2.3.sha256.sig");
        assertThat(succeed("sha256sum", "--check", "--ignore-missing", "fpw-1.2.3.sha256"))
                .isEqualTo("fpw-1.2.3.tar.gz: OK\nfpw-1.2.3-bom-app.json: OK\n");
        // without the bills, which an installation does not need
        Files.delete(folder.resolve("fpw-1.2.3-bom-app.json"));
        succeed(check("release"));
    }

    @Test
    void changedArchiveBillDigestOrKeyIsNoticed() throws Exception {
        succeed(sign("release"));
        assertThat(fail(check("other"))).contains("was not signed with the key");

        Path bill = folder.resolve("fpw-1.2.3-bom-app.json");
        Files.writeString(bill, "{\"components\": [1]}\n");
        assertThat(fail(check("release"))).contains("is not what was signed: do not install");
        Files.delete(bill);

        Files.write(folder.resolve("fpw-1.2.3.tar.gz"), new byte[] {0}, StandardOpenOption.APPEND);
        assertThat(fail(check("release"))).contains("is not what was signed: do not install");
        // digests that fit, of somebody without the key
        try (Stream<String> line = Stream.of(succeed("sha256sum", "fpw-1.2.3.tar.gz"))) {
            Files.write(
                    folder.resolve("fpw-1.2.3.sha256"), line.map(String::strip).toList());
        }
        assertThat(fail(check("release"))).contains("was not signed with the key");

        Files.delete(folder.resolve("fpw-1.2.3.sha256.sig"));
        assertThat(fail(check("release"))).contains("must lie beside fpw-1.2.3.tar.gz");
    }

    @Test
    void signatureOfAnotherArchiveIsNotOne() throws Exception {
        succeed(sign("release"));
        for (String suffix : List.of(".tar.gz", ".sha256", ".sha256.sig")) {
            Files.copy(folder.resolve("fpw-1.2.3" + suffix), folder.resolve("fpw-1.2.4" + suffix));
        }
        assertThat(fail(PACKAGING.resolve("check-signature").toString(), "release.pub.pem", "fpw-1.2.4.tar.gz"))
                .contains("fpw-1.2.4.sha256 does not name fpw-1.2.4.tar.gz: do not install it");
    }

    @Test
    void whatNobodyCanRepeatIsNotSigned() throws Exception {
        archive("a".repeat(40) + "-modified");
        assertThat(fail(sign("release"))).contains("commit what was changed, and make the archive again");
        assertThat(folder.resolve("fpw-1.2.3.sha256.sig")).doesNotExist();
    }

    @Test
    void keyIsNotInTheRepository() throws Exception {
        Path key = PACKAGING.resolve("sign");
        assertThat(fail(key.toString(), key.toString(), "fpw-1.2.3.tar.gz"))
                .contains("is in the repository; keep it outside, where nobody commits it");
    }

    private static String[] sign(String key) {
        return new String[] {PACKAGING.resolve("sign").toString(), key + ".pem", "fpw-1.2.3.tar.gz"};
    }

    private static String[] check(String key) {
        return new String[] {PACKAGING.resolve("check-signature").toString(), key + ".pub.pem", "fpw-1.2.3.tar.gz"};
    }

    private String succeed(String... command) throws IOException, InterruptedException {
        return run(0, command);
    }

    private String fail(String... command) throws IOException, InterruptedException {
        return run(1, command);
    }

    /** Returns what the command printed, standard error included. */
    private String run(int code, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isEqualTo(code);
        return printed;
    }
}
