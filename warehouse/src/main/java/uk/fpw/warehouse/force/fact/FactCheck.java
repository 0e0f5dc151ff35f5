package uk.fpw.warehouse.force.fact;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.Set;
import uk.fpw.warehouse.force.sql.SqlFileCheck;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DayParser;
import uk.fpw.warehouse.force.yaml.DefinitionFile;

/** Checks a published fact beyond its structure: a value or a range, a window, a query or the reason for none. */
public final class FactCheck {

    private static final Set<String> OF_RANGES = Set.of("=", "about");

    private final DefinitionFile fact;
    private final ConfigErrors errors;

    public FactCheck(DefinitionFile fact, ConfigErrors errors) {
        this.fact = fact;
        this.errors = errors;
    }

    public void check() {
        figure();
        window();
        comparison();
    }

    private void figure() {
        boolean hasValue = has("value");
        boolean hasRange = has("from") || has("to");
        String operator = fact.text("operator");
        if (hasValue == hasRange) {
            add(
                    hasValue ? "value" : "",
                    hasValue ? "cannot be combined with 'from' or 'to'" : "has no value",
                    "set value, or from and to");
            return;
        }
        if (hasRange && has("from") != has("to")) {
            add(has("from") ? "from" : "to", "contains only one end of the range", "set both from and to");
        } else if (hasRange && operator != null && !OF_RANGES.contains(operator)) {
            add("operator", "'" + operator + "' cannot be used with a range", "use = or about, or set a single value");
        } else if (hasRange && number("from").isNumber() && number("to").isNumber()) {
            double from = number("from").doubleValue();
            double to = number("to").doubleValue();
            if (from >= to) {
                add("to", shown("to") + " is not greater than " + shown("from"), "write the lower end first");
            }
        }
        if (has("about_share") && (hasRange || !"about".equals(operator))) {
            add("about_share", "is only allowed with operator about and a single value", "remove it");
        }
    }

    private void window() {
        LocalDate from = DayParser.read(fact, "as_of.from", DefinitionFile.text(fact.at("as_of"), "from"), errors);
        LocalDate to = DayParser.read(fact, "as_of.to", DefinitionFile.text(fact.at("as_of"), "to"), errors);
        if (from != null && to != null && to.isBefore(from)) {
            add("as_of.to", to + " is before " + from, "set it to the last day of the window");
        }
    }

    private void comparison() {
        if (has("query") == has("not_comparable")) {
            add(
                    has("query") ? "not_comparable" : "",
                    has("query")
                            ? "cannot be combined with a query"
                            : "has neither a query nor a reason not to " + "compare",
                    "set either query or not_comparable");
        }
        if (has("by_construction") && has("not_comparable")) {
            add(
                    "by_construction",
                    "cannot be combined with not_comparable, which means that there is no comparison",
                    "remove one of them");
        }
        String query = fact.text("query");
        SqlFileCheck.Problem problem = query == null || query.isEmpty() ? null : SqlFileCheck.problem(query);
        if (problem != null) {
            add("query", problem.problem(), problem.remedy());
        }
    }

    private boolean has(String field) {
        return fact.tree().has(field);
    }

    private JsonNode number(String field) {
        return fact.at(field);
    }

    private String shown(String field) {
        return number(field).asText();
    }

    private void add(String field, String problem, String remedy) {
        errors.add(fact.file(), fact.line(field), field, problem, remedy);
    }
}
