package uk.fpw.audit.session;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The tables that a part of the audit creates. They are dropped when it has ended, however it ended: the recount after
 * it needs the memory.
 */
public final class CreatedTables {

    private final AuditSession session;
    private final Set<List<String>> before;

    private CreatedTables(AuditSession session) {
        this.session = session;
        this.before = new HashSet<>(all());
    }

    /** Of what begins now. */
    public static CreatedTables of(AuditSession session) {
        return new CreatedTables(session);
    }

    /** Drops the tables that were not there at the beginning. Views stay; those that read the tables are broken. */
    public void drop() {
        session.leaveSchemas();
        for (List<String> table : all()) {
            if (!before.contains(table)) {
                session.dropTable(table.get(0), table.get(1));
            }
        }
    }

    /** Schema and name of each table. */
    private List<List<String>> all() {
        return session.rows(AuditQuery.named("created_table")).stream()
                .map(row -> List.of(row.text(0), row.text(1)))
                .toList();
    }
}
