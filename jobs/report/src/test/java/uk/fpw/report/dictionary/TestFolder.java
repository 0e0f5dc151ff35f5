package uk.fpw.report.dictionary;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.site.DictionaryInput;

/** A small force folder whose texts are hostile. */
public final class TestFolder {

    /** Part of every text. */
    public static final String HOSTILE = "<img src=x onerror=alert(1)> & \"'";

    private TestFolder() {}

    /** One feed of devices, one of audits, and one that nothing reads. */
    public static DictionaryInput input() {
        return new DictionaryInput(
                "f",
                true,
                List.of(feed("devices"), feed("audits"), feed("posts"), feed("calls")),
                List.of(
                        new DictionaryInput.Rule("LATE", "devices", "exclude", "a < b", "a {a} is late " + HOSTILE),
                        new DictionaryInput.Rule("LATE", "audits", "warning", "a < b", "a is late")),
                List.of(
                        query("device_events", "staging", "device", "devices", List.of("received", "examined")),
                        query("call_events", "staging", "call", "calls", List.of("received")),
                        query("case_audits", "grading", null, "audits", List.of()),
                        query("unit_staff", "staffing", null, "posts", List.of())),
                List.of(new DictionaryInput.Counted(
                        "exams", "Exams " + HOSTILE, "device", List.of("examined", "received"), List.of("devices"))),
                List.of(),
                List.of("practice", "other"),
                List.of());
    }

    private static DictionaryInput.Feed feed(String name) {
        return new DictionaryInput.Feed(
                name,
                "lab",
                "Rows of " + name + " " + HOSTILE,
                "drop",
                "the file " + name + "_{date}.csv",
                "every row each time",
                "delivered daily",
                List.of("id"),
                "id",
                "type <> '" + HOSTILE + "'",
                List.of(
                        new DictionaryInput.Column("id", "Id " + HOSTILE, "text", true, true, "Number."),
                        new DictionaryInput.Column("type", "Type", "text", false, false, "")),
                List.of("Officer " + HOSTILE),
                "Desk " + HOSTILE);
    }

    private static DictionaryInput.Query query(
            String name, String kind, @Nullable String itemKind, String feed, List<String> events) {
        return new DictionaryInput.Query(name, kind, itemKind, List.of(feed), events, "select '" + HOSTILE + "'");
    }
}
