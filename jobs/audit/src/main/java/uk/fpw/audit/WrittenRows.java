package uk.fpw.audit;

import static uk.fpw.model.DuckSql.name;
import static uk.fpw.model.DuckSql.text;

import java.util.List;
import java.util.stream.Collectors;
import uk.fpw.model.Model;
import uk.fpw.warehouse.run.AuditRequest;

/** Writes the rows of a table that the audit finds to the file that becomes that table. */
final class WrittenRows {

    private final AuditSession session;
    private final Model model;
    private final String file;

    /**
     * Of a table.
     *
     * @param file absolute path of a Parquet file, which is replaced
     */
    WrittenRows(AuditSession session, Model model, String file) {
        this.session = session;
        this.model = model;
        this.file = file;
    }

    /**
     * Writes the rows of some tables or views one after the other, each in the columns of the model, by name.
     *
     * @param sources their names; none for no rows
     * @param order columns of the model by which rows are sorted
     */
    void copy(List<String> sources, List<String> order) {
        String none = "no_" + model.name();
        if (sources.isEmpty()) {
            session.show(none, model, new AuditRequest.Table(model.table(), List.of(), List.of()));
        }
        String columns = model.columns().stream()
                .map(column -> "cast(" + name(column.name()) + " as " + AuditSession.type(column) + ") as "
                        + name(column.name()))
                .collect(Collectors.joining(", "));
        String rows = (sources.isEmpty() ? List.of(none) : sources)
                .stream()
                        .map(source -> "select * from " + name(source))
                        .collect(Collectors.joining(" union all by name "));
        session.execute("copy (select " + columns + " from (" + rows + ") order by "
                + order.stream().map(column -> name(column)).collect(Collectors.joining(", ")) + ") to " + text(file)
                + " (format parquet, use_tmp_file false)");
    }
}
