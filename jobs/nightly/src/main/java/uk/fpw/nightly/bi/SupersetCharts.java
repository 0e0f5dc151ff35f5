package uk.fpw.nightly.bi;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.Model;

/** The charts of a dashboard: {@code fpw/superset/charts.json}, each once per kind of item. */
record SupersetCharts(SupersetIds ids) {

    private static final String FILE = "/fpw/superset/charts.json";

    /**
     * A chart as the file declares it.
     *
     * @param view the view that it shows
     * @param type {@code table} or {@code line}; nothing is stacked, since a stack adds up
     * @param width in twelfths of the page
     * @param height in steps of 8 pixels; null for that of a chart, or of a table of few rows
     * @param grain how long a point of time is, as Superset writes it; null for a month, and for a table
     * @param format of the figures, as d3 writes it; null for a number
     * @param by columns with a row or line for each value
     * @param metrics certified figures of the view
     * @param where values of columns, besides the kind of item
     */
    record Declared(
            String title,
            String view,
            String type,
            int width,
            @Nullable Integer height,
            @Nullable String grain,
            @Nullable String format,
            List<String> by,
            List<String> metrics,
            @Nullable Map<String, Object> where) {}

    static List<Declared> declared() {
        try (InputStream in = Objects.requireNonNull(SupersetCharts.class.getResourceAsStream(FILE), FILE)) {
            return JsonMapper.builder().build().readValue(in, new TypeReference<>() {});
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** A chart of the items of one kind, where its view tells kinds apart. */
    Map<String, Object> chart(Declared chart, String kind) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("slice_name", chart.title());
        fields.put("viz_type", type(chart));
        fields.put("params", params(chart, kind));
        fields.put("uuid", ids.chart(kind, chart.title()));
        fields.put("dataset_uuid", ids.dataset(chart.view()));
        fields.put("version", "1.0.0");
        return fields;
    }

    private static String type(Declared chart) {
        return chart.type().equals("table") ? "table" : "echarts_timeseries_" + chart.type();
    }

    private static Map<String, Object> params(Declared chart, String kind) {
        Model view = SupersetDatasets.view(chart.view());
        List<Map<String, Object>> filters = new ArrayList<>();
        if (view.hasColumn("item_kind")) {
            filters.add(equal("item_kind", kind));
        }
        if (chart.where() != null) {
            chart.where().forEach((column, value) -> filters.add(equal(column, value)));
        }
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("viz_type", type(chart));
        params.put("groupby", chart.by());
        params.put("metrics", chart.metrics());
        params.put("row_limit", 10_000);
        if (chart.type().equals("table")) {
            params.put("query_mode", "aggregate");
            params.put("table_timestamp_format", "%Y-%m-%d");
            params.put("show_cell_bars", false);
        } else {
            String time = SupersetDatasets.time(view);
            filters.add(Map.of(
                    "expressionType", "SIMPLE",
                    "clause", "WHERE",
                    "subject", time,
                    "operator", "TEMPORAL_RANGE",
                    "comparator", "No filter"));
            params.put("x_axis", time);
            params.put("time_grain_sqla", chart.grain() == null ? "P1M" : chart.grain());
            params.put("x_axis_time_format", "%b %Y");
            params.put("rich_tooltip", true);
            params.put("show_legend", true);
            params.put("y_axis_format", chart.format() == null ? "SMART_NUMBER" : chart.format());
        }
        params.put("adhoc_filters", filters);
        return params;
    }

    static Map<String, Object> equal(String column, Object value) {
        return Map.of(
                "expressionType", "SIMPLE",
                "clause", "WHERE",
                "subject", column,
                "operator", "==",
                "operatorId", "EQUALS",
                "comparator", value);
    }
}
