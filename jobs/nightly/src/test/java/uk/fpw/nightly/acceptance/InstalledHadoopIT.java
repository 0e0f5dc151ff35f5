package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** Of the libraries inside the jar of Hadoop's client, those that a warehouse in a folder needs are installed. */
class InstalledHadoopIT {

    private static final Path SHARED =
            Path.of(Objects.requireNonNull(System.getProperty("fpw.dist"))).resolve("lib/shared");

    @Test
    void librariesForClustersAreNotInstalled() throws IOException {
        assertThat(entries("META-INF/maven/[^/]+/([^/]+)/pom[.]properties"))
                .containsExactly(
                        "commons-cli",
                        "commons-codec",
                        "commons-collections4",
                        "commons-compress",
                        "commons-configuration2",
                        "commons-io",
                        "commons-lang3",
                        "commons-text",
                        "hadoop-shaded-guava",
                        "hadoop-shaded-protobuf_3_25",
                        "re2j",
                        "stax2-api",
                        "woodstox-core");
        // and no class of any other
        assertThat(entries("(org/apache/hadoop/shaded/(?:org/apache/commons/[^/]+|[^/]+/[^/]+/[^/]+)).*[.]class"))
                .containsExactly(
                        "org/apache/hadoop/shaded/com/ctc/wstx",
                        "org/apache/hadoop/shaded/com/google/re2j",
                        "org/apache/hadoop/shaded/org/apache/commons/cli",
                        "org/apache/hadoop/shaded/org/apache/commons/codec",
                        "org/apache/hadoop/shaded/org/apache/commons/collections4",
                        "org/apache/hadoop/shaded/org/apache/commons/compress",
                        "org/apache/hadoop/shaded/org/apache/commons/configuration2",
                        "org/apache/hadoop/shaded/org/apache/commons/io",
                        "org/apache/hadoop/shaded/org/apache/commons/lang3",
                        "org/apache/hadoop/shaded/org/apache/commons/text",
                        "org/apache/hadoop/shaded/org/codehaus/stax2");
    }

    /** The first group of a pattern, of every entry of the jar that it matches. */
    private static SortedSet<String> entries(String pattern) throws IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.list(SHARED)) {
            jars = files.filter(file -> file.getFileName().toString().startsWith("hadoop-client-runtime-"))
                    .toList();
        }
        assertThat(jars).hasSize(1);
        SortedSet<String> found = new TreeSet<>();
        try (ZipFile jar = new ZipFile(jars.get(0).toFile())) {
            for (ZipEntry entry : jar.stream().toList()) {
                if (entry.getName().matches(pattern)) {
                    found.add(entry.getName().replaceFirst(pattern, "$1"));
                }
            }
        }
        return found;
    }
}
