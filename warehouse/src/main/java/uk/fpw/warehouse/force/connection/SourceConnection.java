package uk.fpw.warehouse.force.connection;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How an operational system is reached. */
public sealed interface SourceConnection {

    /** Name by which feeds refer to it. */
    String name();

    /** The system behind it: two connections to the same system are the same source. */
    default String system() {
        return name();
    }

    /** The folder in which its files are; null if it has none. */
    default @Nullable Path folder() {
        return null;
    }

    /** A folder of dropped files: connection {@code name}, at the absolute {@code path}. */
    record FileDrop(String name, Path path) implements SourceConnection {

        @Override
        public Path folder() {
            return path;
        }
    }

    /**
     * A database.
     *
     * @param jdbcUrl its URL, without user and password
     * @param passwordVariable environment variable that holds the password; empty means no password
     * @param fetchRows rows that are fetched at a time
     * @param timeoutSeconds maximum time for connecting, and for the first response of each query
     * @param maxSessions maximum number of sessions of the load of a feed
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
