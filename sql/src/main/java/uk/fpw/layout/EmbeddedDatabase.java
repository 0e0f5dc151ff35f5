package uk.fpw.layout;

import java.nio.file.Path;

/** The files of an embedded database. H2 appends its own extension to the path in the JDBC URL. */
public final class EmbeddedDatabase {

    /** Extension of the database file. */
    public static final String ENDING = ".mv.db";

    /** Prefix that H2 adds to the path of a database opened with ordered writes. */
    public static final String ORDERED = "ordered:";

    private EmbeddedDatabase() {}

    /** The file of the database with that H2 path. */
    public static Path file(String path) {
        return Path.of((path.startsWith(ORDERED) ? path.substring(ORDERED.length()) : path) + ENDING);
    }

    /** The lock file beside the database file, which shows that a process is serving the database to others. */
    public static Path lockFile(Path file) {
        return sibling(file, ".lock.db");
    }

    /** A file beside the database file with the same base name and another extension. */
    public static Path sibling(Path file, String ending) {
        return file.resolveSibling(name(file) + ending);
    }

    /** Name of the database: the file name without the extension. */
    public static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(0, name.length() - ENDING.length());
    }
}
