package uk.fpw.nightly.bi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import uk.fpw.nightly.bi.SupersetCharts.Declared;

/** One dashboard per kind of item: the charts in rows, and filters of queue and time. */
record SupersetDashboards(SupersetIds ids) {

    private static final int COLUMNS = 12;
    private static final int TABLE_HEIGHT = 25;
    private static final int CHART_HEIGHT = 50;

    /**
     * A dashboard.
     *
     * @param kind kind of item, such as {@code device}
     * @param title such as {@code Fenmarch Police: devices}
     */
    Map<String, Object> dashboard(String kind, String title, List<Declared> charts) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("dashboard_title", title);
        fields.put("uuid", ids.dashboard(kind));
        fields.put("position", position(kind, title, charts));
        fields.put("metadata", Map.of("native_filter_configuration", List.of(queues(kind), time())));
        fields.put("published", true);
        fields.put("version", "1.0.0");
        return fields;
    }

    private Map<String, Object> position(String kind, String title, List<Declared> charts) {
        Map<String, Object> position = new LinkedHashMap<>();
        List<String> rows = new ArrayList<>();
        position.put("DASHBOARD_VERSION_KEY", "v2");
        position.put("ROOT_ID", Map.of("type", "ROOT", "id", "ROOT_ID", "children", List.of("GRID_ID")));
        position.put("HEADER_ID", Map.of("type", "HEADER", "id", "HEADER_ID", "meta", Map.of("text", title)));
        List<String> inRow = new ArrayList<>();
        int width = 0;
        for (Declared chart : charts) {
            if (inRow.isEmpty() || width + chart.width() > COLUMNS) {
                inRow = new ArrayList<>();
                width = 0;
                String row = "ROW-" + rows.size();
                rows.add(row);
                position.put(
                        row,
                        Map.of(
                                "type",
                                "ROW",
                                "id",
                                row,
                                "children",
                                inRow,
                                "parents",
                                List.of("ROOT_ID", "GRID_ID"),
                                "meta",
                                Map.of("background", "BACKGROUND_TRANSPARENT")));
            }
            String id = "CHART-" + position.size();
            inRow.add(id);
            width += chart.width();
            position.put(
                    id,
                    Map.of(
                            "type", "CHART",
                            "id", id,
                            "children", List.of(),
                            "parents", List.of("ROOT_ID", "GRID_ID", rows.get(rows.size() - 1)),
                            "meta",
                                    Map.of(
                                            "uuid", ids.chart(kind, chart.title()),
                                            "sliceName", chart.title(),
                                            "chartId", 0,
                                            "width", chart.width(),
                                            "height", height(chart))));
        }
        position.put(
                "GRID_ID", Map.of("type", "GRID", "id", "GRID_ID", "children", rows, "parents", List.of("ROOT_ID")));
        return position;
    }

    private static int height(Declared chart) {
        return Objects.requireNonNullElse(chart.height(), chart.width() == COLUMNS ? TABLE_HEIGHT : CHART_HEIGHT);
    }

    private Map<String, Object> queues(String kind) {
        Map<String, Object> filter = filter("queue", "Queue", "filter_select");
        filter.put(
                "targets",
                List.of(Map.of(
                        "datasetUuid", ids.dataset("bi.waiting_now"),
                        "column", Map.of("name", "queue_title"))));
        filter.put("adhoc_filters", List.of(SupersetCharts.equal("item_kind", kind)));
        return filter;
    }

    private static Map<String, Object> time() {
        Map<String, Object> filter = filter("time", "Time", "filter_time");
        filter.put("targets", List.of(Map.of()));
        return filter;
    }

    private static Map<String, Object> filter(String id, String name, String type) {
        Map<String, Object> filter = new LinkedHashMap<>();
        filter.put("id", "NATIVE_FILTER-" + id);
        filter.put("name", name);
        filter.put("type", "NATIVE_FILTER");
        filter.put("filterType", type);
        filter.put("scope", Map.of("rootPath", List.of("ROOT_ID"), "excluded", List.of()));
        filter.put("defaultDataMask", Map.of("filterState", Map.of(), "extraFormData", Map.of()));
        filter.put("controlValues", Map.of("enableEmptyFilter", false, "multiSelect", true));
        filter.put("cascadeParentIds", List.of());
        return filter;
    }
}
