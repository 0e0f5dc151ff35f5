package uk.fpw.audit.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.DuckSql;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.message.SettlingRequest;

/** The tables of a candidate from which it is said how complete months were, and what is said. */
final class SettlingTables implements AutoCloseable {

    private final Path folder;
    private final LocalDate asAt;
    private final List<String> months = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();
    private @Nullable AuditSession computed;

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
        assertThat(computed).as("computed").isNull();
        months.add(line(
                "town",
                queue,
                2,
                "devices",
                month.atDay(1),
                month.atEndOfMonth(),
                true,
                true,
                false,
                true,
                dataAsAt,
                measure.equals("received_count") ? count : null,
                measure.equals("past_standard_count") ? count : null));
    }

    /** A change of received_count from one release to the next, by one cause; none if it is yet to come. */
    void step(String queue, YearMonth month, LocalDate on, String cause, @Nullable Long replaced, @Nullable Long now) {
        if (on.isAfter(asAt)) {
            return;
        }
        assertThat(computed).as("computed").isNull();
        Long part = replaced == null || now == null ? null : Long.valueOf(now - replaced);
        steps.add(line(
                queue,
                "all",
                "all",
                "month",
                "received_count",
                month.atDay(1),
                on,
                on + ".1",
                replaced,
                now,
                cause,
                part));
    }

    /** A line of CSV; what is null is empty. */
    private static String line(@Nullable Object... values) {
        return Stream.of(values)
                .map(value -> value == null ? "" : value.toString())
                .collect(Collectors.joining("|"));
    }

    /**
     * Rows of what is written, which must pass the tests of its models. It is computed by the first query.
     *
     * @param releasedOn by queue, the dates of the releases before
     * @param query over {@code settling} and {@code settling_month}
     */
    List<List<@Nullable Object>> read(Map<String, List<String>> releasedOn, boolean isCompared, String query) {
        if (computed == null) {
            computed = AuditSession.open("Europe/London");
            compute(computed, releasedOn, isCompared);
        }
        return computed.rows(query);
    }

    private void compute(AuditSession session, Map<String, List<String>> releasedOn, boolean isCompared) {
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
        session.execute("create view figure_history as from figure_change");
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
    }

    @Override
    public void close() {
        if (computed != null) {
            computed.close();
        }
    }

    private void create(AuditSession session, String table, String columns, List<String> rows) {
        Model model = Models.find(table).orElseThrow();
        session.execute("create table " + model.name() + " ("
                + model.columns().stream()
                        .map(column -> DuckSql.name(column.name()) + " " + AuditSession.type(column))
                        .collect(Collectors.joining(", "))
                + ")");
        if (!rows.isEmpty()) {
            Path file = folder.resolve(model.name() + ".csv");
            try {
                Files.write(file, rows);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            session.execute("copy " + model.name() + " (" + columns + ") from " + DuckSql.text(file.toString())
                    + " (format csv, header false, delimiter '|')");
        }
    }

    private static void testsPass(AuditSession session, Model model) {
        List<List<@Nullable Object>> failed = session.rows("select "
                + model.tests().stream()
                        .map(test -> "count(*) filter (coalesce(not (" + test.expression() + "), true))")
                        .collect(Collectors.joining(", "))
                + " from " + model.name());
        for (int test = 0; test < model.tests().size(); test++) {
            assertThat(failed.get(0).get(test))
                    .as(model.tests().get(test).code())
                    .isEqualTo(0L);
        }
    }
}
