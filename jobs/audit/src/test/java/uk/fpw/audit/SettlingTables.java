package uk.fpw.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.DuckSql;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.run.SettlingRequest;

/** The tables of a candidate from which it is said how complete months were, and what is said. */
final class SettlingTables {

    private final Path folder;
    private final LocalDate asAt;
    private final List<String> months = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();

    /** Of a candidate of that date. */
    SettlingTables(Path folder, LocalDate asAt) {
        this.folder = folder;
        this.asAt = asAt;
    }

    /** What the candidate states of a month; the measures that are not given are not there. */
    void month(String queue, YearMonth month, String measure, long count) {
        month(queue, month, measure, count, asAt);
    }

    /** The same of a queue with a feed that has not been loaded since a day. */
    void month(String queue, YearMonth month, String measure, long count, LocalDate dataAsAt) {
        months.add("('town', '" + queue + "', 2, 'devices', date '" + month.atDay(1) + "', date '"
                + month.atEndOfMonth() + "', true, true, false, true, date '" + dataAsAt + "', "
                + (measure.equals("received_count") ? count : null) + ", "
                + (measure.equals("past_standard_count") ? count : null) + ")");
    }

    /** A change of received_count from one release to the next, by one cause; none if it is yet to come. */
    void step(String queue, YearMonth month, LocalDate on, String cause, @Nullable Long replaced, @Nullable Long now) {
        if (on.isAfter(asAt)) {
            return;
        }
        Long part = replaced == null || now == null ? null : Long.valueOf(now - replaced);
        steps.add("('" + queue + "', 'all', 'all', 'month', 'received_count', date '" + month.atDay(1) + "', date '"
                + on + "', '" + on + ".1', " + replaced + ", " + now + ", '" + cause + "', " + part + ")");
    }

    /**
     * Rows of what is written, which must pass the tests of its models.
     *
     * @param releasedOn by queue, the dates of the releases before
     * @param query over {@code settling} and {@code settling_month}
     */
    List<List<@Nullable Object>> read(Map<String, List<String>> releasedOn, boolean isCompared, String query) {
        try (AuditSession session = AuditSession.open("Europe/London")) {
            session.execute("create table business_date as select date '" + asAt + "' as day");
            create(
                    session,
                    "mart.queue_monthly",
                    "force, queue, queue_version, item_unit, month_start_on, month_end_on, is_total, is_available, "
                            + "is_partial, is_provisional, data_as_at, received_count, past_standard_count",
                    months);
            create(
                    session,
                    "mart.figure_change",
                    "queue, slice, exit_reason, period_kind, measure, period_start_on, new_as_at, new_release_id, "
                            + "replaced_value, new_value, cause, part",
                    steps);
            SettlingRequest request = new SettlingRequest(
                    releasedOn,
                    folder.resolve("settling.parquet").toString(),
                    folder.resolve("settling_month.parquet").toString());
            assertThat(new Settling(session, request, ReleaseId.of(asAt, 1)).write(isCompared))
                    .isEmpty();
            for (Model model : List.of(Settling.MODEL, Settling.MONTH_MODEL)) {
                session.execute("create table " + model.name() + " as from "
                        + DuckSql.text(folder.resolve(model.name() + ".parquet").toString()));
                testsPass(session, model);
            }
            return session.rows(query);
        }
    }

    private static void create(AuditSession session, String table, String columns, List<String> rows) {
        Model model = Models.find(table).orElseThrow();
        session.execute("create table " + model.name() + " ("
                + model.columns().stream()
                        .map(column -> DuckSql.name(column.name()) + " " + AuditSession.type(column))
                        .collect(Collectors.joining(", "))
                + ")");
        if (!rows.isEmpty()) {
            session.execute("insert into " + model.name() + " (" + columns + ") values " + String.join(", ", rows));
        }
    }

    private static void testsPass(AuditSession session, Model model) {
        model.tests().forEach(test -> assertThat(session.number("select count(*) from " + model.name()
                        + " where coalesce(not (" + test.expression() + "), true)"))
                .as(test.code())
                .isZero());
    }
}
