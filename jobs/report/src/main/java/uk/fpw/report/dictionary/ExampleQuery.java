package uk.fpw.report.dictionary;

import java.util.ArrayList;
import java.util.List;
import uk.fpw.model.Model;

/** A query to start from: some rows of a table in the order of its grain, without rows that must not be added up. */
final class ExampleQuery {

    private static final int COLUMNS = 8;

    private ExampleQuery() {}

    static String of(Model model) {
        List<String> selected = new ArrayList<>(model.grain());
        for (Model.Column column : model.columns()) {
            boolean isMeasure =
                    column.add() != Model.Add.NOT_A_MEASURE && !column.name().equals("contributor_count");
            if (isMeasure && selected.size() < COLUMNS && !selected.contains(column.name())) {
                selected.add(column.name());
            }
        }
        for (String column : model.columnNames()) {
            if (selected.size() < Math.min(COLUMNS, 4) && !selected.contains(column)) {
                selected.add(column);
            }
        }
        return "select\n    " + String.join(",\n    ", selected)
                + "\nfrom " + model.table()
                + (model.hasColumn("is_total") ? "\nwhere is_total" : "")
                + (model.grain().isEmpty() ? "" : "\norder by " + String.join(", ", model.grain()))
                + "\nlimit 20";
    }
}
