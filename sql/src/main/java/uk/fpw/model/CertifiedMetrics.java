package uk.fpw.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import uk.fpw.model.CertifiedMetric.Distinct;
import uk.fpw.model.CertifiedMetric.Figure;
import uk.fpw.model.CertifiedMetric.Last;
import uk.fpw.model.CertifiedMetric.OnlyRow;
import uk.fpw.model.CertifiedMetric.Ratio;
import uk.fpw.model.CertifiedMetric.Sum;

/**
 * The figures of a view that are right or null at every grain. They follow from how its columns add up and from its
 * grain, and from two fields under {@code certified} in its file: {@code choose}, the columns of which one value must
 * be chosen before adding up, and {@code metrics}, shares and counts that are no column.
 */
public final class CertifiedMetrics {

    private static final Set<String> FIELDS = Set.of("choose", "metrics");

    private static final Set<String> METRIC_FIELDS =
            Set.of("name", "unit", "part", "whole", "choose", "count", "where", "description");

    private final YamlFields fields;
    private final Model view;
    private final List<String> choose;

    private CertifiedMetrics(YamlFields fields, Model view) {
        this.fields = fields;
        this.view = view;
        this.choose = chosen(fields);
    }

    /** The figures of a view of schema {@code bi}, in the order of its columns, then those that are no column. */
    public static List<CertifiedMetric> of(Model view) {
        return of(view, ModelFiles.own());
    }

    static List<CertifiedMetric> of(Model view, ModelFiles files) {
        String file = view.table().replace('.', '/') + ".yml";
        String text = files.text(file).orElseThrow(() -> new ModelException("the sql module has no fpw/" + file));
        YamlFields certified = YamlFields.read(file, text).within("certified").only(FIELDS);
        return new CertifiedMetrics(certified, view).all();
    }

    private List<CertifiedMetric> all() {
        Stream<CertifiedMetric> ofColumns = view.columns().stream()
                .filter(column -> column.add() != Model.Add.NOT_A_MEASURE)
                .map(this::ofColumn);
        Stream<CertifiedMetric> declared =
                fields.each("metrics", "name").stream().map(this::declared);
        return Stream.concat(ofColumns, declared).toList();
    }

    private CertifiedMetric ofColumn(Model.Column column) {
        String name = column.name().replaceFirst("_do_not_(sum|average)$", "");
        return metric(name, column.unit(), column.description(), figure(column));
    }

    private Figure figure(Model.Column column) {
        if (column.add() == Model.Add.NEVER) {
            return new OnlyRow(column.name());
        }
        if (choose.isEmpty()) {
            throw fields.wrong("'choose' is missing: of which columns one value must be chosen before " + column.name()
                    + " is added up");
        }
        List<String> periods = view.columns().stream()
                .filter(one -> one.type() == ColumnType.DATE && view.grain().contains(one.name()))
                .map(Model.Column::name)
                .toList();
        if (column.add() == Model.Add.ADDITIVE || periods.isEmpty()) {
            return new Sum(column.name(), choose);
        }
        List<String> series =
                view.grain().stream().filter(one -> !periods.contains(one)).toList();
        return new Last(column.name(), periods.get(0), choose, series);
    }

    private CertifiedMetric declared(YamlFields metric) {
        metric.only(METRIC_FIELDS);
        Figure figure;
        if (metric.optional("count").isEmpty()) {
            List<String> one = new ArrayList<>(choose);
            one.addAll(chosen(metric));
            figure = new Ratio(columns(metric, "part"), columns(metric, "whole"), List.copyOf(one));
        } else {
            String where = metric.optional("where");
            requireColumns(
                    metric,
                    Stream.of(metric.text("count"), where.isEmpty() ? metric.text("count") : where)
                            .toList());
            figure = new Distinct(metric.text("count"), where);
        }
        return metric(metric.text("name"), metric.text("unit"), metric.text("description"), figure);
    }

    private static CertifiedMetric metric(String name, String unit, String description, Figure figure) {
        return new CertifiedMetric(name, unit, description + figure.in(NullWords.INSTANCE), figure);
    }

    private List<String> columns(YamlFields metric, String field) {
        List<String> columns = metric.texts(field);
        if (columns.isEmpty()) {
            throw metric.wrong("'" + field + "' is missing");
        }
        requireColumns(metric, columns);
        return columns;
    }

    /** Of a column that may be null, no SQL that is short says whether the rows have one value. */
    private List<String> chosen(YamlFields from) {
        List<String> columns = from.texts("choose");
        requireColumns(from, columns);
        view.columns().stream()
                .filter(column -> columns.contains(column.name()) && column.nullable())
                .findFirst()
                .ifPresent(column -> {
                    throw from.wrong("'choose' names " + column.name() + ", which may be null");
                });
        return columns;
    }

    private void requireColumns(YamlFields from, List<String> columns) {
        for (String column : columns) {
            if (!view.hasColumn(column)) {
                throw from.wrong("there is no column '" + column + "' in " + view.table());
            }
        }
    }

    /** What makes a figure null, as the end of its description. */
    private enum NullWords implements CertifiedMetric.Dialect {
        INSTANCE;

        @Override
        public String sum(Sum sum) {
            return overSeveral(sum.one()) + ".";
        }

        @Override
        public String last(Last last) {
            return " Over several periods the value of the latest." + overSeveral(last.one())
                    + (last.one().containsAll(last.series())
                            ? "."
                            : ", and over several periods also of " + words(last.series()) + ".");
        }

        @Override
        public String onlyRow(OnlyRow row) {
            return " Null over several rows.";
        }

        @Override
        public String distinct(Distinct distinct) {
            return "";
        }

        @Override
        public String ratio(Ratio ratio) {
            return overSeveral(ratio.one()) + ".";
        }

        private static String overSeveral(List<String> columns) {
            return " Null over several values of " + words(columns);
        }

        private static String words(List<String> columns) {
            return String.join(" or ", columns);
        }
    }
}
