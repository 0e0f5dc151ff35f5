package uk.fpw.profile;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import uk.fpw.ingest.source.DisplayText;
import uk.fpw.text.Plural;

/** What is said of the keys that a profile found. */
final class KeyFindings {

    private KeyFindings() {}

    /** One sentence, without a full stop. */
    static String of(SourceProfile profile) {
        String repeats = profile.repeatedCount() == 0 ? "" : ", apart from repeated rows";
        if (!profile.keys().isEmpty()) {
            List<Integer> key = profile.key();
            long blanks = profile.columns().get(key.get(0)).blanks();
            return key.size() == 1
                    ? "all values are distinct" + repeats
                            + (blanks == 0
                                    ? ", and none is blank"
                                    : "; "
                                            + ProfileText.count(
                                                    blanks,
                                                    "row has none and is refused, since it does not belong to the feed",
                                                    "rows have none and are refused, since they do not belong to the "
                                                            + "feed"))
                    : "no single column is unique, these two together are" + repeats;
        }
        if (profile.everyColumn().size() == 2) {
            return "no single column is unique, two together are, so that each row counts as an item";
        }
        String best = IntStream.range(0, profile.columns().size())
                .boxed()
                .sorted(byDistinct(profile))
                .limit(3)
                .map(profile.columns()::get)
                .map(column -> DisplayText.text(column.header()) + " (" + (column.isExact() ? "" : "about ")
                        + Plural.grouped(column.distinctCount(), "different value")
                        + (column.blanks() == 0 ? "" : ", " + column.blanks() + " blank") + ")")
                .collect(Collectors.joining(", "));
        return "no column and no pair of columns is unique; most values are in " + best
                + (profile.everyColumn().isEmpty()
                        ? ". All columns without blanks together are not unique either"
                        : ". All columns without blanks together are unique" + repeats);
    }

    private static Comparator<Integer> byDistinct(SourceProfile profile) {
        return Comparator.comparing(
                        (Integer column) -> profile.columns().get(column).isFreeText())
                .thenComparing(column -> -profile.columns().get(column).distinctCount());
    }
}
