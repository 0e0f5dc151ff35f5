package uk.fpw.nightly.run.database;

import com.zaxxer.hikari.HikariDataSource;
import uk.fpw.ingest.SourcePasswords;

/**
 * The warehouse's database, and what opens the data of others.
 *
 * @param password of the warehouse's database
 * @param sourcePasswords of the databases that feeds come from
 */
public record Access(HikariDataSource dataSource, String password, SourcePasswords sourcePasswords) {

    /** Without the password. */
    @Override
    public String toString() {
        return "Access to " + dataSource.getPoolName();
    }
}
