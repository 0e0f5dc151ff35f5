package uk.fpw.report.dictionary;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import uk.fpw.model.Family;
import uk.fpw.model.FigureDefinition;
import uk.fpw.model.Model;
import uk.fpw.report.text.English;

/** Describes a column. */
record ColumnWords(Snapshot release) {

    TableModel.Column of(Model model, Model.Column column) {
        return new TableModel.Column(
                DictionaryPaths.anchor("column", column.name()),
                column.name(),
                type(column),
                column.unit().isEmpty() ? "-" : column.unit(),
                add(column),
                nulls(model, column),
                sensitivity(column),
                column.description().strip(),
                isMissing(model, column) ? "Not in this release." : origin(model, column));
    }

    static String type(Model.Column column) {
        return column.type().word() + (column.length() > 0 ? ", at most " + column.length() + " characters" : "");
    }

    /** How the values may be added up. */
    static String add(Model.Column column) {
        return column.add() == Model.Add.NOT_A_MEASURE ? "-" : column.add().words();
    }

    /** Whether null may occur. */
    static String nulls(Model model, Model.Column column) {
        if (!model.mayBeNull(column)) {
            return "never null";
        }
        String unavailable = model.isMasked(column) ? "null where the row is not available" : "";
        return column.nullable()
                ? "may be null: see its meaning" + (unavailable.isEmpty() ? "" : "; " + unavailable)
                : unavailable;
    }

    /** Whether it identifies single cases or people; empty if not. */
    static String sensitivity(Model.Column column) {
        if (column.identifies()) {
            return "identifies a single case, item or person, if only by a pseudonym";
        }
        return column.name().equals("contributor_count") ? "shows whether a row is about few people" : "";
    }

    private boolean isMissing(Model model, Model.Column column) {
        return release.hasTable(model.table()) && !release.hasColumn(model.table(), column.name());
    }

    /** Where its values come from, as far as is known. */
    static String origin(Model model, Model.Column column) {
        if (model.countedBy() == Family.VIEW) {
            return "By the query of the view.";
        }
        Set<String> counted = new TreeSet<>();
        Set<String> compared = new TreeSet<>();
        for (FigureDefinition definition : FigureDefinition.of(model.table())) {
            definition.comparisons().stream()
                    .filter(comparison -> comparison.table().equals(model.table()))
                    .forEach(comparison -> {
                        if (comparison.equal().contains(column.name())) {
                            counted.add(definition.name());
                        } else if (comparison.key().contains(column.name())) {
                            compared.add(definition.name());
                        }
                    });
        }
        if (!counted.isEmpty()) {
            return "Counted again in every run by " + named(counted) + ".";
        }
        if (!compared.isEmpty()) {
            return "Compared in every run with " + named(compared) + ".";
        }
        return "Calculated in Java " + model.countedBy().words() + "; not counted again.";
    }

    private static String named(Set<String> definitions) {
        return (definitions.size() == 1 ? "the definition " : "the definitions ")
                + English.list(List.copyOf(definitions));
    }
}
