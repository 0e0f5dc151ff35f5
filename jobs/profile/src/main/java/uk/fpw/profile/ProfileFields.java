package uk.fpw.profile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.file.CsvFormat;

/** A profile as programs read it: names, counts and shapes, never a value but those that the draft itself lists. */
public final class ProfileFields {

    private ProfileFields() {}

    /** The fields, to be written as JSON; those of the feed are the caller's to add. */
    public static Map<String, @Nullable Object> of(SourceProfile profile, FeedDraft draft) {
        CsvFormat format = profile.format();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("source", profile.source());
        fields.put("encoding", format == null ? null : format.encoding().name());
        fields.put("delimiter", format == null ? null : String.valueOf(format.delimiter()));
        fields.put("quote", format == null ? null : String.valueOf(format.quote()));
        ProposedSheet sheet = profile.sheet();
        fields.put(
                "unavailable_reason",
                format == null ? "a " + profile.kind().shown() + " has no encoding, delimiter or quote" : null);
        fields.put("sheet", sheet == null ? null : sheet.fields());
        fields.put("row_count", profile.rowCount());
        fields.put("is_sample", profile.isSample());
        fields.put("broken_count", profile.brokenCount());
        fields.put("empty_count", profile.emptyCount());
        fields.put("repeated_count", profile.repeatedCount());
        fields.put(
                "columns",
                profile.columns().stream().map(column -> column(column, draft)).toList());
        fields.put("unreadable_columns", profile.describedUnreadable());
        fields.put(
                "keys",
                profile.keys().stream()
                        .map(key -> key.stream()
                                .map(column -> profile.columns().get(column).header())
                                .toList())
                        .toList());
        fields.put("key_finding", KeyFindings.of(profile));
        return fields;
    }

    private static Map<String, @Nullable Object> column(ColumnProfile column, FeedDraft draft) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("column", column.header());
        fields.put("type", column.type().type().name().toLowerCase(Locale.ROOT));
        fields.put("patterns", column.type().patterns());
        fields.put("is_ambiguous", column.type().isAmbiguous());
        fields.put("misfit_count", column.type().misfits());
        fields.put("blank_count", column.blanks());
        fields.put("value_count", column.values());
        fields.put("distinct_count", column.distinctCount());
        fields.put("is_distinct_count_exact", column.isExact());
        fields.put("shortest_length", column.shortest());
        fields.put("longest_length", column.longest());
        fields.put("shapes", column.shapes());
        fields.put("no_value_markers", column.markers());
        fields.put("personal", column.personal());
        fields.put("use", draft.use(column).name().toLowerCase(Locale.ROOT));
        fields.put("notes", List.copyOf(column.type().notes()));
        return fields;
    }
}
