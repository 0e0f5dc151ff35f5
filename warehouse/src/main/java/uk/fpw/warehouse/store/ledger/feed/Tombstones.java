package uk.fpw.warehouse.store.ledger.feed;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.privacy.KeptOut;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.privacy.TombstoneKey;
import uk.fpw.warehouse.store.erasure.ListedErasure;
import uk.fpw.warehouse.store.ledger.OpsDatabase;
import uk.fpw.warehouse.store.ledger.OpsStatements;

/**
 * Tombstones of erased rows ({@code ops.tombstone}), which keep them out of the warehouse while their source still
 * sends them. Their keys ({@code ops.tombstone_key}) are encrypted under the pseudonym key.
 */
public final class Tombstones {

    /** End of tombstones of a restriction: they have none before it is lifted. */
    public static final LocalDate NO_END = LocalDate.of(9999, 12, 31);

    private static final String ROW = "row";
    private static final String VALUE = "value";
    private static final int MAX_GROUND = 300;
    private static final int MAX_REASON = 1000;
    private static final int MAX_USER = 100;

    private final OpsDatabase ops;

    Tombstones(OpsDatabase ops) {
        this.ops = ops;
    }

    public Tombstones(DataSource dataSource) {
        this(new OpsDatabase(dataSource));
    }

    /**
     * What to keep out.
     *
     * @param feed feed of a row; null for a value of any pseudonymised column
     * @param text key of the row in canonical form, or the value, as the source sends it
     * @param readings how the columns were read of which it is, see {@link Feed.Column#reading}: of a row one, that of
     *     the key; of a value those of all pseudonymised columns. Empty if unknown
     */
    public record Erased(@Nullable String feed, String text, Set<String> readings) {

        /** What to keep out, if it is unknown how it was read. */
        public Erased(@Nullable String feed, String text) {
            this(feed, text, Set.of());
        }

        /** Contains no part of the text. */
        @Override
        public String toString() {
            return feed == null ? "a value" : "a row of " + feed;
        }
    }

    /**
     * Why and until when.
     *
     * @param endsOn last business date on which the rows are kept out
     * @param ground legal ground
     * @param by operating-system user
     */
    public record Cause(LocalDate endsOn, String ground, String reason, Instant at, String by) {}

    /**
     * The rows of a feed to keep out on a business date.
     *
     * @param under pseudonym key of the warehouse; not needed without tombstones
     * @throws uk.fpw.warehouse.failure.FpwException with {@code CONFIGURATION} if there are tombstones, but not the
     *     pseudonym key of the warehouse
     */
    public KeptOut of(String feed, LocalDate businessDate, Pseudonymiser under) {
        Map<String, Set<String>> rows = new LinkedHashMap<>();
        Map<String, Set<String>> values = new LinkedHashMap<>();
        ops.list(
                """
                select t.tombstone_hash, t.kind, k.encrypted_key
                from ops.tombstone as t
                inner join ops.tombstone_key as k on t.tombstone_key_id = k.tombstone_key_id
                where (t.feed is null or t.feed = ?) and t.ends_on >= ?
                order by k.created_at, t.tombstone_hash\
                """,
                row -> (row.getString("kind").equals(VALUE) ? values : rows)
                        .computeIfAbsent(row.getString("encrypted_key"), first -> new HashSet<>())
                        .add(row.getString("tombstone_hash")),
                feed,
                businessDate);
        Set<String> keys = new HashSet<>(rows.keySet());
        keys.addAll(values.keySet());
        List<KeptOut.Hashes> hashes = new ArrayList<>();
        for (String encrypted : keys) {
            hashes.add(new KeptOut.Hashes(
                    TombstoneKey.decrypt(encrypted, under),
                    rows.getOrDefault(encrypted, Set.of()),
                    values.getOrDefault(encrypted, Set.of())));
        }
        return hashes.isEmpty() ? KeptOut.nothing() : KeptOut.of(feed, hashes);
    }

    /** The last date on which any tombstone is valid; null if there is none. */
    public @Nullable LocalDate latestEnd() {
        return ops.first("select max(ends_on) as latest from ops.tombstone", row -> OpsDatabase.date(row, "latest"));
    }

    /** Adds tombstones in a transaction of their own. What has one already gets the new cause. */
    public void add(Collection<Erased> erased, Cause cause, Pseudonymiser under) {
        ops.inTransaction(statements -> {
            add(statements, erased, cause, under);
            return erased.size();
        });
    }

    /**
     * Adds tombstones, within a transaction. What has one already gets the new cause.
     *
     * @param under pseudonym key of the warehouse
     */
    public static void add(OpsStatements statements, Collection<Erased> erased, Cause cause, Pseudonymiser under)
            throws SQLException {
        if (erased.isEmpty()) {
            return;
        }
        Key key = key(statements, cause.at(), under);
        add(statements, hashes(key, erased), key, cause, under);
    }

    /**
     * Adds tombstones with a key of {@link #key}, or of an earlier erasure, within a transaction. What has one already
     * gets the new cause.
     *
     * @param under pseudonym key of the warehouse, under which an unknown key is stored
     */
    public static void add(
            OpsStatements statements,
            Collection<ListedErasure.Tombstone> tombstones,
            Key key,
            Cause cause,
            Pseudonymiser under)
            throws SQLException {
        if (tombstones.isEmpty()) {
            return;
        }
        store(statements, key, under);
        for (ListedErasure.Tombstone one : tombstones) {
            statements.update(
                    "delete from ops.tombstone where tombstone_key_id = ? and tombstone_hash = ?",
                    key.id(),
                    one.hash());
            statements.update(
                    """
                    insert into ops.tombstone (tombstone_key_id, tombstone_hash, kind, feed, ends_on, ground, reason, \
                    created_at, created_by, readings)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                    """,
                    key.id(),
                    one.hash(),
                    one.kind(),
                    one.feed(),
                    cause.endsOn(),
                    OpsDatabase.cut(cause.ground(), MAX_GROUND),
                    OpsDatabase.cut(cause.reason(), MAX_REASON),
                    OpsDatabase.time(cause.at()),
                    OpsDatabase.cut(cause.by(), MAX_USER),
                    one.readings());
        }
    }

    /** The tombstones of what is to be kept out. */
    public static List<ListedErasure.Tombstone> hashes(Key key, Collection<Erased> erased) {
        TombstoneKey.Hasher hasher = key.key().hasher();
        return erased.stream()
                .map(one -> one.feed() == null
                        ? new ListedErasure.Tombstone(VALUE, null, hasher.ofValue(one.text()), readings(one))
                        : new ListedErasure.Tombstone(
                                ROW, one.feed(), hasher.ofRow(one.feed(), one.text()), readings(one)))
                .toList();
    }

    private static @Nullable String readings(Erased erased) {
        return erased.readings().isEmpty()
                ? null
                : erased.readings().stream().sorted().collect(Collectors.joining("\n"));
    }

    /**
     * Deletes the tombstones that something has under any key, within a transaction, before it gets others.
     *
     * @param under pseudonym key of the warehouse
     */
    public static void forget(OpsStatements statements, Collection<Erased> erased, Pseudonymiser under)
            throws SQLException {
        for (Stored key : stored(statements, under)) {
            Key same = new Key(key.id(), key.key(), "", Instant.EPOCH);
            for (ListedErasure.Tombstone one : hashes(same, erased)) {
                statements.update(
                        "delete from ops.tombstone where tombstone_key_id = ? and tombstone_hash = ?",
                        key.id(),
                        one.hash());
            }
        }
    }

    /** Deletes the tombstones of the erased rows of a feed; those of restrictions that stand remain. */
    public int end(String feed) {
        return ops.update("delete from ops.tombstone where feed = ? and restriction_id is null", feed);
    }

    /** Notes, within a transaction, that tombstones just added are those of a restriction. */
    public static void restrict(
            OpsStatements statements, Collection<ListedErasure.Tombstone> tombstones, Key key, String restrictionId)
            throws SQLException {
        for (ListedErasure.Tombstone one : tombstones) {
            statements.update("""
                    update ops.tombstone set restriction_id = ?
                    where tombstone_key_id = ? and tombstone_hash = ?\
                    """, restrictionId, key.id(), one.hash());
        }
    }

    /**
     * Ends the tombstones of a restriction, within a transaction.
     *
     * @param endsOn last date on which its rows are kept out; null if they are not from now on
     */
    public static void end(OpsStatements statements, String restrictionId, @Nullable LocalDate endsOn)
            throws SQLException {
        if (endsOn == null) {
            statements.update("delete from ops.tombstone where restriction_id = ?", restrictionId);
        } else {
            statements.update(
                    "update ops.tombstone set ends_on = ?, restriction_id = null where restriction_id = ?",
                    endsOn,
                    restrictionId);
        }
    }

    /**
     * What keeps rows out.
     *
     * @param restrictionId restriction that stands; null for an erasure
     */
    public record Keeping(@Nullable String restrictionId, LocalDate endsOn) {}

    /**
     * What keeps out any of something, on whatever date.
     *
     * @param under pseudonym key of the warehouse
     */
    public Set<Keeping> keeping(Collection<Erased> sought, Pseudonymiser under) {
        return ops.inTransaction(statements -> {
            Set<Keeping> found = new HashSet<>();
            for (Stored key : stored(statements, under)) {
                Key same = new Key(key.id(), key.key(), "", Instant.EPOCH);
                for (ListedErasure.Tombstone one : hashes(same, sought)) {
                    found.addAll(statements.<Keeping>list(
                            """
                            select restriction_id, ends_on from ops.tombstone
                            where tombstone_key_id = ? and tombstone_hash = ?\
                            """,
                            row -> new Keeping(
                                    row.getString("restriction_id"),
                                    Objects.requireNonNull(OpsDatabase.date(row, "ends_on"))),
                            key.id(),
                            one.hash()));
                }
            }
            return found;
        });
    }

    /**
     * The last date on which rows of each feed are kept out by their keys.
     *
     * @param from tombstones that end earlier do not count
     */
    public Map<String, LocalDate> feeds(LocalDate from) {
        Map<String, LocalDate> ends = new TreeMap<>();
        if (!ops.hasTable("tombstone")) {
            return ends; // of an earlier version
        }
        ops.list(
                """
                select t.feed, max(t.ends_on) as latest
                from ops.tombstone as t
                where t.feed is not null and t.ends_on >= ?
                group by t.feed\
                """,
                row -> {
                    ends.put(row.getString("feed"), Objects.requireNonNull(OpsDatabase.date(row, "latest")));
                    return true;
                },
                from);
        return ends;
    }

    /**
     * Fails if rows of a feed may have been erased that are now read differently, so that tombstones do not recognise
     * them.
     *
     * @throws FpwException with {@code CONFIGURATION}
     */
    public void requireSameReading(Feed feed, LocalDate businessDate) {
        ops.list(
                """
                select distinct t.kind, t.readings, t.ends_on
                from ops.tombstone as t
                where (t.feed is null or t.feed = ?) and t.ends_on >= ? and t.readings is not null
                order by t.ends_on desc\
                """,
                row -> requireSameReading(
                        feed,
                        row.getString("kind").equals(VALUE),
                        Set.of(row.getString("readings").split("\n", -1)),
                        Objects.requireNonNull(OpsDatabase.date(row, "ends_on"))),
                feed.name(),
                businessDate);
    }

    private static boolean requireSameReading(Feed feed, boolean isOfValues, Set<String> readings, LocalDate end) {
        List<String> changed = isOfValues
                ? feed.columns().stream()
                        .filter(column ->
                                column.privacy() == Feed.Privacy.PSEUDONYMISE && !readings.contains(column.reading()))
                        .map(Feed.Column::name)
                        .toList()
                : readings.contains(feed.keyReading()) ? List.of() : feed.key();
        if (!changed.isEmpty()) {
            throw FpwException.configuration("feeds/" + feed.name() + ".yml: " + String.join(", ", changed)
                    + ": read differently (type, transform, pad) than when rows were erased that are kept out until "
                    + end + ", so that they would be loaded again. Nothing was loaded. Read "
                    + (changed.size() == 1 ? "the column" : "the columns") + " as before until then"
                    + (isOfValues
                            ? "; if a column is new, erase the same people and cases again (fpw erase), which adds "
                                    + "its reading"
                            : ""));
        }
        return true;
    }

    /**
     * A key of tombstones.
     *
     * @param createdUnder fingerprint of the pseudonym key when it was created, without the format of keys
     */
    public record Key(String id, TombstoneKey key, String createdUnder, Instant createdAt) {}

    /**
     * The key for new tombstones: the one created under this pseudonym key, or a new one, which is not stored yet. A
     * key that others may know gets no more tombstones.
     *
     * @param at creation time of a new one
     */
    public static Key key(OpsStatements statements, Instant at, Pseudonymiser under) throws SQLException {
        String fingerprint = fingerprint(under);
        Key stored = statements.first(
                "select tombstone_key_id, encrypted_key, created_at from ops.tombstone_key where created_under = ?",
                row -> new Key(
                        row.getString("tombstone_key_id"),
                        TombstoneKey.decrypt(row.getString("encrypted_key"), under),
                        fingerprint,
                        Objects.requireNonNull(OpsDatabase.instant(row, "created_at"))),
                fingerprint);
        return stored != null ? stored : new Key(UUID.randomUUID().toString(), TombstoneKey.create(), fingerprint, at);
    }

    private static void store(OpsStatements statements, Key key, Pseudonymiser under) throws SQLException {
        if (statements.first("select 1 from ops.tombstone_key where tombstone_key_id = ?", row -> true, key.id())
                == null) {
            statements.update(
                    """
                    insert into ops.tombstone_key (tombstone_key_id, encrypted_key, created_under, created_at)
                    values (?, ?, ?, ?)\
                    """, key.id(), key.key().encrypt(under), key.createdUnder(), OpsDatabase.time(key.createdAt()));
        }
    }

    /** A stored key. */
    private record Stored(String id, TombstoneKey key) {}

    /**
     * Encrypts the keys of tombstones under a new pseudonym key.
     *
     * @param transaction the transaction that replaces it
     * @throws uk.fpw.warehouse.failure.FpwException with {@code CONFIGURATION} if they are not encrypted under the
     *     former key
     */
    public static void encryptAgain(Connection transaction, Pseudonymiser before, Pseudonymiser after)
            throws SQLException {
        OpsStatements statements = new OpsStatements(transaction);
        for (Stored stored : stored(statements, before)) {
            statements.update(
                    "update ops.tombstone_key set encrypted_key = ? where tombstone_key_id = ?",
                    stored.key().encrypt(after),
                    stored.id());
        }
    }

    private static List<Stored> stored(OpsStatements statements, Pseudonymiser under) throws SQLException {
        return statements.list(
                "select tombstone_key_id, encrypted_key from ops.tombstone_key",
                row -> new Stored(
                        row.getString("tombstone_key_id"),
                        TombstoneKey.decrypt(row.getString("encrypted_key"), under)));
    }

    private static String fingerprint(Pseudonymiser key) {
        return Pseudonymiser.withoutFormat(String.valueOf(key.fingerprint()));
    }
}
