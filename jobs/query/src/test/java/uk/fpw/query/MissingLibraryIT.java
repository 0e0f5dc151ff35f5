package uk.fpw.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An installation whose DuckDB has no library for this kind of machine. */
class MissingLibraryIT extends BostonWarehouse {

    @Test
    void isNamedInOneLineWithTheRemedy() throws Exception {
        Path said = folder.resolve("said.txt");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        withoutLibrary(),
                        "uk.fpw.query.QueryMain",
                        "--warehouse",
                        warehouse.toString(),
                        "select 1"))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor()).isEqualTo(4);
        assertThat(Files.readString(said, StandardCharsets.UTF_8))
                .isEqualTo(
                        "fpw query: DuckDB's native library cannot be loaded from lib/query; install an archive that "
                                + "was built on a machine of this kind (" + System.getProperty("os.arch")
                                + "), in a folder from which programs may be run\n");
    }

    /** The class path of this test with another jar of DuckDB. */
    private String withoutLibrary() throws IOException {
        Path jar = folder.resolve("duckdb.jar");
        String[] path = System.getProperty("java.class.path").split(File.pathSeparator);
        String original = Stream.of(path)
                .filter(entry -> entry.contains("duckdb_jdbc"))
                .findFirst()
                .orElseThrow();
        try (JarFile from = new JarFile(original);
                JarOutputStream to = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Enumeration<JarEntry> entries = from.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                if (!entry.getName().startsWith("libduckdb")) {
                    to.putNextEntry(new JarEntry(entry.getName()));
                    from.getInputStream(entry).transferTo(to);
                    to.closeEntry();
                }
            }
        }
        return Stream.of(path)
                .map(entry -> entry.equals(original) ? jar.toString() : entry)
                .collect(Collectors.joining(File.pathSeparator));
    }
}
