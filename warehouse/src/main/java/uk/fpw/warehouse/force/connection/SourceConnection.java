package uk.fpw.warehouse.force.connection;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A connection to an operational system. */
public sealed interface SourceConnection {

    /** Name by which feeds refer to it. */
    String name();

    /** Identifies the system: two connections with the same value are the same source. */
    default String system() {
        return name();
    }

    /** The folder with its files; null if it has none. */
    default @Nullable Path folder() {
        return null;
    }

    /** A folder of files, at an absolute path. */
    record FileDrop(String name, Path path) implements SourceConnection {

        @Override
        public Path folder() {
            return path;
        }
    }

    /**
     * A database.
     *
     * @param jdbcUrl URL without user and password
     * @param passwordVariable environment variable with the password; empty for no password
     * @param fetchRows number of rows to fetch at a time
     * @param timeoutSeconds maximum time for connecting, and for the first response of each query
     * @param maxSessions maximum number of sessions per load of a feed
     */
    record Database(
            String name,
            String jdbcUrl,
            String user,
            String passwordVariable,
            int fetchRows,
            int timeoutSeconds,
            int maxSessions)
            implements SourceConnection {

        @Override
        public String system() {
            return jdbcUrl;
        }
    }
}
