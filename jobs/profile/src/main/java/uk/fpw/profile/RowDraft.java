package uk.fpw.profile;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.feed.Feed;

/** What a draft proposes of how its rows change: how old they are, what shows changes and deletions, whose they are. */
final class RowDraft {

    private static final Set<String> EXTRACTED = PersonalNames.listed("extracted extract exported loaded snapshot");
    private static final Set<String> SEQUENCES = PersonalNames.listed("seq sequence rowversion version scn lsn");
    private static final Set<String> CHANGES = PersonalNames.listed("updated modified changed amended");
    private static final Set<String> DELETIONS = PersonalNames.listed("deleted removed void voided archived");
    private static final Set<String> OWNERS = PersonalNames.listed("force unit team department dept district area");

    private final SourceProfile profile;
    private final List<String> names;
    private final Predicate<ColumnProfile> isLoaded;

    /**
     * Of the columns of a source.
     *
     * @param names of the columns in the warehouse
     * @param isLoaded whether a column is loaded as it is
     */
    RowDraft(SourceProfile profile, List<String> names, Predicate<ColumnProfile> isLoaded) {
        this.profile = profile;
        this.names = names;
        this.isLoaded = isLoaded;
    }

    /** Lines of the feed, most of them comments to decide on. */
    String yaml() {
        StringBuilder yaml = new StringBuilder(freshness());
        if (profile.isTable()) {
            cursor(yaml);
        }
        String deleted = name(column -> isOf(column, DELETIONS, Feed.Type.BOOLEAN));
        if (deleted != null) {
            yaml.append("# deleted: ")
                    .append(deleted)
                    .append("    # DECIDE: with extract: changes, if true means that the source has deleted the row\n");
        }
        String owner = name(column ->
                isOf(column, OWNERS, Feed.Type.TEXT) && column.commonValues().size() > 1);
        if (owner != null) {
            yaml.append("# scope: {where: ")
                    .append(owner)
                    .append(" in ('...'), fixed: [")
                    .append(owner)
                    .append("]}    # DECIDE: if rows with other values are not this force's work\n");
        }
        return yaml.toString();
    }

    private String freshness() {
        String extracted = name(column -> column.type().isTime() && EventNames.has(column.header(), EXTRACTED));
        String changed = name(RowDraft::isChange);
        if (extracted == null && profile.isTable()) {
            return changed == null
                    ? ""
                    : "# freshness: {dated_by: {column: " + changed + "}, max_age_days: 7}    # DECIDE: stops a run if "
                            + "nothing has changed in the table for so many days\n";
        }
        String datedBy = extracted != null
                ? "{column: " + extracted + "}"
                : OriginDraft.FILE_DATE.matcher(profile.source()).find() ? "file_name" : "modification_time";
        return "freshness: {dated_by: " + datedBy
                + ", max_age_days: 7}    # DECIDE: older data stops a run; none if it is not renewed\n";
    }

    private void cursor(StringBuilder yaml) {
        String sequence = name(column -> isOf(column, SEQUENCES, Feed.Type.WHOLE) && column.blanks() == 0);
        String changedOn =
                name(column -> isChange(column) && column.type().type() == Feed.Type.DATE && column.blanks() == 0);
        String changed = name(column -> isChange(column) && column.blanks() == 0);
        String cursor = sequence == null ? changed : sequence;
        if (cursor != null) {
            // numbers, days or minutes
            int lookBack = sequence != null ? 1_000 : cursor.equals(changedOn) ? 2 : 1_440;
            yaml.append("# cursor: {column: ")
                    .append(cursor)
                    .append(", look_back: ")
                    .append(lookBack)
                    .append("}    # DECIDE: with extract: changes and reconcile, if every change of a row raises it; "
                            + "look back further than the longest transaction\n");
        }
    }

    private static boolean isChange(ColumnProfile column) {
        return column.type().isTime() && EventNames.has(column.header(), CHANGES);
    }

    private static boolean isOf(ColumnProfile column, Set<String> words, Feed.Type type) {
        return column.type().type() == type && EventNames.has(column.header(), words);
    }

    /** The first column that is loaded as it is, and of that kind; null if there is none. */
    private @Nullable String name(Predicate<ColumnProfile> kind) {
        return Stream.iterate(0, column -> column + 1)
                .limit(names.size())
                .filter(column -> isLoaded.and(kind).test(profile.columns().get(column)))
                .map(names::get)
                .findFirst()
                .orElse(null);
    }
}
