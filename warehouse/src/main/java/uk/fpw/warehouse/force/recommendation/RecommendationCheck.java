package uk.fpw.warehouse.force.recommendation;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.sql.SqlFileCheck;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DayParser;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionFiles;
import uk.fpw.warehouse.force.yaml.Suggestions;

/** Checks a recommendation beyond its structure: dates, status and the sources of its figures. */
public final class RecommendationCheck {

    private final DefinitionFile recommendation;
    private final ConfigErrors errors;

    public RecommendationCheck(DefinitionFile recommendation, ConfigErrors errors) {
        this.recommendation = recommendation;
        this.errors = errors;
    }

    /**
     * Checks the recommendation.
     *
     * @param queues the readable queue files
     * @param names names of all queue files
     */
    public void check(List<DefinitionFile> queues, Set<String> names) {
        dates();
        notBlank("owner", recommendation.text("owner"), "write the role that answers for it");
        String decider = DefinitionFile.text(recommendation.at("status"), "decided_by");
        notBlank("status.decided_by", decider, "write the role or the meeting that decided");
        evidence();
        List<DefinitionFile.Part> figures = recommendation.parts("figures");
        DefinitionFiles.checkDistinct(
                recommendation, figures, figure -> figure.text("figure"), figure -> figure.path("figure"), errors);
        for (DefinitionFile.Part figure : figures) {
            source(figure, queues, names);
        }
    }

    private void dates() {
        LocalDate madeOn = day("report", "made_on");
        LocalDate dueOn = day("due", "on");
        LocalDate statusOn = day("status", "on");
        if (madeOn != null && dueOn != null && dueOn.isBefore(madeOn)) {
            add(
                    "due.on",
                    dueOn + " is before " + madeOn + ", when it was made (report.made_on)",
                    "correct one of the dates, or write 'not stated'");
        }
        if (madeOn != null && statusOn != null && statusOn.isBefore(madeOn)) {
            add(
                    "status.on",
                    statusOn + " is before " + madeOn + ", when it was made (report.made_on)",
                    "write the day since which this is its status");
        }
    }

    private @Nullable LocalDate day(String group, String field) {
        return DayParser.read(
                recommendation, group + "." + field, DefinitionFile.text(recommendation.at(group), field), errors);
    }

    private void evidence() {
        String evidence = DefinitionFile.text(recommendation.at("status"), "evidence");
        boolean isDone = "done".equals(DefinitionFile.text(recommendation.at("status"), "state"));
        if (isDone && (evidence == null || evidence.isBlank())) {
            add(
                    "status.state",
                    "is done, but there is no evidence",
                    "write in status.evidence what shows that it is done, or set in_progress");
        }
    }

    private void source(DefinitionFile.Part figure, List<DefinitionFile> queues, Set<String> names) {
        String queue = figure.text("queue");
        String query = figure.text("query");
        if ((queue == null) == (query == null)) {
            add(
                    figure.path(queue == null ? "figure" : "query"),
                    queue == null ? "has neither a queue nor a query" : "cannot be combined with a queue",
                    "set either queue and measure, or query");
            return;
        }
        if (queue == null) {
            if (query != null) {
                ofNoQueue(figure);
                query(figure, query);
            }
            return;
        }
        if (figure.text("measure") == null) {
            add(figure.path("queue"), "has no measure", "set measure, such as waiting_count");
        }
        if (!names.contains(queue)) {
            add(figure.path("queue"), "there is no queue '" + queue + "'", Suggestions.remedy(queue, names, "queues"));
            return;
        }
        slice(figure, queue, queues);
    }

    private void ofNoQueue(DefinitionFile.Part figure) {
        for (String field : List.of("measure", "slice", "value")) {
            if (figure.tree().has(field)) {
                add(figure.path(field), "is only allowed with a queue", "remove it, or set queue instead of query");
            }
        }
    }

    private void slice(DefinitionFile.Part figure, String queue, List<DefinitionFile> queues) {
        String slice = figure.text("slice");
        if (figure.tree().has("slice") != figure.tree().has("value")) {
            String field = slice == null ? "value" : "slice";
            add(figure.path(field), "is alone", "set both slice and value, or none of them for the total");
            return;
        }
        if (slice == null) {
            return;
        }
        for (DefinitionFile definition : queues) {
            if (queue.equals(definition.text("queue"))) {
                Set<String> slices = definition.texts("slices").stream()
                        .map(DefinitionFile.Entry::text)
                        .collect(Collectors.toSet());
                if (!slices.contains(slice)) {
                    add(
                            figure.path("slice"),
                            "queue '" + queue + "' has no slice '" + slice + "'",
                            Suggestions.remedy(slice, slices, "slices of the queue"));
                }
            }
        }
    }

    private void query(DefinitionFile.Part figure, String query) {
        SqlFileCheck.Problem problem = query.isBlank() ? null : SqlFileCheck.problem(query);
        if (problem != null) {
            add(figure.path("query"), problem.problem(), problem.remedy());
            return;
        }
        for (Model mart : Models.marts()) {
            if (!mart.isOpen() && names(query, mart)) {
                add(
                        figure.path("query"),
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

    private void notBlank(String field, @Nullable String text, String remedy) {
        if (text != null && !text.isEmpty() && text.isBlank()) {
            add(field, "is blank", remedy);
        }
    }

    private void add(String field, String problem, String remedy) {
        errors.add(recommendation.file(), recommendation.line(field), field, problem, remedy);
    }
}
