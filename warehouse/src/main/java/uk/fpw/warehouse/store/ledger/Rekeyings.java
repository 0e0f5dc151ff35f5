package uk.fpw.warehouse.store.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.store.files.DurableCommit;

/**
 * Replaces keys, or what was erased, in the database of a warehouse, within one transaction of the caller: texts that
 * contain it, in {@code ops} and in published rows, and digests of releases.
 */
public final class Rekeyings {

    /** Shorter texts contain no key. */
    private static final int SHORTEST = 26;

    /** Longer texts are replaced one by one, because PostgreSQL's indexes accept at most 2,700 bytes. */
    private static final int MAX_INDEXED = 600;

    /** Tables in which PostgreSQL refuses changes by a trigger. */
    private static final Set<String> LOGS = Set.of("ops.item_look", "ops.look_record");

    /** Columns with texts that people write. */
    private static final Set<String> WRITTEN = Set.of("reason", "withdrawn_reason", "line");

    private static final String NEW_TEXTS = "table if not exists rekeyed_text (old_text varchar(" + MAX_INDEXED
            + ") primary key, new_text varchar(" + MAX_INDEXED + ") not null)";

    private final OpsStatements statements;
    private final Connection connection;

    /**
     * Replaces keys in a transaction.
     *
     * @param transaction a connection without auto-commit, after {@link #prepare}
     */
    public Rekeyings(Connection transaction) {
        this.connection = transaction;
        this.statements = new OpsStatements(transaction);
    }

    /**
     * Creates the table for new texts, before the transaction begins. It is empty before and after it. H2 has an
     * ordinary one: if a process is killed while a transaction has changed a temporary table, H2 opens the database
     * once and deletes the table, but keeps what the transaction would undo in it, and cannot open it again.
     */
    public static void prepare(Connection connection) throws SQLException {
        new OpsStatements(connection)
                .update((DurableCommit.isEmbedded(connection) ? "create " : "create local temporary ") + NEW_TEXTS);
    }

    /** Deletes the table for new texts if there is one. */
    public static void discard(Connection connection) throws SQLException {
        new OpsStatements(connection).update("drop table if exists rekeyed_text");
    }

    /**
     * Replaces keys in all texts of {@code ops} and in the published rows of some marts.
     *
     * @param marts unqualified names of marts
     */
    public void replaceTexts(Set<String> marts, UnaryOperator<String> keys) throws SQLException {
        for (Map.Entry<String, List<String>> table : textColumns("ops").entrySet()) {
            for (String column : table.getValue()) {
                replace("ops." + table.getKey(), column, SHORTEST, null, keys);
            }
        }
        for (Map.Entry<String, List<String>> table : textColumns("mart_rows").entrySet()) {
            if (marts.contains(table.getKey())) {
                for (String column : table.getValue()) {
                    replace("mart_rows." + table.getKey(), column, SHORTEST, null, keys);
                }
            }
        }
    }

    /** Replaces the keys of refused rows of a feed, including rows that were never loaded. */
    public void replaceRefusals(String feed, UnaryOperator<String> keys) throws SQLException {
        replace("ops.refusal", "row_key", 1, feed, keys);
    }

    /** Deletes the holds of rows of a feed, which are about to go; returns how many there were. */
    public int deleteHolds(String feed, Predicate<String> isRemoved) throws SQLException {
        List<String> ids = new ArrayList<>();
        statements.list(
                "select h.hold_id, h.row_key from ops.hold as h where h.feed = ?",
                row -> isRemoved.test(row.getString("row_key")) && ids.add(row.getString("hold_id")),
                feed);
        for (String id : ids) {
            statements.update("delete from ops.hold where hold_id = ?", id);
        }
        return ids.size();
    }

    /**
     * Changes the texts of {@code ops} that people wrote.
     *
     * @param shortest number of characters of the shortest text that may change
     */
    public void replaceWritten(int shortest, UnaryOperator<String> texts) throws SQLException {
        for (Map.Entry<String, List<String>> table : textColumns("ops").entrySet()) {
            for (String column : table.getValue()) {
                if (WRITTEN.contains(column)) {
                    replace("ops." + table.getKey(), column, shortest, null, texts);
                }
            }
        }
    }

    /**
     * Deletes published rows of a mart.
     *
     * @param mart unqualified name
     * @param isErased whether a row goes, by the name of a text column and its value
     */
    public void deleteRows(String mart, BiPredicate<String, String> isErased) throws SQLException {
        for (String column : textColumns("mart_rows").getOrDefault(mart, List.of())) {
            List<@Nullable Object[]> values = new ArrayList<>();
            statements.list("select distinct t." + column + " from mart_rows." + mart + " as t", row -> {
                String value = row.getString(1);
                if (value != null && value.length() <= MAX_INDEXED && isErased.test(column, value)) {
                    values.add(new Object[] {value, ""});
                }
                return true;
            });
            if (!values.isEmpty()) {
                statements.updateAll("insert into rekeyed_text (old_text, new_text) values (?, ?)", values);
                statements.update("delete from mart_rows." + mart + " where " + column
                        + " in (select k.old_text from rekeyed_text as k)");
                statements.update("delete from rekeyed_text");
            }
        }
    }

    /**
     * A release after a change.
     *
     * @param tables new digests of changed tables by name
     * @param removed number of rows that each changed table has lost, by name; 0 if only texts have changed
     * @param all digest of the whole release
     */
    public record NewDigests(ReleaseId releaseId, Map<String, String> tables, Map<String, Long> removed, String all) {}

    /**
     * Why digests of releases change.
     *
     * @param by operating-system user
     * @param isFinished whether no step follows that would be recorded by {@link #finish}
     */
    public record Replacement(Instant at, String by, String cause, boolean isFinished) {}

    /**
     * Records a change and the new digests and row counts of each release; the earlier digests are kept. Candidates
     * that were not released have the old rows and fail.
     *
     * @param what what has happened to the warehouse, for the message of these candidates
     */
    public void record(Replacement replacement, String what, Collection<NewDigests> releases) throws SQLException {
        String id = UUID.randomUUID().toString();
        statements.update(
                "insert into ops.rekeying (rekeying_id, rekeyed_at, rekeyed_by, cause, finished_at) "
                        + "values (?, ?, ?, ?, ?)",
                id,
                OpsDatabase.time(replacement.at()),
                OpsDatabase.cut(replacement.by(), 100),
                OpsDatabase.cut(replacement.cause(), 1000),
                replacement.isFinished() ? OpsDatabase.time(replacement.at()) : null);
        for (NewDigests release : releases) {
            for (Map.Entry<String, String> table : release.tables().entrySet()) {
                statements.update(
                        "insert into ops.rekeyed_digest (rekeying_id, release_id, table_name, digest) "
                                + "select ?, release_id, table_name, digest from ops.release_table "
                                + "where release_id = ? and table_name = ?",
                        id,
                        release.releaseId(),
                        table.getKey());
                statements.update(
                        "update ops.release_table set digest = ? where release_id = ? and table_name = ?",
                        table.getValue(),
                        release.releaseId(),
                        table.getKey());
            }
            for (Map.Entry<String, Long> table : release.removed().entrySet()) {
                statements.update(
                        "update ops.release_table set row_count = row_count - ? "
                                + "where release_id = ? and table_name = ?",
                        table.getValue(),
                        release.releaseId(),
                        table.getKey());
            }
            statements.update(
                    "insert into ops.rekeyed_digest (rekeying_id, release_id, table_name, digest) "
                            + "select ?, release_id, 'release', digest from ops.release where release_id = ?",
                    id,
                    release.releaseId());
            statements.update(
                    "update ops.release set digest = ? where release_id = ?", release.all(), release.releaseId());
        }
        statements.update(
                "update ops.night set status = 'failed', message = ? where status in ('computed', 'abandoned')",
                what + " before a release; run this date again");
    }

    /**
     * Replaces the fingerprints of the pseudonym key in releases.
     *
     * @param fingerprint maps the fingerprint in a release to that of the new pseudonym key
     */
    public void replaceFingerprints(UnaryOperator<String> fingerprint) throws SQLException {
        for (String old : statements.<String>list(
                "select distinct key_fingerprint from ops.release where key_fingerprint is not null",
                row -> row.getString(1))) {
            statements.update(
                    "update ops.release set key_fingerprint = ? where key_fingerprint = ?",
                    fingerprint.apply(old),
                    old);
        }
    }

    /** Records that the files of the folder have been replaced too. */
    public void finish(Instant at) throws SQLException {
        statements.update("update ops.rekeying set finished_at = ? where finished_at is null", OpsDatabase.time(at));
    }

    private void replace(String table, String column, int shortest, @Nullable String feed, UnaryOperator<String> keys)
            throws SQLException {
        String ofFeed = feed == null ? "" : " and t.feed = ?";
        @Nullable Object[] feeds = feed == null ? new Object[0] : new Object[] {feed};
        Map<String, String> texts = new LinkedHashMap<>();
        List<@Nullable Object[]> indexed = new ArrayList<>();
        statements.list(
                "select distinct t." + column + " from " + table + " as t where char_length(t." + column + ") >= "
                        + shortest + ofFeed,
                row -> {
                    String old = row.getString(1);
                    String now = keys.apply(old);
                    if (!now.equals(old)) {
                        if (old.length() <= MAX_INDEXED) {
                            indexed.add(new Object[] {old, now});
                        } else {
                            texts.put(old, now);
                        }
                    }
                    return true;
                },
                feeds);
        boolean isLog = LOGS.contains(table)
                && !DurableCommit.isEmbedded(connection)
                && !(indexed.isEmpty() && texts.isEmpty());
        if (isLog) {
            statements.update("alter table " + table + " disable trigger user");
        }
        if (!indexed.isEmpty()) {
            statements.updateAll("insert into rekeyed_text (old_text, new_text) values (?, ?)", indexed);
            statements.update(
                    "update " + table + " as t set " + column + " = (select k.new_text from rekeyed_text as k where "
                            + "k.old_text = t." + column + ") where t." + column
                            + " in (select k.old_text from rekeyed_text as k)" + ofFeed,
                    feeds);
            statements.update("delete from rekeyed_text");
        }
        for (Map.Entry<String, String> text : texts.entrySet()) {
            statements.update(
                    "update " + table + " set " + column + " = ? where " + column + " = ?",
                    text.getValue(),
                    text.getKey());
        }
        if (isLog) {
            statements.update("alter table " + table + " enable trigger user");
        }
    }

    /** Text columns that are long enough for a key, by table. */
    private Map<String, List<String>> textColumns(String schema) throws SQLException {
        Map<String, List<String>> columns = new TreeMap<>();
        try (ResultSet found = connection.getMetaData().getColumns(null, schema, null, null)) {
            while (found.next()) {
                if (found.getInt("DATA_TYPE") == java.sql.Types.VARCHAR && found.getInt("COLUMN_SIZE") >= SHORTEST) {
                    columns.computeIfAbsent(found.getString("TABLE_NAME"), table -> new ArrayList<>())
                            .add(found.getString("COLUMN_NAME"));
                }
            }
        }
        return columns;
    }
}
