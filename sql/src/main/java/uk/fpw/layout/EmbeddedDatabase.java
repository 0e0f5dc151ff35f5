package uk.fpw.layout;

import java.nio.file.Path;

/** The files of an embedded database: H2 adds an ending of its own to the path by which it is opened. */
public final class EmbeddedDatabase {

    /** Ending of the file that holds the database. */
    public static final String ENDING = ".mv.db";

    /** What H2 puts before the path of a database that was opened with ordered writes. */
    public static final String ORDERED = "ordered:";

    private EmbeddedDatabase() {}

    /** The file of the database that is opened by that path. */
    public static Path file(String path) {
        return Path.of((path.startsWith(ORDERED) ? path.substring(ORDERED.length()) : path) + ENDING);
    }

    /** The file, beside that of the database, by which a process says that it serves the database to others. */
    public static Path lockFile(Path file) {
        return sibling(file, ".lock.db");
    }

    /** A file beside that of the database, named as the database is with another ending. */
    public static Path sibling(Path file, String ending) {
        return file.resolveSibling(name(file) + ending);
    }

    /** Name of the database, which is that of its file without the ending. */
    public static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(0, name.length() - ENDING.length());
    }
}
