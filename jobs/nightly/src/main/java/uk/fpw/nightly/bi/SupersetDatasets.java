package uk.fpw.nightly.bi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import uk.fpw.model.CertifiedMetric;
import uk.fpw.model.CertifiedMetrics;
import uk.fpw.model.ColumnType;
import uk.fpw.model.Model;
import uk.fpw.model.Models;

/**
 * Each view of {@code bi} as a dataset of Superset. Its metrics are the certified figures, its columns those that are
 * no figure, and it lets nobody make another metric of a column.
 */
record SupersetDatasets(SupersetIds ids) {

    /** The views that people begin with. */
    static List<Model> views() {
        return Models.toolViews().stream()
                .filter(view -> view.schema().equals("bi"))
                .toList();
    }

    static Model view(String table) {
        return views().stream()
                .filter(view -> view.table().equals(table))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no view " + table));
    }

    Map<String, Object> dataset(Model view) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("table_name", view.name());
        fields.put("schema", view.schema());
        fields.put("description", view.description().strip());
        fields.put("main_dttm_col", time(view));
        fields.put("filter_select_enabled", true);
        fields.put("extra", Map.of("certification", certification(view), "disallow_adhoc_metrics", true));
        fields.put(
                "columns",
                view.columns().stream()
                        .filter(column -> column.add() == Model.Add.NOT_A_MEASURE)
                        .map(SupersetDatasets::column)
                        .toList());
        fields.put(
                "metrics",
                CertifiedMetrics.of(view).stream()
                        .map(metric -> metric(view, metric))
                        .toList());
        fields.put("uuid", ids.dataset(view.table()));
        fields.put("database_uuid", ids.database());
        fields.put("version", "1.0.0");
        return fields;
    }

    /** The date that a time range is about: that of the period, or the first one of the view. */
    static String time(Model view) {
        List<String> dates = view.columns().stream()
                .filter(column -> column.type() == ColumnType.DATE)
                .map(Model.Column::name)
                .toList();
        return Stream.concat(dates.stream().filter(view.grain()::contains), dates.stream())
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> column(Model.Column column) {
        boolean isTime = column.type() == ColumnType.DATE || column.type() == ColumnType.TIMESTAMP;
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("column_name", column.name());
        fields.put("verbose_name", title(column.name()));
        fields.put("type", column.type().name().toUpperCase(Locale.ROOT));
        fields.put("is_dttm", isTime);
        fields.put("groupby", true);
        fields.put("filterable", true);
        fields.put("description", column.comment());
        return fields;
    }

    private static Map<String, Object> metric(Model view, CertifiedMetric metric) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("metric_name", metric.name());
        fields.put("verbose_name", title(metric.name()));
        fields.put("expression", metric.figure().in(PostgresMetrics.INSTANCE));
        fields.put(
                "description", metric.description() + (metric.unit().isEmpty() ? "" : " Unit: " + metric.unit() + "."));
        fields.put("d3format", metric.unit().equals("share") ? ".1%" : null);
        fields.put("extra", Map.of("certification", certification(view)));
        return fields;
    }

    private static Map<String, String> certification(Model view) {
        return Map.of(
                "certified_by", view.owner(), "details", "Right at every grain, or empty where it would mean nothing.");
    }

    /** A name as people write it: {@code met_share_low} is {@code Met share low}. */
    static String title(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1).replace('_', ' ');
    }
}
