package uk.fpw.metrics.model;

import static org.apache.spark.sql.functions.expr;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import uk.fpw.model.Model;
import uk.fpw.warehouse.run.MetricsResult.QualityResult;

/**
 * Everything that is asked of the rows of one table, in one pass: how many there are, their digest, whether the grain is unique, whether a column that is never null is null, and the expression tests.
 *
 * <p>The digest is independent of the order of rows and files and of any time zone: each row is written as the text of all columns but {@code release_id} (points in time as microseconds, maps as
 * sorted entries) and hashed with SHA-256; rows are gathered into 256 buckets by their grain and sorted there, so that no machine ever sorts the whole table; the digest is the SHA-256 of the buckets'.
 *
 * @param rowCount rows of the table
 * @param digest SHA-256, hex
 * @param quality every test, passed or not
 */
public record TableAudit(long rowCount, String digest, List<QualityResult> quality) {

    private static final int FIXED = 4;

    /** Looks at every row once. */
    public static TableAudit of(Model model, Dataset<Row> rows) {
        List<Model.Column> present =
                model.columns().stream().filter(column -> !column.nullable()).toList();
        List<Model.Test> expressions = model.tests().stream()
                .filter(test -> !test.expression().isEmpty())
                .toList();
        List<Column> measures = new ArrayList<>();
        measures.add(expr("count(*) as row_count"));
        measures.add(expr("size(array_distinct(collect_list(_grain))) as grain_count"));
        measures.add(expr("sha2(array_join(sort_array(collect_list(_row)), ''), 256) as digest"));
        // a row that is not available has no figures that could be right or wrong
        String known = model.mayBeUnavailable() ? "is_available and " : "";
        present.forEach(column ->
                measures.add(expr("count_if(" + (model.isMasked(column) ? known : "") + column.name() + " is null)")));
        expressions.forEach(
                test -> measures.add(expr("count_if(" + known + "coalesce(not (" + test.expression() + "), true))")));
        List<Row> buckets = rows.withColumn(
                        "_row",
                        expr("sha2("
                                + text(model.columns().stream()
                                        .filter(column -> !column.name().equals("release_id"))
                                        .toList())
                                + ", 256)"))
                .withColumn(
                        "_grain",
                        expr(text(model.columns().stream()
                                .filter(column -> model.grain().contains(column.name()))
                                .toList())))
                .groupBy(expr("pmod(xxhash64(_grain), 256L) as bucket"))
                .agg(measures.get(0), measures.subList(1, measures.size()).toArray(Column[]::new))
                .collectAsList();
        return summarise(model, present, expressions, buckets);
    }

    private static TableAudit summarise(
            Model model, List<Model.Column> present, List<Model.Test> expressions, List<Row> buckets) {
        long rowCount = sum(buckets, 1);
        List<QualityResult> quality = new ArrayList<>();
        long repeated = rowCount
                - buckets.stream().mapToLong(bucket -> bucket.getInt(2)).sum();
        quality.add(new QualityResult(
                model.table(),
                "GRAIN_IS_UNIQUE",
                "stop",
                repeated,
                "rows that repeat " + String.join(", ", model.grain())));
        long missing = 0;
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < present.size(); i++) {
            long nulls = sum(buckets, FIXED + i);
            missing += nulls;
            if (nulls > 0) {
                columns.add(present.get(i).name());
            }
        }
        quality.add(new QualityResult(
                model.table(),
                "NEVER_NULL",
                "stop",
                missing,
                columns.isEmpty()
                        ? "columns that are never null hold a value"
                        : "null in a column that is never null: " + String.join(", ", columns)));
        for (int i = 0; i < expressions.size(); i++) {
            Model.Test test = expressions.get(i);
            quality.add(new QualityResult(
                    model.table(),
                    test.code(),
                    test.severity(),
                    sum(buckets, FIXED + present.size() + i),
                    test.message()));
        }
        return new TableAudit(rowCount, digest(buckets), quality);
    }

    private static long sum(List<Row> buckets, int field) {
        return buckets.stream().mapToLong(bucket -> bucket.getLong(field)).sum();
    }

    /** The columns as one text; control characters, which no source writes, part them and stand for null. */
    private static String text(List<Model.Column> columns) {
        return columns.stream()
                .map(column -> switch (column.type()) {
                    case TIMESTAMP -> "cast(unix_micros(" + column.name() + ") as string)";
                    case MAP -> "to_json(sort_array(map_entries(" + column.name() + ")))";
                    default -> "cast(" + column.name() + " as string)";
                })
                .map(text -> "coalesce(" + text + ", '\\u0000')")
                .collect(Collectors.joining(", ", "concat_ws('\\u001f', ", ")"));
    }

    private static String digest(List<Row> buckets) {
        MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
        buckets.stream()
                .map(bucket -> bucket.getLong(0) + " " + bucket.getString(3) + "\n")
                .sorted()
                .forEach(line -> sha256.update(line.getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(sha256.digest());
    }
}
