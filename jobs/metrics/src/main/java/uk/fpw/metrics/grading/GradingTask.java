package uk.fpw.metrics.grading;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.model.Models;

/** One task's judgements: scheme by scheme they are gathered and counted, and the rows are handed over. */
final class GradingTask {

    /** What is read of a judgement, in the order in which it is read. */
    private static final List<String> COLUMNS = List.of(
            "scheme",
            "scheme_version",
            "population",
            "selection",
            "theme",
            "assessor",
            "grading",
            "item_key",
            "case_key",
            "contributor_key",
            "grade_rank",
            "unix_date(judged_on)",
            "gives_counts",
            "judgement_count",
            "stated_case_count");

    private final GradingSpec spec;
    private final ReleaseKey releaseKey;
    private final TableRows shares;
    private final TableRows agreements;
    private final Map<GradedSeries, GradedSeries> series = new HashMap<>();

    GradingTask(GradingSpec spec, ReleaseKey releaseKey, BiConsumer<String, Object[]> taker) {
        this.spec = spec;
        this.releaseKey = releaseKey;
        this.shares = table("mart.grading_share", taker);
        this.agreements = table("mart.grading_agreement", taker);
    }

    private static TableRows table(String name, BiConsumer<String, Object[]> taker) {
        return new TableRows(Models.find(name).orElseThrow(), values -> taker.accept(name, values));
    }

    /** The columns to read. */
    static Column[] columns() {
        return COLUMNS.stream().map(functions::expr).toArray(Column[]::new);
    }

    /** Counts all judgements; those by one scheme come one after the other. */
    void count(Iterator<Row> rows) {
        List<Judgement> judgements = new ArrayList<>();
        String scheme = null;
        while (rows.hasNext()) {
            Row row = rows.next();
            if (scheme != null && !row.getString(0).equals(scheme)) {
                write(scheme, judgements);
                judgements.clear();
                series.clear();
            }
            scheme = row.getString(0);
            judgements.add(judgement(row));
        }
        if (scheme != null) {
            write(scheme, judgements);
        }
    }

    /** Writes the rows of a scheme with these judgements, at least one. */
    void write(String scheme, List<Judgement> judgements) {
        new GradingShares(scheme, spec, releaseKey, judgements).write(shares);
        new AssessorAgreements(scheme, spec, releaseKey, judgements).write(agreements);
    }

    private Judgement judgement(Row row) {
        GradedSeries read =
                new GradedSeries(row.getInt(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5));
        return new Judgement(
                Objects.requireNonNullElse(series.putIfAbsent(read, read), read),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getInt(10),
                LocalDate.ofEpochDay(row.getInt(11)),
                row.getBoolean(12),
                row.isNullAt(13) ? null : (Long) row.getLong(13),
                row.isNullAt(14) ? null : (Long) row.getLong(14));
    }
}
