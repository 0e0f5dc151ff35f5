package uk.fpw.warehouse.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.failure.FpwException;

class ObjectStoreSettingsTest {

    private static final String TABLES = "s3://fpw-tables/kent";

    @TempDir
    private Path folder;

    @Test
    void forceFoldersCannotChooseABucket() throws IOException {
        assertThatThrownBy(() -> ObjectStoreSettings.of(TABLES, Map.of()))
                .isInstanceOf(FpwException.class)
                .hasMessage(
                        "storage.tables is s3://fpw-tables/kent, but this installation has no object store: a force "
                                + "folder alone may not send rows elsewhere. Set object_store.bucket: fpw-tables in "
                                + "the installation's file (FPW_INSTALLATION), or remove storage.tables");
        assertThatThrownBy(() -> read("object_store: {bucket: others}"))
                .isInstanceOf(FpwException.class)
                .hasMessage("storage.tables is s3://fpw-tables/kent, but the object store of this installation is the "
                        + "bucket others (object_store.bucket); name a place in it, or change the installation's file");
    }

    @Test
    void settingsBecomePropertiesOfTheCatalog() throws IOException {
        assertThat(read("object_store: {bucket: fpw-tables, region: eu-west-2, encryption: sse-s3}")
                        .properties())
                .isEqualTo(Map.of(
                        "io-impl", "uk.fpw.s3.S3Files",
                        "s3.client-factory-impl", "uk.fpw.s3.S3Clients",
                        "client.region", "eu-west-2",
                        "s3.path-style-access", "false",
                        "fpw.s3.checksums", "when_supported",
                        "s3.sse.type", "s3"));
        ObjectStoreSettings own = read("object_store: {bucket: fpw-tables, endpoint: 'http://127.0.0.1:9000', "
                + "path_style: true, checksums: when_required, encryption: 'kms:night', copies_gigabytes: 2}");
        assertThat(own.properties())
                .isEqualTo(Map.of(
                        "io-impl", "uk.fpw.s3.S3Files",
                        "s3.client-factory-impl", "uk.fpw.s3.S3Clients",
                        "client.region", "us-east-1",
                        "s3.endpoint", "http://127.0.0.1:9000",
                        "s3.path-style-access", "true",
                        "fpw.s3.checksums", "when_required",
                        "s3.checksum-enabled", "true",
                        "s3.sse.type", "kms",
                        "s3.sse.key", "night"));
        assertThat(own.maxCopyBytes()).isEqualTo(2L << 30);
        assertThat(read("object_store: {bucket: fpw-tables}").maxCopyBytes()).isEqualTo(50L << 30);
    }

    @Test
    void rowsCrossNoNetworkInClear() throws IOException {
        assertThatThrownBy(() -> read("object_store: {bucket: fpw-tables, endpoint: 'http://127.0.0.1.example.org'}"))
                .isInstanceOf(FpwException.class)
                .hasMessage("object_store.endpoint http://127.0.0.1.example.org is of another machine and has no TLS: "
                        + "rows about persons would cross the network in clear. Use https, or accept it with "
                        + "unencrypted: accepted");
        assertThat(read("object_store: {bucket: fpw-tables, endpoint: 'http://store:9000', unencrypted: accepted}")
                        .describe(TABLES))
                .isEqualTo("The tables are in s3://fpw-tables/kent at http://store:9000, without TLS, which the "
                        + "installation accepts");
        assertThat(read("object_store: {bucket: fpw-tables, endpoint: 'https://store'}")
                        .describe(TABLES))
                .isEqualTo("The tables are in s3://fpw-tables/kent at https://store");
    }

    private ObjectStoreSettings read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("installation.yml"), text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return ObjectStoreSettings.of(TABLES, Map.of(Installation.VARIABLE, file.toString()));
    }
}
