package uk.fpw.nightly.cli.force;

import java.io.PrintStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.nightly.cli.option.JsonOutput;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Delivery;
import uk.fpw.warehouse.force.yaml.ConfigError;
import uk.fpw.warehouse.force.yaml.ForceFolderException;

/** What a check has found so far: printed at once for a person, collected and printed at the end for a program. */
final class CheckReport {

    private final PrintStream out;
    private final boolean isJson;
    private final List<String> warnings = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Map<String, @Nullable Object>> due = new ArrayList<>();
    private @Nullable Force force;
    private @Nullable LocalDate businessDate;
    private boolean canStart;
    private @Nullable List<String> behaviourChanges;
    private boolean areQueriesValid;

    CheckReport(PrintStream out, boolean isJson) {
        this.out = out;
        this.isJson = isJson;
    }

    /** The files of the folder are valid. */
    void files(Force read) {
        force = read;
        line(read.name() + " (" + read.code() + "): " + count(read.feeds().size(), "feed", "feeds") + ", "
                + count(read.stagings().size(), "staging query", "staging queries") + ", "
                + count(read.queues().size(), "queue", "queues") + ", "
                + count(read.rules().size(), "rule", "rules") + "; the files are valid");
        read.packs()
                .forEach(pack -> line("pack " + pack.label() + ": "
                        + (pack.schemes().isEmpty()
                                ? count(pack.queues().size(), "queue", "queues")
                                : count(pack.schemes().size(), "grading scheme", "grading schemes"))
                        + "; fpw test tries " + count(pack.examples().size(), "example", "examples")
                        + " of it on rows of this force"));
    }

    /** Something to correct that prevents no run. */
    void warning(String text) {
        warnings.add(text);
        line("warning: " + text);
    }

    /** Something to know. */
    void note(String text) {
        notes.add(text);
        line(text);
    }

    /** What is being done, for a person who waits. */
    void progress(String text) {
        line(text);
    }

    /** What this version does differently from the one that last ran the folder. */
    void upgrade(String heading, List<String> changes) {
        note("upgrade: " + heading);
        behaviourChanges = changes;
        changes.forEach(change -> line("  " + change));
    }

    /** It is being checked whether a run for the date can start. */
    void asked(LocalDate date) {
        businessDate = date;
    }

    /** A run for the date that was asked about can start. */
    void canStart() {
        canStart = true;
        line("a run for " + businessDate + " can start");
    }

    /** Up to which date files of a feed are due; null for none. */
    void due(String feed, @Nullable LocalDate dueTo, Delivery delivery) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("feed", feed);
        fields.put("due_to", dueTo);
        fields.put("delivery", delivery.describe());
        due.add(fields);
        line("feed " + feed + ": " + (dueTo == null ? "no file is due" : "its files up to " + dueTo + " are due") + " ("
                + delivery.describe() + ")");
    }

    /** The queries have been analysed, and are valid. */
    void queriesAreValid() {
        areQueriesValid = true;
        line("the staging queries, rules and queues are valid");
    }

    /**
     * Ends the report: prints the JSON, if it is that.
     *
     * @param failure what ended the check; null if it found no error
     */
    void end(@Nullable RuntimeException failure) {
        if (isJson) {
            JsonOutput.print(out, fields(failure));
        }
    }

    private Map<String, @Nullable Object> fields(@Nullable RuntimeException failure) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        Force read = force;
        fields.put("force", read == null ? null : read.code());
        fields.put("name", read == null ? null : read.name());
        fields.put("unavailable_reason", read == null ? "the force folder could not be read, see errors" : null);
        fields.put("is_valid", failure == null);
        fields.put("feed_count", read == null ? null : read.feeds().size());
        fields.put("staging_query_count", read == null ? null : read.stagings().size());
        fields.put("queue_count", read == null ? null : read.queues().size());
        fields.put("rule_count", read == null ? null : read.rules().size());
        fields.put(
                "packs",
                read == null
                        ? List.of()
                        : read.packs().stream()
                                .map(pack -> Map.of(
                                        "pack", pack.label(),
                                        "queue_count", pack.queues().size(),
                                        "scheme_count", pack.schemes().size(),
                                        "example_count", pack.examples().size()))
                                .toList());
        fields.put("are_queries_valid", areQueriesValid ? Boolean.TRUE : hasQueryErrors(failure) ? false : null);
        fields.put("business_date", businessDate);
        fields.put("can_start", businessDate == null ? null : canStart);
        fields.put("due", due);
        fields.put("behaviour_changes", behaviourChanges);
        fields.put("errors", errors(failure));
        fields.put("warnings", warnings);
        fields.put("notes", notes);
        return fields;
    }

    /** Errors of the folder after its files were valid are those of its queries. */
    private boolean hasQueryErrors(@Nullable RuntimeException failure) {
        return force != null && failure instanceof ForceFolderException;
    }

    private static List<Map<String, @Nullable Object>> errors(@Nullable RuntimeException failure) {
        if (failure instanceof ForceFolderException invalid) {
            return invalid.errors().stream().map(CheckReport::error).toList();
        }
        if (failure instanceof FpwException failed) {
            return List.of(error(null, null, null, String.valueOf(failed.getMessage()), null));
        }
        return List.of();
    }

    private static Map<String, @Nullable Object> error(ConfigError error) {
        return error(
                error.file(),
                error.line() == 0 ? null : error.line(),
                error.field().isEmpty() ? null : error.field(),
                error.problem(),
                error.remedy());
    }

    private static Map<String, @Nullable Object> error(
            @Nullable String file,
            @Nullable Integer line,
            @Nullable String field,
            String problem,
            @Nullable String remedy) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("file", file);
        fields.put("line", line);
        fields.put("field", field);
        fields.put("problem", problem);
        fields.put("remedy", remedy);
        return fields;
    }

    private void line(String text) {
        if (!isJson) {
            out.println(text);
        }
    }

    private static String count(int number, String one, String several) {
        return number + " " + (number == 1 ? one : several);
    }
}
