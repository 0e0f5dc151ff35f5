package uk.fpw.warehouse.force.rule;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.fpw.model.CodeWords;
import uk.fpw.warehouse.force.sql.SqlFileCheck;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionFiles;
import uk.fpw.warehouse.force.yaml.Suggestions;

/** Checks the rule files beyond their structure. */
public final class RuleCheck {

    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");

    private final Map<String, String> whereCodes = new HashMap<>();

    /**
     * Checks one file, also against those that were checked before.
     *
     * @param all the readable files
     * @param feeds names of all feed files
     */
    public void check(DefinitionFile rules, DefinitionFiles all, Set<String> feeds) {
        String feedName = rules.text("feed");
        DefinitionFile feed = feedName == null ? null : all.feed(feedName);
        if (feed == null) {
            rules.requireKnown("feed", feeds, "feeds", "there is no feed '" + feedName + "'");
        }
        for (DefinitionFile.Part rule : rules.parts("rules")) {
            code(rule);
            SqlFileCheck.checkCondition(rule, "expression", "valid rows");
            String message = rule.text("message");
            if (message != null && feed != null) {
                places(rule, message, feed);
            }
        }
    }

    private void code(DefinitionFile.Part rule) {
        String code = rule.text("code");
        if (code == null) {
            return;
        }
        if (CodeWords.codes(CodeWords.EXCLUDED).contains(code)) {
            rule.error("code", "'" + code + "' is a reserved code", "use another code for the rule");
        }
        DefinitionFile file = rule.definition();
        String earlier = whereCodes.putIfAbsent(code, file.file() + ":" + file.line(rule.path("code")));
        if (earlier != null) {
            rule.error("code", "'" + code + "' is already used by the rule in " + earlier, "change one of the codes");
        }
    }

    /** Values may only be shown from existing columns that are not personal. */
    private static void places(DefinitionFile.Part rule, String message, DefinitionFile feed) {
        Set<String> shown = new HashSet<>();
        Set<String> personal = new HashSet<>();
        for (DefinitionFile.Part column : feed.parts("columns")) {
            String name = column.text("name");
            if (name != null) {
                (column.is("privacy", "not_personal") ? shown : personal).add(name);
            }
        }
        Matcher place = PLACE.matcher(message);
        while (place.find()) {
            String name = place.group(1);
            if (personal.contains(name)) {
                rule.error(
                        "message",
                        "shows '" + name + "', which is personal data",
                        "remove {" + name + "} from the message");
            } else if (!shown.contains(name) && feed.isValid()) {
                rule.error(
                        "message",
                        "shows '" + name + "', which is not a column of " + feed.file(),
                        Suggestions.remedy(name, shown, "columns that are not personal"));
            }
        }
    }
}
