package uk.fpw.nightly.bi;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.fpw.model.CertifiedMetric.Dialect;
import uk.fpw.model.CertifiedMetric.Distinct;
import uk.fpw.model.CertifiedMetric.Last;
import uk.fpw.model.CertifiedMetric.OnlyRow;
import uk.fpw.model.CertifiedMetric.Ratio;
import uk.fpw.model.CertifiedMetric.Sum;

/** Certified figures as aggregates of PostgreSQL, valid in any {@code group by} and without one. */
enum PostgresMetrics implements Dialect {
    INSTANCE;

    @Override
    public String sum(Sum sum) {
        return "CASE WHEN " + all(sum.one(), List.of(sum.column())) + " THEN SUM(" + sum.column() + ") END";
    }

    @Override
    public String last(Last last) {
        String ofOnePeriod = last.one().containsAll(last.series())
                ? ""
                : "WHEN "
                        + all(both(last.one(), List.of(last.on())), List.of(last.column()))
                        + " THEN SUM(" + last.column() + ") ";
        return "CASE " + ofOnePeriod + "WHEN " + all(last.series(), List.of()) + " THEN (ARRAY_AGG(" + last.column()
                + " ORDER BY " + last.on() + " DESC))[1] END";
    }

    @Override
    public String onlyRow(OnlyRow row) {
        return "CASE WHEN COUNT(*) = 1 THEN MAX(" + row.column() + ") END";
    }

    @Override
    public String distinct(Distinct distinct) {
        String counted = distinct.where().isEmpty()
                ? distinct.column()
                : "CASE WHEN " + distinct.where() + " THEN " + distinct.column() + " END";
        return "COUNT(DISTINCT " + counted + ")";
    }

    @Override
    public String ratio(Ratio ratio) {
        return "CASE WHEN " + all(ratio.one(), both(ratio.part(), ratio.whole())) + " THEN 1.0 * (" + sums(ratio.part())
                + ") / NULLIF(" + sums(ratio.whole()) + ", 0) END";
    }

    private static String sums(List<String> columns) {
        return columns.stream().map(column -> "SUM(" + column + ")").collect(Collectors.joining(" + "));
    }

    /** Whether the rows have a single value of each column in one, and a value of each column in known. */
    private static String all(List<String> one, List<String> known) {
        return Stream.concat(
                        one.stream().map(column -> "COUNT(DISTINCT " + column + ") = 1"),
                        known.stream().map(column -> "COUNT(" + column + ") = COUNT(*)"))
                .collect(Collectors.joining(" AND "));
    }

    private static List<String> both(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }
}
