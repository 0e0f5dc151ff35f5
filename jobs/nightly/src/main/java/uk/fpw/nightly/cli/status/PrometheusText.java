package uk.fpw.nightly.cli.status;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Metrics in the text format of Prometheus (version 0.0.4): a family has its help and type once, then its samples. All
 * are gauges. A value that is unknown has no sample, which an alert can ask for with {@code absent()}.
 */
final class PrometheusText {

    private final StringBuilder text = new StringBuilder();
    private final String force;
    private String family = "";

    /**
     * An empty text.
     *
     * @param force label of every sample
     */
    PrometheusText(String force) {
        this.force = force;
    }

    /** Begins a family; its samples follow. */
    PrometheusText gauge(String name, String help) {
        family = name;
        text.append("# HELP ").append(name).append(' ').append(escaped(help)).append('\n');
        text.append("# TYPE ").append(name).append(" gauge\n");
        return this;
    }

    /**
     * A sample of the family without further labels.
     *
     * @param value null if unknown
     */
    PrometheusText sample(@Nullable Number value) {
        return sample(Map.of(), value);
    }

    /** A sample with labels, in the order of the map. */
    PrometheusText sample(Map<String, String> labels, @Nullable Number value) {
        if (value == null) {
            return this;
        }
        text.append(family).append("{force=\"").append(label(force)).append('"');
        labels.forEach((name, content) -> text.append(',')
                .append(name)
                .append("=\"")
                .append(label(content))
                .append('"'));
        text.append("} ").append(value).append('\n');
        return this;
    }

    private static String escaped(String help) {
        return help.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String label(String value) {
        return escaped(value).replace("\"", "\\\"");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
