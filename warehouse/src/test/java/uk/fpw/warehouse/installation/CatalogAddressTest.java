package uk.fpw.warehouse.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.failure.FpwException;

class CatalogAddressTest {

    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    @Test
    void addressIsReadFromTheInstallation() throws IOException {
        Path file = Files.writeString(folder.resolve("installation.yml"), """
                catalog:
                  address: 10.0.0.5
                  port: 8443
                  certificate: /etc/fpw/catalog.pem
                  key: /etc/fpw/catalog.key
                  token_file: /etc/fpw/catalog.token
                """);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(Installation.of(Map.of("FPW_INSTALLATION", file.toString())).catalog())
                .isEqualTo(new CatalogAddress(
                        "10.0.0.5",
                        8443,
                        Path.of("/etc/fpw/catalog.pem"),
                        Path.of("/etc/fpw/catalog.key"),
                        Path.of("/etc/fpw/catalog.token")));
        Files.writeString(file, "catalog: {address: 10.0.0.5}\n");
        assertThatThrownBy(() -> Installation.of(Map.of("FPW_INSTALLATION", file.toString())))
                .isInstanceOf(FpwException.class)
                .hasMessageContaining("certificate")
                .hasMessageContaining("key");
    }

    @Test
    void tokenIsThatOfTheEnvironmentElseThatOfTheFile() throws IOException {
        Path file = tokenFile(TOKEN + "\n", "rw-------");
        assertThat(address(file).requireToken(Map.of())).isEqualTo(TOKEN);
        assertThat(address(file).requireToken(Map.of("FPW_CATALOG_TOKEN", "9" + TOKEN)))
                .isEqualTo("9" + TOKEN);
        assertThat(CatalogAddress.token(Map.of())).isNull();
    }

    @Test
    void addressWithoutATokenThatNobodyGuessesIsRefused() throws IOException {
        assertThatThrownBy(() -> address(null).requireToken(Map.of()))
                .isInstanceOf(FpwException.class)
                .hasMessage("the catalog is served at 10.0.0.5 with a token only; set FPW_CATALOG_TOKEN, or name a "
                        + "file with it in catalog.token_file of the installation");
        assertThatThrownBy(() -> CatalogAddress.token(Map.of("FPW_CATALOG_TOKEN", "short")))
                .isInstanceOf(FpwException.class)
                .hasMessage("FPW_CATALOG_TOKEN has no token of at least 32 letters and digits in one line; make one, "
                        + "such as with openssl rand -hex 32");
        Path open = tokenFile(TOKEN, "rw-r--r--");
        assertThatThrownBy(() -> address(open).requireToken(Map.of()))
                .isInstanceOf(FpwException.class)
                .hasMessageStartingWith("catalog.token_file " + open + " is accessible to others ")
                .hasMessageNotContainingAny(TOKEN);
    }

    private CatalogAddress address(@Nullable Path tokenFile) {
        return new CatalogAddress(
                "10.0.0.5", null, Path.of("/etc/fpw/catalog.pem"), Path.of("/etc/fpw/catalog.key"), tokenFile);
    }

    private Path tokenFile(String content, String rights) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
        return file;
    }
}
