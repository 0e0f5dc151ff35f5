package uk.fpw.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.fpw.model.CertifiedMetric.Dialect;
import uk.fpw.model.CertifiedMetric.Distinct;
import uk.fpw.model.CertifiedMetric.Last;
import uk.fpw.model.CertifiedMetric.OnlyRow;
import uk.fpw.model.CertifiedMetric.Ratio;
import uk.fpw.model.CertifiedMetric.Sum;

/**
 * The views of {@code bi} as a semantic model of Power BI in TMDL: a table each, with the certified measures in DAX.
 */
final class PowerBiModel {

    private static final Map<ColumnType, String> TYPES = Map.of(
            ColumnType.TEXT, "string",
            ColumnType.BIGINT, "int64",
            ColumnType.INT, "int64",
            ColumnType.DOUBLE, "double",
            ColumnType.BOOLEAN, "boolean",
            ColumnType.DATE, "dateTime",
            ColumnType.TIMESTAMP, "dateTime");

    private PowerBiModel() {}

    /** The text of each file by its name. */
    static SortedMap<String, String> files() {
        List<Model> views = Models.toolViews().stream()
                .filter(view -> view.schema().equals("bi"))
                .toList();
        SortedMap<String, String> files = new TreeMap<>();
        files.put("definition.pbism", "{\n  \"version\": \"4.2\",\n  \"settings\": {}\n}\n");
        files.put("definition/database.tmdl", "database fpw\n\tcompatibilityLevel: 1567\n");
        files.put(
                "definition/expressions.tmdl",
                Stream.of("Server = \"db.example.police.uk\"", "Database = \"fpw\"")
                        .map(value -> "expression " + value
                                + " meta [IsParameterQuery=true, Type=\"Text\", IsParameterQueryRequired=true]\n")
                        .collect(Collectors.joining("\n")));
        files.put(
                "definition/model.tmdl",
                "model Model\n\tculture: en-GB\n\tdefaultPowerBIDataSourceVersion: powerBI_V3\n"
                        + "\tdiscourageImplicitMeasures\n\n"
                        + views.stream()
                                .map(view -> "ref table " + view.name() + "\n")
                                .collect(Collectors.joining()));
        views.forEach(view -> files.put("definition/tables/" + view.name() + ".tmdl", table(view)));
        return files;
    }

    private static String table(Model view) {
        StringBuilder text = new StringBuilder("/// " + line(view.description()) + "\ntable " + view.name() + "\n");
        for (CertifiedMetric metric : CertifiedMetrics.of(view)) {
            text.append("\n\t/// ").append(line(metric.description())).append('\n');
            text.append("\tmeasure '")
                    .append(metric.name())
                    .append(" (")
                    .append(view.name())
                    .append(")' = ");
            text.append(metric.figure().in(new Dax(view.name()))).append('\n');
            text.append("\t\tformatString: ")
                    .append(metric.unit().equals("share") ? "0.0%" : "#,0.##")
                    .append('\n');
        }
        for (Model.Column column : view.columns()) {
            text.append("\n\t/// ").append(line(column.comment())).append('\n');
            text.append("\tcolumn ").append(column.name()).append('\n');
            text.append("\t\tdataType: ").append(TYPES.get(column.type())).append('\n');
            if (column.add() != Model.Add.NOT_A_MEASURE) {
                text.append("\t\tisHidden\n");
            }
            text.append("\t\tsummarizeBy: none\n\t\tsourceColumn: ")
                    .append(column.name())
                    .append('\n');
        }
        return text.append("\n\tpartition ")
                .append(view.name())
                .append(" = m\n\t\tmode: import\n\t\tsource =\n")
                .append("\t\t\t\tlet\n\t\t\t\t    Source = PostgreSQL.Database(Server, Database),\n")
                .append("\t\t\t\t    View = Source{[Schema=\"bi\", Item=\"")
                .append(view.name())
                .append("\"]}[Data]\n")
                .append("\t\t\t\tin\n\t\t\t\t    View\n")
                .toString();
    }

    private static String line(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    /** Certified figures as DAX over one table. */
    private record Dax(String table) implements Dialect {

        @Override
        public String sum(Sum sum) {
            return "IF(" + all(sum.one(), List.of(sum.column())) + ", " + sums(List.of(sum.column())) + ")";
        }

        @Override
        public String last(Last last) {
            String latest = "KEEPFILTERS(" + of(last.on()) + " = latest)";
            return "VAR latest = MAX(" + of(last.on()) + ") RETURN IF(" + all(last.one(), List.of())
                    + " && CALCULATE(" + known(last.column()) + ", " + latest + "), CALCULATE("
                    + sums(List.of(last.column())) + ", " + latest + "))";
        }

        @Override
        public String onlyRow(OnlyRow row) {
            return "IF(COUNTROWS(" + table + ") = 1, MAX(" + of(row.column()) + "))";
        }

        @Override
        public String distinct(Distinct distinct) {
            String count = "DISTINCTCOUNT(" + of(distinct.column()) + ")";
            return distinct.where().isEmpty()
                    ? count
                    : "CALCULATE(" + count + ", KEEPFILTERS(" + of(distinct.where()) + " = TRUE())) + 0";
        }

        @Override
        public String ratio(Ratio ratio) {
            List<String> known =
                    Stream.concat(ratio.part().stream(), ratio.whole().stream()).toList();
            return "IF(" + all(ratio.one(), known) + ", DIVIDE(" + sums(ratio.part()) + ", " + sums(ratio.whole())
                    + "))";
        }

        private String of(String column) {
            return String.format(Locale.ROOT, "%s[%s]", table, column);
        }

        private String known(String column) {
            return "COUNTROWS(" + table + ") = COUNT(" + of(column) + ")";
        }

        private String sums(List<String> columns) {
            return columns.stream().map(column -> "SUM(" + of(column) + ")").collect(Collectors.joining(" + "));
        }

        private String all(List<String> one, List<String> known) {
            return Stream.concat(
                            one.stream().map(column -> "DISTINCTCOUNT(" + of(column) + ") = 1"),
                            known.stream().map(this::known))
                    .collect(Collectors.joining(" && "));
        }
    }
}
