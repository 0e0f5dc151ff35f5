package uk.fpw.audit.session;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.Model;
import uk.fpw.warehouse.message.AuditRequest;

/** Writes rows that the audit finds to the Parquet file that becomes a table of the candidate. */
public final class WrittenRows {

    private final AuditSession session;
    private final Model model;
    private final String file;

    /** @param file absolute path of a Parquet file, which is replaced */
    public WrittenRows(AuditSession session, Model model, String file) {
        this.session = session;
        this.model = model;
        this.file = file;
    }

    /**
     * Writes the rows of a table or view, with the columns of the model, matched by name.
     *
     * @param source table or view; null to write no rows
     * @param order columns by which the rows are sorted
     */
    public void copy(@Nullable String source, List<String> order) {
        String none = "no_" + model.name();
        if (source == null) {
            session.show(none, model, new AuditRequest.Table(model.table(), List.of(), List.of()));
        }
        session.write(
                AuditQuery.named("written_row")
                        .with("columns", AuditSession.typed(model))
                        .with("source", source == null ? none : source)
                        .with("sort_columns", order),
                file);
    }
}
