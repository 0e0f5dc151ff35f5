package uk.fpw.warehouse.force.recommendation;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.sql.SqlFileCheck;
import uk.fpw.warehouse.force.yaml.DefinitionFile;

/** Checks a recommendation beyond its structure: dates, status and the sources of its figures. */
public record RecommendationCheck(DefinitionFile recommendation) {

    /**
     * Checks the recommendation.
     *
     * @param queues the readable queue files
     * @param names names of all queue files
     */
    public void check(List<DefinitionFile> queues, Set<String> names) {
        dates();
        notBlank("owner", "write the role that answers for it");
        notBlank("status.decided_by", "write the role or the meeting that decided");
        String evidence = recommendation.text("status.evidence");
        if (recommendation.is("status.state", "done") && (evidence == null || evidence.isBlank())) {
            recommendation.error(
                    "status.state",
                    "is done, but there is no evidence",
                    "write in status.evidence what shows that it is done, or set in_progress");
        }
        DefinitionFile.Entry.requireDistinct(recommendation.texts("figures", "figure"));
        for (DefinitionFile.Part figure : recommendation.parts("figures")) {
            source(figure, queues, names);
        }
    }

    private void dates() {
        LocalDate madeOn = recommendation.day("report.made_on");
        LocalDate dueOn = recommendation.day("due.on");
        LocalDate statusOn = recommendation.day("status.on");
        if (madeOn != null && dueOn != null && dueOn.isBefore(madeOn)) {
            recommendation.error(
                    "due.on",
                    dueOn + " is before " + madeOn + ", when it was made (report.made_on)",
                    "correct one of the dates, or write 'not stated'");
        }
        if (madeOn != null && statusOn != null && statusOn.isBefore(madeOn)) {
            recommendation.error(
                    "status.on",
                    statusOn + " is before " + madeOn + ", when it was made (report.made_on)",
                    "write the day since which this is its status");
        }
    }

    private static void source(DefinitionFile.Part figure, List<DefinitionFile> queues, Set<String> names) {
        String queue = figure.text("queue");
        String query = figure.text("query");
        if (queue != null && query != null) {
            figure.error("query", "cannot be combined with a queue", "set either queue and measure, or query");
        } else if (queue != null) {
            ofQueue(figure, queue, queues, names);
        } else if (query != null) {
            figure.refuse(
                    List.of("measure", "slice", "value"),
                    "is only allowed with a queue",
                    "remove it, or set queue instead of query");
            query(figure, query);
        } else {
            figure.error("figure", "has neither a queue nor a query", "set either queue and measure, or query");
        }
    }

    private static void ofQueue(
            DefinitionFile.Part figure, String queue, List<DefinitionFile> queues, Set<String> names) {
        if (figure.text("measure") == null) {
            figure.error("queue", "has no measure", "set measure, such as waiting_count");
        }
        figure.requireKnown("queue", names, "queues", "there is no queue '" + queue + "'");
        String slice = figure.text("slice");
        if (!names.contains(queue)) {
            return;
        }
        if (figure.has("slice") != figure.has("value")) {
            figure.error(
                    slice == null ? "value" : "slice",
                    "is alone",
                    "set both slice and value, or none of them for the total");
            return;
        }
        for (DefinitionFile definition : queues) {
            if (definition.is("queue", queue)) {
                figure.requireKnown(
                        "slice",
                        definition.set("slices"),
                        "slices of the queue",
                        "queue '" + queue + "' has no slice '" + slice + "'");
            }
        }
    }

    private static void query(DefinitionFile.Part figure, String query) {
        if (!query.isBlank() && !SqlFileCheck.check(figure, "query")) {
            return;
        }
        for (Model mart : Models.marts()) {
            if (!mart.isOpen() && names(query, mart)) {
                figure.error(
                        "query",
                        "reads " + mart.name() + ", whose rows are about single cases or people (access: restricted)",
                        "use a mart that is not restricted, such as queue_daily: recommendations are for everybody who"
                                + " reads the marts");
            }
        }
    }

    private static boolean names(String query, Model mart) {
        return Pattern.compile("\\b" + mart.name() + "\\b", Pattern.CASE_INSENSITIVE)
                .matcher(SqlFileCheck.withoutLayout(query).toLowerCase(Locale.ROOT))
                .find();
    }

    private void notBlank(String field, String remedy) {
        String text = recommendation.text(field);
        if (text != null && !text.isEmpty() && text.isBlank()) {
            recommendation.error(field, "is blank", remedy);
        }
    }
}
