package uk.fpw.warehouse.force.rule;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.sql.SqlFileCheck;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionFiles;
import uk.fpw.warehouse.force.yaml.FolderFiles;
import uk.fpw.warehouse.force.yaml.Suggestions;

/** Checks the rule files beyond their structure. */
public final class RuleCheck {

    /** Reason codes of the warehouse itself for excluding an item. */
    private static final Set<String> OWN_CODES = Set.of(
            "NO_EVENT",
            "NO_QUEUE",
            "UNDECLARED_EVENT",
            "MISSING_DATE",
            "MISSING_ITEM",
            "EVENT_REPEATED",
            "CLOSED_BEFORE_RECEIVED",
            "CLOSED_NEVER_RECEIVED",
            "CLOSED_TWICE",
            "REOPENED_WHILE_OPEN",
            "REOPENED_NEVER_RECEIVED",
            "RECEIVED_TWICE",
            "RECEIVED_AGAIN",
            "AFTER_BUSINESS_DATE",
            "DATES_OUT_OF_ORDER",
            "UNKNOWN_SCHEME",
            "UNKNOWN_SCHEME_VERSION",
            "GRADE_NOT_IN_SCHEME",
            "UNKNOWN_SELECTION",
            "INVALID_COUNT",
            "BEFORE_SCHEME_VERSION");

    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");

    private final DefinitionFiles all;
    private final FolderFiles files;
    private final ConfigErrors errors;
    private final Map<String, String> whereCodes = new HashMap<>();

    public RuleCheck(DefinitionFiles all, FolderFiles files, ConfigErrors errors) {
        this.all = all;
        this.files = files;
        this.errors = errors;
    }

    public void check(DefinitionFile rules) {
        String feedName = rules.text("feed");
        Set<String> feeds = files.baseNames("feeds", ".yml");
        @Nullable DefinitionFile feed = feedName == null ? null : all.feed(feedName);
        if (feedName != null && feed == null && !feeds.contains(feedName)) {
            add(rules, "feed", "there is no feed '" + feedName + "'", Suggestions.remedy(feedName, feeds, "feeds"));
        }
        for (DefinitionFile.Part rule : rules.parts("rules")) {
            code(rules, rule);
            expression(rules, rule);
            String message = rule.text("message");
            if (message != null && feed != null) {
                places(rules, rule.path("message"), message, feed);
            }
        }
    }

    private void code(DefinitionFile rules, DefinitionFile.Part rule) {
        String code = rule.text("code");
        if (code == null) {
            return;
        }
        String field = rule.path("code");
        if (OWN_CODES.contains(code)) {
            add(rules, field, "'" + code + "' is a reserved code", "use another code for the rule");
        }
        String earlier = whereCodes.putIfAbsent(code, rules.file() + ":" + rules.line(field));
        if (earlier != null) {
            add(rules, field, "'" + code + "' is already used by the rule in " + earlier, "change one of the codes");
        }
    }

    private void expression(DefinitionFile rules, DefinitionFile.Part rule) {
        String expression = rule.text("expression");
        SqlFileCheck.Problem problem =
                expression == null || expression.isEmpty() ? null : SqlFileCheck.problem(expression);
        if (problem != null) {
            add(
                    rules,
                    rule.path("expression"),
                    "is not a single condition",
                    "write a condition that is true for valid rows, without ';'");
        }
    }

    /** Values may only be shown from existing columns that are not personal. */
    private void places(DefinitionFile rules, String field, String message, DefinitionFile feed) {
        Set<String> shown = new HashSet<>();
        Set<String> personal = new HashSet<>();
        for (DefinitionFile.Part column : feed.parts("columns")) {
            String name = column.text("name");
            if (name != null) {
                ("not_personal".equals(column.text("privacy")) ? shown : personal).add(name);
            }
        }
        Matcher place = PLACE.matcher(message);
        while (place.find()) {
            String name = place.group(1);
            if (personal.contains(name)) {
                add(
                        rules,
                        field,
                        "shows '" + name + "', which is personal data",
                        "remove {" + name + "} from the message");
            } else if (!shown.contains(name) && feed.isValid()) {
                add(
                        rules,
                        field,
                        "shows '" + name + "', which is not a column of " + feed.file(),
                        Suggestions.remedy(name, shown, "columns that are not personal"));
            }
        }
    }

    private void add(DefinitionFile rules, String field, String problem, String remedy) {
        errors.add(rules.file(), rules.line(field), field, problem, remedy);
    }
}
