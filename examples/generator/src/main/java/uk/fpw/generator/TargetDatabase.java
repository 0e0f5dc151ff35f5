package uk.fpw.generator;

import org.jspecify.annotations.Nullable;

/**
 * A database that the generator fills.
 *
 * @param url JDBC URL, without user and password
 * @param user who owns the tables
 * @param password the owner's password, or null without one
 * @param reader who may read them; created on H2 if missing (without password), must exist elsewhere; null for nobody
 *     else
 */
public record TargetDatabase(
        String url,
        String user,
        @Nullable String password,
        @Nullable String reader) {

    @Override
    public String toString() {
        return "Database[url=" + url + ", user=" + user + ", reader=" + reader + "]";
    }
}
