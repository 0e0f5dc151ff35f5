package uk.fpw.warehouse.force.connection;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import uk.fpw.layout.EmbeddedDatabase;

/**
 * The H2 file system for embedded databases: the usual one with {@link OrderedWrites}, so that a power failure loses
 * nothing that was synced. H2 creates an instance per path.
 */
public final class OrderedDatabaseFile extends FilePathWrapper {

    private static final String PREFIX = "jdbc:h2:";
    private static final String PLAIN = PREFIX + "file:";
    private static final String ORDERED = PREFIX + EmbeddedDatabase.ORDERED;

    static {
        FilePath.register(new OrderedDatabaseFile());
    }

    /** The URL that opens an embedded database through this file system. */
    static String url(String jdbcUrl) {
        return jdbcUrl.startsWith(PLAIN) ? ORDERED + jdbcUrl.substring(PLAIN.length()) : jdbcUrl;
    }

    /** The URL without it, as in force.yml. */
    static String plainUrl(String jdbcUrl) {
        return jdbcUrl.startsWith(ORDERED) ? PLAIN + jdbcUrl.substring(ORDERED.length()) : jdbcUrl;
    }

    @Override
    public String getScheme() {
        return EmbeddedDatabase.ORDERED.substring(0, EmbeddedDatabase.ORDERED.length() - 1);
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        FileChannel file = super.open(mode);
        return mode.equals("r") || !name.endsWith(EmbeddedDatabase.ENDING) ? file : new OrderedWrites(file, toString());
    }
}
