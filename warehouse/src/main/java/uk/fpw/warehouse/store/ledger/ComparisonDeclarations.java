package uk.fpw.warehouse.store.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
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
 * Which comparisons were declared when releases were made, so that one that was changed or added after its result could
 * be seen is recognised. Withdrawn releases count: somebody may have read them.
 */
public final class ComparisonDeclarations {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final OpsDatabase ops;

    /** Declarations of the warehouse whose relational database this is. */
    public ComparisonDeclarations(DataSource dataSource) {
        this.ops = new OpsDatabase(dataSource);
    }

    /**
     * One form of a declaration, as the first release with it had it.
     *
     * @param firstReleasedAt null for the release that is being made
     */
    private record Known(
            String digest,
            Map<String, String> fields,
            @Nullable LocalDate visibleFrom,
            LocalDate firstDate,
            @Nullable Instant firstReleasedAt) {

        /** Whether what it compares could be seen on a day. */
        boolean isVisibleOn(LocalDate day) {
            return visibleFrom == null || day.isAfter(visibleFrom);
        }
    }

    /**
     * Since when each of them has been declared, by where it stands.
     *
     * @param businessDate of the release that is being made
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
            // until something could be seen, by either form, a plan may be changed; what a release of a later date
            // has shown cannot be forgotten by making one of an earlier date again
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

    /** Latest business date of the releases that fulfil a condition and were made before a time; null is now. */
    private @Nullable LocalDate lastRelease(String condition, @Nullable Instant time) {
        String sql = "select max(business_date) as latest from ops.release where " + condition;
        return time == null
                ? ops.first(sql, row -> OpsDatabase.date(row, "latest"))
                : ops.first(
                        sql + " and released_at < ?", row -> OpsDatabase.date(row, "latest"), OpsDatabase.time(time));
    }

    /** The forms that releases had, in the order in which they appeared. */
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
                fields(row.getString("definition")),
                OpsDatabase.date(row, "visible_from"),
                row.getObject("first_business_date", LocalDate.class),
                OpsDatabase.instant(row, "first_released_at"));
    }

    /**
     * Writes the declarations of a release, inside the caller's transaction; existing ones are kept.
     *
     * @param transaction a connection with an open transaction, which has the release; neither committed nor closed
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
                        json(one.fields()),
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

    private static String json(Map<String, String> fields) {
        try {
            return JSON.writeValueAsString(new TreeMap<>(fields));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<String, String> fields(String json) {
        try {
            return JSON.readValue(json, new TypeReference<TreeMap<String, String>>() {});
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("ops.comparison_declaration: a definition is not valid JSON", damaged);
        }
    }
}
