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

/** Collects and counts the judgements of one task, scheme by scheme, and passes on the rows. */
final class GradingTask {

    /** The columns of a judgement, in the order in which they are read. */
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
            "unit",
            "unix_date(judged_on)",
            "gives_counts",
            "judgement_count",
            "stated_case_count");

    private final GradingSpec spec;
    private final ReleaseKey releaseKey;
    private final TableRows shares;
    private final TableRows agreements;
    private final TableRows caseShares;
    private final TableRows changes;
    private final TableRows trends;
    private final TableRows funnels;
    private final Map<GradedSeries, GradedSeries> series = new HashMap<>();

    GradingTask(GradingSpec spec, ReleaseKey releaseKey, BiConsumer<String, Object[]> consumer) {
        this.spec = spec;
        this.releaseKey = releaseKey;
        this.shares = table("mart.grading_share", consumer);
        this.agreements = table("mart.grading_agreement", consumer);
        this.caseShares = table("mart.grading_case_share", consumer);
        this.changes = table("mart.grading_change", consumer);
        this.trends = table("mart.grading_trend", consumer);
        this.funnels = table("mart.grading_funnel", consumer);
    }

    private static TableRows table(String name, BiConsumer<String, Object[]> consumer) {
        return new TableRows(Models.find(name).orElseThrow(), values -> consumer.accept(name, values));
    }

    static Column[] columns() {
        return COLUMNS.stream().map(functions::expr).toArray(Column[]::new);
    }

    /** Counts all judgements; they must be grouped by scheme. */
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

    /** Writes the rows of a scheme from its judgements, at least one. */
    void write(String scheme, List<Judgement> judgements) {
        new GradingShares(scheme, spec, releaseKey, judgements).write(shares);
        new AssessorAgreements(scheme, spec, releaseKey, judgements).write(agreements);
        GradedCases cases = new GradedCases(scheme, spec, judgements);
        new CaseShares(cases, releaseKey).write(caseShares);
        new GradingChanges(cases, releaseKey).write(changes);
        new GradingTrends(cases, releaseKey).write(trends);
        new GradingFunnels(cases, releaseKey).write(funnels);
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
                row.getString(11),
                LocalDate.ofEpochDay(row.getInt(12)),
                row.getBoolean(13),
                row.isNullAt(14) ? null : (Long) row.getLong(14),
                row.isNullAt(15) ? null : (Long) row.getLong(15));
    }
}
