package uk.fpw.warehouse.store.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.ComparisonFingerprint;
import uk.fpw.warehouse.message.Declaration;

/**
 * The comparisons that were declared when releases were made. Recognises comparisons that were changed or added after
 * their result could be seen. Withdrawn releases count, because somebody may have read them.
 */
public final class ComparisonDeclarations {

    private final OpsDatabase ops;

    public ComparisonDeclarations(DataSource dataSource) {
        this.ops = new OpsDatabase(dataSource);
    }

    /**
     * One version of a declaration, from the first release with it.
     *
     * @param firstReleasedAt time of that release; null for the release being made
     */
    private record Known(
            String digest,
            Map<String, String> fields,
            @Nullable LocalDate visibleFrom,
            LocalDate firstDate,
            @Nullable Instant firstReleasedAt) {

        /** Whether data that it compares could be seen on a day. */
        boolean isVisibleOn(LocalDate day) {
            return visibleFrom == null || day.isAfter(visibleFrom);
        }
    }

    /**
     * Since when each comparison has been declared, by place of declaration.
     *
     * @param businessDate business date of the release being made
     */
    public Map<String, Declaration> of(List<ComparisonFingerprint> declared, LocalDate businessDate) {
        Map<String, Declaration> declarations = new TreeMap<>();
        for (ComparisonFingerprint one : declared) {
            declarations.put(one.declaration(), of(one, known(one.declaration()), businessDate));
        }
        return declarations;
    }

    private Declaration of(ComparisonFingerprint now, List<Known> known, LocalDate businessDate) {
        LocalDate absentOn = lastRelease(
                "declaration_count is not null",
                known.isEmpty() ? null : known.get(0).firstReleasedAt());
        List<Known> forms = new ArrayList<>(known);
        Known present = known.stream()
                .filter(one -> one.digest().equals(now.digest()))
                .findFirst()
                .orElse(null);
        if (present == null) {
            present = new Known(now.digest(), now.fields(), now.visibleFrom(), businessDate, null);
            forms.add(present);
        }
        Known counts = forms.get(0);
        for (Known next : forms) {
            // A plan may be changed until data could be seen under either version. Making a release of an earlier date
            // again does not undo what a later release has shown.
            LocalDate shown = lastRelease("true", next.firstReleasedAt());
            LocalDate seenTo = shown == null || shown.isBefore(next.firstDate()) ? next.firstDate() : shown;
            if (!counts.isVisibleOn(seenTo) && !next.isVisibleOn(seenTo)) {
                counts = next;
            }
        }
        return counts.equals(present)
                ? new Declaration(counts.firstDate(), null, null, absentOn)
                : new Declaration(
                        counts.firstDate(),
                        present.firstDate(),
                        String.join(", ", now.differences(counts.fields())),
                        absentOn);
    }

    /** The latest business date of releases that satisfy a condition and were made before a time; null means now. */
    private @Nullable LocalDate lastRelease(String condition, @Nullable Instant time) {
        String sql = "select max(business_date) as latest from ops.release where " + condition;
        return time == null
                ? ops.first(sql, row -> OpsDatabase.date(row, "latest"))
                : ops.first(
                        sql + " and released_at < ?", row -> OpsDatabase.date(row, "latest"), OpsDatabase.time(time));
    }

    /** The versions of a declaration in releases, in order of appearance. */
    private List<Known> known(String declaration) {
        return ops.list("""
                select digest, definition, visible_from, first_business_date, first_released_at
                from ops.comparison_declaration
                where declaration = ?
                order by first_released_at, first_release_id""", ComparisonDeclarations::known, declaration);
    }

    private static Known known(ResultSet row) throws SQLException {
        return new Known(
                row.getString("digest"),
                DefinitionJson.read("ops.comparison_declaration", row.getString("definition")),
                OpsDatabase.date(row, "visible_from"),
                row.getObject("first_business_date", LocalDate.class),
                OpsDatabase.instant(row, "first_released_at"));
    }

    /**
     * Writes the declarations of a release within the caller's transaction; existing ones are kept.
     *
     * @param transaction a connection with an open transaction that contains the release; neither committed nor closed
     *     here
     */
    public static void record(Connection transaction, Release release, List<ComparisonFingerprint> declared)
            throws SQLException {
        OpsStatements statements = new OpsStatements(transaction);
        for (ComparisonFingerprint one : declared) {
            String digest = one.digest();
            if (!statements.exists(
                    "select 1 from ops.comparison_declaration where declaration = ? and digest = ?",
                    one.declaration(),
                    digest)) {
                statements.update(
                        """
                        insert into ops.comparison_declaration
                            (declaration, digest, definition, visible_from, first_business_date, first_release_id,
                            first_released_at)
                        values (?, ?, ?, ?, ?, ?, ?)""",
                        one.declaration(),
                        digest,
                        DefinitionJson.write(one.fields()),
                        one.visibleFrom(),
                        release.businessDate(),
                        release.releaseId(),
                        OpsDatabase.time(release.releasedAt()));
            }
        }
        statements.update(
                "update ops.release set declaration_count = ? where release_id = ?",
                declared.size(),
                release.releaseId());
    }
}
