package uk.fpw.generator;

import org.jspecify.annotations.Nullable;

/**
 * A database that the generator fills.
 *
 * @param url JDBC URL, without user and password
 * @param user owner of the tables
 * @param password the owner's password; null if there is none
 * @param reader user who may read the tables; created on H2 if missing (without password), must exist elsewhere; null
 *     for nobody else
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
