package uk.fpw.nightly.program;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Java program of the installation that reads with DuckDB, as {@code fpw query} does: the audit, and the one that
 * makes pages. Its class path begins with that of the query, so that the archive of classes that
 * {@code fpw archive-classes} makes for the query fits it too.
 */
public final class DuckDbProgram {

    private static final String QUERY = "query";

    private DuckDbProgram() {}

    /**
     * Its command line.
     *
     * @param lib folder of the installation
     * @param parts subfolders with its classes, beside that of the query
     * @param main its class
     */
    public static List<String> commandLine(Path lib, List<String> parts, String main, String... arguments) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Duser.timezone=UTC",
                "-Dfile.encoding=UTF-8"));
        Path archive = lib.resolve(QUERY + ".jsa");
        if (Files.exists(archive)) {
            words.add("-XX:SharedArchiveFile=" + archive);
            // a Java newer than 17 would say of an archive that does not fit that it does not
            words.add("-Xlog:cds=off");
        }
        words.add("-cp");
        words.add(Stream.concat(Stream.of(QUERY), parts.stream())
                .map(part -> lib.resolve(part).resolve("*").toString())
                .collect(Collectors.joining(File.pathSeparator)));
        words.add(main);
        words.addAll(List.of(arguments));
        return words;
    }
}
