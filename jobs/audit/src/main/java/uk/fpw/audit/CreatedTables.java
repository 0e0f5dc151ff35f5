package uk.fpw.audit;

import static uk.fpw.model.DuckSql.name;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The tables that a part of the audit creates. They are dropped when it has ended, however it ended: the recount after
 * it needs the memory.
 */
final class CreatedTables {

    private final AuditSession session;
    private final Set<List<String>> before;

    private CreatedTables(AuditSession session) {
        this.session = session;
        this.before = new HashSet<>(all());
    }

    /** Of what begins now. */
    static CreatedTables of(AuditSession session) {
        return new CreatedTables(session);
    }

    /** Drops the tables that were not there at the beginning. Views stay; those that read the tables are broken. */
    void drop() {
        session.execute("set search_path = 'main'");
        for (List<String> table : all()) {
            if (!before.contains(table)) {
                session.execute("drop table " + name(table.get(0)) + "." + name(table.get(1)));
            }
        }
    }

    /** Schema and name of each table. */
    private List<List<String>> all() {
        return session.rows("select schema_name, table_name from duckdb_tables() order by all").stream()
                .map(QueryRow::new)
                .map(row -> List.of(row.text(0), row.text(1)))
                .toList();
    }
}
