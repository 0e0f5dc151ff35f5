package uk.fpw.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Documents name the version of {@code pom.xml}, from which the programs, the archive and every module have theirs. */
class VersionTest {

    private static final Path ROOT = Path.of("../..");

    @Test
    void documentsNameTheVersionOfTheBuild() throws IOException {
        String version = version();
        assertThat(found("\\bfpw[-:](\\d+\\.\\d+\\.\\d+)", ROOT.resolve("docs/install.md")))
                .isNotEmpty();
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.list(ROOT.resolve("docs"));
                Stream<Path> packaging = Files.list(ROOT.resolve("packaging"))) {
            for (Path file : Stream.of(top, docs, packaging)
                    .flatMap(files -> files.filter(Files::isRegularFile))
                    .toList()) {
                assertThat(found("\\bfpw[-:](\\d+\\.\\d+\\.\\d+)", file))
                        .as("versions in %s; pom.xml says %s", file, version)
                        .allMatch(version::equals);
            }
        }
    }

    @Test
    void changelogBeginsWithTheVersionOfTheBuild() throws IOException {
        assertThat(found("(?m)^## (\\d[^:]*):", ROOT.resolve("CHANGELOG.md")))
                .first()
                .isEqualTo(version());
    }

    private static String version() throws IOException {
        return found("<artifactId>fpw</artifactId>\\s*<version>(.*)</version>", ROOT.resolve("pom.xml"))
                .get(0);
    }

    private static List<String> found(String pattern, Path file) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(file))
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
