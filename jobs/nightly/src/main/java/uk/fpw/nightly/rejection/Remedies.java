package uk.fpw.nightly.rejection;

import java.util.Map;
import uk.fpw.warehouse.store.load.RefusedRow.Code;

/** What the owner of a feed can do about a rejected row. */
final class Remedies {

    private static final Map<String, String> OF_CODE = Map.ofEntries(
            Map.entry(
                    Code.UNPARSABLE.name(),
                    "Correct the value in the source. If its form is right, tell the warehouse team, which can allow"
                            + " it."),
            Map.entry(
                    Code.NO_MATCH.name(),
                    "Correct the value in the source. If its form is right, tell the warehouse team, which can allow"
                            + " it."),
            Map.entry(Code.MISSING.name(), "Fill in the value in the source."),
            Map.entry(
                    Code.KEY_EMPTY.name(),
                    "Fill in the key in the source, or leave rows such as totals and notes out of the extract."),
            Map.entry(
                    Code.NO_SUCH_TIME.name(),
                    "Correct the time in the source: the clocks skipped it when summer time began."),
            Map.entry(
                    Code.FIELD_COUNT.name(),
                    "Correct the extract: separators and line breaks in a text must be quoted."),
            Map.entry(
                    Code.KEY_REPEATED.name(),
                    "Decide in the source which of the rows with this key is right, and remove or renumber the"
                            + " others."),
            Map.entry(
                    "ROW_AHEAD",
                    "Correct the date in the source if it is wrong. If it is right, nothing: the row counts once its "
                            + "day comes."),
            Map.entry("NO_EVENT", "Tell the warehouse team: no query of the force folder uses the item."),
            Map.entry("NO_QUEUE", "Tell the warehouse team: no queue of the force folder uses the item's events."));

    private static final String OF_RULE =
            "Correct the rows in the source so that the rule holds. If they are right, tell the warehouse team, which"
                    + " can change the rule.";

    private Remedies() {}

    static String of(Rejection rejection) {
        return switch (rejection.kind()) {
            case Rejection.FAILED -> "Correct the extract as the message says, and deliver it again.";
            case Rejection.REPEATED -> "Deliver each row once. Nothing is lost: the first of the rows was loaded.";
            case Rejection.UNREADABLE ->
                "Correct the values in the source. If their form is right, tell the warehouse team, which can allow"
                        + " it.";
            case Rejection.SUPERSEDED -> "Nothing: the latest version of each of the rows counts.";
            default -> OF_CODE.getOrDefault(rejection.code(), OF_RULE);
        };
    }
}
