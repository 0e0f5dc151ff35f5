package uk.fpw.audit.session;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.Model;
import uk.fpw.warehouse.message.AuditRequest;

/** Writes the rows of a table that the audit finds to the file that becomes that table. */
public final class WrittenRows {

    private final AuditSession session;
    private final Model model;
    private final String file;

    /**
     * Of a table.
     *
     * @param file absolute path of a Parquet file, which is replaced
     */
    public WrittenRows(AuditSession session, Model model, String file) {
        this.session = session;
        this.model = model;
        this.file = file;
    }

    /**
     * Writes the rows of a table or view, in the columns of the model, by name.
     *
     * @param source its name; null for no rows
     * @param order columns of the model by which rows are sorted
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
