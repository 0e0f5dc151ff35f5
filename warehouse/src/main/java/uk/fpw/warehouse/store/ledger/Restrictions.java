package uk.fpw.warehouse.store.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.file.FileDigest;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.evidence.EvidenceKey;

/**
 * Restrictions of the processing of rows: erasures of which the rows are kept in sealed files. Nothing of the rows.
 * Every method fails with {@code UNAVAILABLE} if the database does not respond; in a database not yet used by this
 * version there is none.
 */
public final class Restrictions {

    private static final String TABLE = "restriction";
    private static final int MAX_REASON = 1000;
    private static final int MAX_USER = 100;

    private static final String ALL = """
            select r.restriction_id, r.review_on, r.version_count, r.byte_count, r.crc32, r.made_under, \
            r.encrypted_key, r.lifted_at, r.lifted_by, r.lift_reason, r.erased_at, r.erased_by, r.erase_reason, \
            e.kind, e.feed, e.ground, e.reason, e.applied_by, e.started_at
            from ops.restriction as r
            inner join ops.erasure as e on r.restriction_id = e.erasure_id
            order by e.started_at, r.restriction_id
            """;

    private final OpsDatabase ops;

    public Restrictions(DataSource dataSource) {
        this.ops = new OpsDatabase(dataSource);
    }

    /**
     * The sealed file of a restriction.
     *
     * @param versionCount number of versions of rows
     * @param madeUnder fingerprint, without the format of keys, of the pseudonym key of its pseudonyms
     * @param encryptedKey key of the file, see {@link EvidenceKey#encrypt}; null once the file was deleted
     */
    public record Sealed(
            long versionCount,
            FileDigest digest,
            String madeUnder,
            @Nullable String encryptedKey) {}

    /**
     * How a restriction, or its sealed file, ended.
     *
     * @param by operating-system user
     */
    public record End(Instant at, String by, String reason) {}

    /**
     * One restriction.
     *
     * @param id identifier, also of its erasure
     * @param cause why the rows were restricted, when, and by whom
     * @param reviewOn when it is to be decided whether the rows must still be kept
     * @param lifted null unless it was lifted
     * @param erased null unless its sealed file was deleted
     */
    public record Restriction(
            String id,
            Erasures.Cause cause,
            LocalDate reviewOn,
            Sealed sealed,
            @Nullable End lifted,
            @Nullable End erased) {

        /** Whether rows are kept out by it. */
        public boolean isStanding() {
            return lifted == null && erased == null;
        }
    }

    /** All restrictions, the first one first. */
    public List<Restriction> list() {
        return ops.hasTable(TABLE) ? ops.list(ALL, Restrictions::restriction) : List.of();
    }

    /**
     * A restriction.
     *
     * @param id its id, or the beginning of it that no other one has
     * @throws FpwException with {@code CONFIGURATION} if there is no such one, or several
     */
    public Restriction find(String id) {
        List<Restriction> found =
                list().stream().filter(one -> one.id().startsWith(id)).toList();
        if (id.isEmpty() || found.size() != 1) {
            throw FpwException.configuration(
                    (found.isEmpty() ? "no restriction has" : "not exactly one restriction has")
                            + " an id that begins with '" + id + "'; 'fpw restrict --list' shows all");
        }
        return found.get(0);
    }

    /** The restrictions whose sealed files are needed. */
    public Set<String> sealed() {
        return list().stream()
                .filter(one -> one.sealed().encryptedKey() != null)
                .map(Restriction::id)
                .collect(Collectors.toSet());
    }

    /** What these files were when they were written, by restriction, within a transaction. */
    public static Map<String, FileDigest> sealed(Connection transaction) throws SQLException {
        try (ResultSet tables = transaction.getMetaData().getTables(null, "ops", TABLE, null)) {
            if (!tables.next()) {
                return Map.of();
            }
        }
        Map<String, FileDigest> sealed = new TreeMap<>();
        new OpsStatements(transaction)
                .list("""
                        select restriction_id, byte_count, crc32 from ops.restriction
                        where encrypted_key is not null\
                        """, row -> sealed.put(row.getString("restriction_id"), digest(row)) == null);
        return sealed;
    }

    private static FileDigest digest(ResultSet row) throws SQLException {
        return new FileDigest(row.getLong("byte_count"), row.getString("crc32"));
    }

    /** Records a restriction within the transaction that records its erasure. */
    public static void record(OpsStatements statements, String id, LocalDate reviewOn, Sealed sealed)
            throws SQLException {
        statements.update(
                """
                insert into ops.restriction (restriction_id, review_on, version_count, byte_count, crc32, made_under, \
                encrypted_key)
                values (?, ?, ?, ?, ?, ?, ?)\
                """,
                id,
                reviewOn,
                sealed.versionCount(),
                sealed.digest().bytes(),
                sealed.digest().crc32(),
                sealed.madeUnder(),
                sealed.encryptedKey());
    }

    /** Records, within a transaction, that a restriction was lifted. */
    public static void lift(OpsStatements statements, String id, End end) throws SQLException {
        statements.update(
                "update ops.restriction set lifted_at = ?, lifted_by = ?, lift_reason = ? where restriction_id = ?",
                OpsDatabase.time(end.at()),
                OpsDatabase.cut(end.by(), MAX_USER),
                OpsDatabase.cut(end.reason(), MAX_REASON),
                id);
    }

    /** Records, within a transaction, that a sealed file is deleted, and deletes its key. */
    public static void erase(OpsStatements statements, String id, End end) throws SQLException {
        statements.update(
                """
                update ops.restriction set encrypted_key = null, erased_at = ?, erased_by = ?, erase_reason = ?
                where restriction_id = ?\
                """,
                OpsDatabase.time(end.at()),
                OpsDatabase.cut(end.by(), MAX_USER),
                OpsDatabase.cut(end.reason(), MAX_REASON),
                id);
    }

    /**
     * Encrypts the keys of sealed files under a new pseudonym key, within the transaction that replaces it.
     *
     * @throws FpwException with {@code CONFIGURATION} if they are not encrypted under the former key
     */
    public static void encryptAgain(Connection transaction, Pseudonymiser before, Pseudonymiser after)
            throws SQLException {
        OpsStatements statements = new OpsStatements(transaction);
        for (String encrypted : statements.list(
                "select encrypted_key from ops.restriction where encrypted_key is not null",
                row -> row.getString("encrypted_key"))) {
            statements.update(
                    "update ops.restriction set encrypted_key = ? where encrypted_key = ?",
                    EvidenceKey.decrypt(encrypted, before).encrypt(after),
                    encrypted);
        }
    }

    private static Restriction restriction(ResultSet row) throws SQLException {
        return new Restriction(
                row.getString("restriction_id"),
                new Erasures.Cause(
                        Erasures.Kind.of(row.getString("kind")),
                        row.getString("feed"),
                        row.getString("ground"),
                        row.getString("reason"),
                        row.getString("applied_by"),
                        Objects.requireNonNull(OpsDatabase.instant(row, "started_at"))),
                Objects.requireNonNull(OpsDatabase.date(row, "review_on")),
                new Sealed(
                        row.getLong("version_count"),
                        digest(row),
                        row.getString("made_under"),
                        row.getString("encrypted_key")),
                end(row, "lifted_at", "lifted_by", "lift_reason"),
                end(row, "erased_at", "erased_by", "erase_reason"));
    }

    private static @Nullable End end(ResultSet row, String at, String by, String reason) throws SQLException {
        Instant ended = OpsDatabase.instant(row, at);
        return ended == null ? null : new End(ended, row.getString(by), row.getString(reason));
    }
}
