package uk.fpw.warehouse.force.fact;

import java.time.LocalDate;
import java.util.Set;
import uk.fpw.warehouse.force.sql.SqlFileCheck;
import uk.fpw.warehouse.force.yaml.DefinitionFile;

/** Checks a published fact beyond its structure: a value or a range, a window, a query or the reason for none. */
public record FactCheck(DefinitionFile fact) {

    private static final Set<String> OF_RANGES = Set.of("=", "about");

    public void check() {
        figure();
        window();
        comparison();
    }

    private void figure() {
        boolean hasValue = fact.has("value");
        boolean hasRange = fact.has("from") || fact.has("to");
        String operator = fact.text("operator");
        if (hasValue == hasRange) {
            fact.error(
                    hasValue ? "value" : "",
                    hasValue ? "cannot be combined with 'from' or 'to'" : "has no value",
                    "set value, or from and to");
            return;
        }
        if (hasRange && fact.has("from") != fact.has("to")) {
            fact.error(fact.has("from") ? "from" : "to", "contains only one end of the range", "set both from and to");
        } else if (hasRange && operator != null && !OF_RANGES.contains(operator)) {
            fact.error(
                    "operator",
                    "'" + operator + "' cannot be used with a range",
                    "use = or about, or set a single value");
        } else if (hasRange
                && fact.at("from").isNumber()
                && fact.at("to").isNumber()
                && fact.at("from").doubleValue() >= fact.at("to").doubleValue()) {
            fact.error(
                    "to",
                    fact.at("to").asText() + " is not greater than "
                            + fact.at("from").asText(),
                    "write the lower end first");
        }
        if (fact.has("about_share") && (hasRange || !fact.is("operator", "about"))) {
            fact.error("about_share", "is only allowed with operator about and a single value", "remove it");
        }
    }

    private void window() {
        LocalDate from = fact.day("as_of.from");
        LocalDate to = fact.day("as_of.to");
        if (from != null && to != null && to.isBefore(from)) {
            fact.error("as_of.to", to + " is before " + from, "set it to the last day of the window");
        }
    }

    private void comparison() {
        boolean hasQuery = fact.has("query");
        if (hasQuery == fact.has("not_comparable")) {
            fact.error(
                    hasQuery ? "not_comparable" : "",
                    hasQuery ? "cannot be combined with a query" : "has neither a query nor a reason not to compare",
                    "set either query or not_comparable");
        }
        if (fact.has("by_construction") && fact.has("not_comparable")) {
            fact.error(
                    "by_construction",
                    "cannot be combined with not_comparable, which means that there is no comparison",
                    "remove one of them");
        }
        if (fact.has("ours_now") && hasQuery) {
            fact.error("ours_now", "cannot be combined with a query, whose figure is shown", "remove one of them");
        }
        SqlFileCheck.check(fact, "query");
        SqlFileCheck.check(fact, "ours_now.query");
    }
}
