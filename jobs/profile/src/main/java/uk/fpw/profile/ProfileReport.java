package uk.fpw.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import uk.fpw.ingest.file.CsvFormat;
import uk.fpw.ingest.source.DisplayText;
import uk.fpw.text.Plural;

/** A profile as people read it on a screen: names, counts and shapes, never a value. */
public final class ProfileReport {

    private static final int WIDEST_NAME = 28;

    private ProfileReport() {}

    /** The lines, without line breaks. */
    public static List<String> lines(SourceProfile profile, FeedDraft draft) {
        List<String> lines = new ArrayList<>();
        CsvFormat format = profile.format();
        lines.add(DisplayText.text(profile.source()) + ": " + Plural.grouped(profile.rowCount(), "row") + ", "
                + Plural.grouped(profile.columns().size(), "column")
                + (format == null
                        ? ""
                        : "; " + format.encoding().name() + ", fields separated by " + character(format.delimiter())
                                + ", quoted by " + character(format.quote())));
        if (profile.isSample()) {
            lines.add(profile.sampled());
        }
        if (profile.sheet() != null) {
            lines.add(profile.sheet().described());
        }
        lines.add(
                profile.repeatedCount() == 0
                        ? "No row repeats another."
                        : ProfileText.count(profile.repeatedCount(), "row repeats", "rows repeat")
                                + " an earlier one exactly.");
        if (profile.brokenCount() > 0) {
            lines.add(ProfileText.count(profile.brokenCount(), "row has", "rows have") + " " + profile.brokenBecause()
                    + ", and would be refused.");
        }
        if (profile.emptyCount() > 0) {
            lines.add(
                    ProfileText.count(profile.emptyCount(), "row has no value, and does", "rows have no value, and do")
                            + " not belong to the feed.");
        }
        lines.add("");
        int width = profile.columns().stream()
                .mapToInt(column -> name(column).length())
                .max()
                .orElse(0);
        String form = "  %-" + Math.max(6, width) + "s  %-10s  %11s  %13s  %7s  %s";
        lines.add(String.format(Locale.ROOT, form, "column", "type", "blank", "different", "length", "seen")
                .stripTrailing());
        for (ColumnProfile column : profile.columns()) {
            lines.add(String.format(
                            Locale.ROOT,
                            form,
                            name(column),
                            column.type().type().name().toLowerCase(Locale.ROOT),
                            String.format(Locale.ROOT, "%,d", column.blanks()),
                            (column.isExact() ? "" : "~") + String.format(Locale.ROOT, "%,d", column.distinctCount()),
                            column.shortest() == column.longest()
                                    ? "" + column.longest()
                                    : column.shortest() + "-" + column.longest(),
                            describe(column, draft))
                    .stripTrailing());
        }
        profile.describedUnreadable()
                .forEach(column -> lines.add("  " + DisplayText.text(column) + ": a type that feeds cannot read"));
        lines.add("");
        if (profile.keys().isEmpty()) {
            lines.add("Key: " + KeyFindings.of(profile) + ".");
        } else {
            lines.add("Key: " + names(profile, profile.key()) + ": " + KeyFindings.of(profile) + ".");
            profile.keys().stream().skip(1).limit(3).forEach(key -> lines.add("  or " + names(profile, key)));
        }
        return lines;
    }

    private static String describe(ColumnProfile column, FeedDraft draft) {
        List<String> seen = new ArrayList<>();
        FeedDraft.Use use = draft.use(column);
        String reason = draft.reasonToPseudonymise(column);
        if (use == FeedDraft.Use.PSEUDONYMISE && reason != null) {
            seen.add("PSEUDONYM, " + reason);
        } else if (use == FeedDraft.Use.IGNORE) {
            seen.add("ignored, "
                    + (column.values() == 0
                            ? "always blank"
                            : column.isFreeText()
                                    ? "free text"
                                    : column.isSpecialCategory() ? "special category data" : "looks personal"));
        }
        column.type().patterns().forEach(seen::add);
        seen.addAll(column.type().notes());
        if (column.type().misfits() > 0) {
            seen.add(ProfileText.count(column.type().misfits(), "value does", "values do") + " not fit");
        }
        if (use != FeedDraft.Use.IGNORE && draft.differsInBlanksOrCapitals(column)) {
            seen.add(String.format(Locale.ROOT, "%,d if blanks and case are normalised", column.levelledCount()));
        }
        if (use != FeedDraft.Use.IGNORE && column.type().patterns().isEmpty()) {
            column.shapes().stream().limit(2).forEach(seen::add);
        }
        return String.join("; ", seen);
    }

    private static String names(SourceProfile profile, List<Integer> columns) {
        return String.join(
                " and ",
                columns.stream()
                        .map(column -> name(profile.columns().get(column)))
                        .toList());
    }

    private static String name(ColumnProfile column) {
        String name = DisplayText.text(column.header());
        return name.length() <= WIDEST_NAME ? name : name.substring(0, WIDEST_NAME - 1) + "…";
    }

    private static String character(char character) {
        return character == '\t' ? "tabs" : "'" + character + "'";
    }
}
