package uk.fpw.warehouse.catalog;

/** Where the migrations of the relational database lie on the class path. */
public final class Migrations {

    private Migrations() {}

    /**
     * What to give Flyway: the migrations that every database shares, then those that must differ.
     *
     * @param jdbcUrl address of the database, H2 or PostgreSQL
     */
    public static String[] locations(String jdbcUrl) {
        String vendor = jdbcUrl.startsWith("jdbc:postgresql:") ? "postgresql" : "h2";
        return new String[] {"classpath:db/migration", "classpath:db/vendor/" + vendor};
    }
}
