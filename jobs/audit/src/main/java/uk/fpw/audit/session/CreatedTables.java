package uk.fpw.audit.session;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The tables that a part of the audit creates. They are dropped when it ends, successfully or not, because the
 * recount needs the memory.
 */
public final class CreatedTables {

    private final AuditSession session;
    private final Set<List<String>> before;

    private CreatedTables(AuditSession session) {
        this.session = session;
        this.before = new HashSet<>(all());
    }

    /** Remembers which tables exist now. */
    public static CreatedTables of(AuditSession session) {
        return new CreatedTables(session);
    }

    /** Drops the tables created since. Views remain, even those that read a dropped table and no longer work. */
    public void drop() {
        session.leaveSchemas();
        for (List<String> table : all()) {
            if (!before.contains(table)) {
                session.dropTable(table.get(0), table.get(1));
            }
        }
    }

    /** Schema and name of every table. */
    private List<List<String>> all() {
        return session.rows(AuditQuery.named("created_table")).stream()
                .map(row -> List.of(row.text(0), row.text(1)))
                .toList();
    }
}
