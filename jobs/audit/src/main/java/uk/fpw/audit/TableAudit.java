package uk.fpw.audit;

import static uk.fpw.model.DuckSql.name;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.model.Model;
import uk.fpw.text.Sha256;
import uk.fpw.warehouse.message.AuditResult;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;

/**
 * All checks of the rows of one table, in one pass: their number and digest, a unique grain, no null in columns that
 * are never null, and the expression tests.
 *
 * <p>The digest depends neither on the order of rows and files nor on the time zone. Each row is written as the text
 * of all columns except ids of releases (instants as microseconds, maps as sorted entries) and hashed with SHA-256;
 * each of the four quarters of the hashes is summed over all rows, and the digest is the SHA-256 of the four sums.
 * Rows are never sorted or kept.
 *
 * @param written the columns with which the table was written
 */
record TableAudit(AuditSession session, Model model, List<String> written) {

    private static final int QUARTERS = 4;

    /** Reads every row once; adds every test, passed or not, to the list. */
    AuditResult.Table run(List<QualityResult> quality) {
        List<Model.Column> present = model.columns().stream()
                .filter(column -> !column.nullable() && written.contains(column.name()))
                .toList();
        List<Model.Test> expressions = model.tests().stream()
                .filter(test -> !test.expression().isEmpty())
                .toList();
        List<String> checks = new ArrayList<>();
        // an unavailable row has no figures to test
        String known = model.mayBeUnavailable() ? "is_available and " : "";
        present.forEach(column -> checks.add(
                "count(*) filter (" + (model.isMasked(column) ? known : "") + name(column.name()) + " is null)"));
        expressions.forEach(
                test -> checks.add("count(*) filter (" + known + "coalesce(not (" + test.expression() + "), true))"));
        List<@Nullable Object> found = session.rows(AuditQuery.named("table_audit")
                        .with("audited", model.name())
                        .with("grain", model.grain())
                        .with("row_text", rowText())
                        .with("checks", String.join(", ", checks)))
                .get(0)
                .values();
        long rowCount = count(found, 0);
        quality.add(new QualityResult(
                model.table(),
                "GRAIN_IS_UNIQUE",
                "stop",
                rowCount - count(found, 1),
                "rows that repeat " + String.join(", ", model.grain())));
        quality.add(neverNull(present, found));
        for (int i = 0; i < expressions.size(); i++) {
            Model.Test test = expressions.get(i);
            quality.add(new QualityResult(
                    model.table(),
                    test.code(),
                    test.severity(),
                    count(found, 2 + QUARTERS + present.size() + i),
                    test.message()));
        }
        return new AuditResult.Table(
                model.table(),
                rowCount,
                Sha256.hex(found.subList(2, 2 + QUARTERS).toString()));
    }

    private QualityResult neverNull(List<Model.Column> present, List<@Nullable Object> found) {
        long missing = 0;
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < present.size(); i++) {
            long nulls = count(found, 2 + QUARTERS + i);
            missing += nulls;
            if (nulls > 0) {
                columns.add(present.get(i).name());
            }
        }
        return new QualityResult(
                model.table(),
                "NEVER_NULL",
                "stop",
                missing,
                columns.isEmpty()
                        ? "columns that must not be null have a value"
                        : "null in a column that must not be null: " + String.join(", ", columns));
    }

    private static long count(List<@Nullable Object> found, int place) {
        return ((Number) Objects.requireNonNull(found.get(place))).longValue();
    }

    /**
     * All columns as one text, separated by a control character, with another one for null; no source writes these
     * characters.
     */
    private String rowText() {
        return model.columns().stream()
                .filter(column -> !column.name().endsWith("release_id") && written.contains(column.name()))
                .map(column -> switch (column.type()) {
                    case TIMESTAMP -> "cast(epoch_us(" + name(column.name()) + ") as text)";
                    case MAP -> "cast(cast(list_sort(map_entries(" + name(column.name()) + ")) as json) as text)";
                    default -> "cast(" + name(column.name()) + " as text)";
                })
                .map(text -> "coalesce(" + text + ", chr(0))")
                .collect(Collectors.joining(", ", "concat_ws(chr(31), ", ")"));
    }
}
