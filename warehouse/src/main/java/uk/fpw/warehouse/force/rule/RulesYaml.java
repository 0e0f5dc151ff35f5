package uk.fpw.warehouse.force.rule;

import java.util.List;

/** The content of {@code rules/<feed>.yml}: the rules of one feed. */
public record RulesYaml(String feed, List<Entry> rules) {

    public List<Rule> bind() {
        return rules.stream()
                .map(rule -> new Rule(rule.code, feed, rule.severity, rule.expression, rule.message))
                .toList();
    }

    record Entry(String code, Rule.Severity severity, String expression, String message) {}
}
