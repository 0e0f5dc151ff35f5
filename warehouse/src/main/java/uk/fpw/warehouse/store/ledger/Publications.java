package uk.fpw.warehouse.store.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;

/**
 * What left the force, as it was published. Append-only: a later edition of a quarter stands beside the earlier ones.
 * Every method fails with {@code UNAVAILABLE} if the database does not respond or the tables or the privileges are
 * missing. Writers hold the lock of the warehouse.
 */
public final class Publications {

    private static final int MAX_REASON = 1000;
    private static final int MAX_USER = 100;
    private static final int MAX_SOURCES = 4000;

    private final OpsDatabase ops;

    public Publications(DataSource dataSource) {
        this.ops = new OpsDatabase(dataSource);
    }

    /**
     * Who decided, when and why.
     *
     * @param by operating-system user of the process, with the login name if that is another account
     */
    public record Decision(Instant at, String by, String reason) {}

    /**
     * Where the figures of a publication come from.
     *
     * @param forceDigest digest of the force folder of the release
     * @param sources feeds of the release and how far each was known, as text
     * @param ruleVersion version of the rule by which counts were left out and rounded
     */
    public record Origin(ReleaseId releaseId, String forceDigest, String sources, int ruleVersion) {}

    /**
     * One published figure.
     *
     * @param figure {@code received} or {@code waiting} for a queue, {@code graded} for a grade of a scheme
     * @param period quarter such as {@code 2015Q3}, or financial year such as {@code 2014/15}
     * @param name queue or scheme
     * @param graded the grade and the set of cases; null for a queue
     * @param count cases or people, rounded
     */
    public record Row(
            String figure,
            String period,
            String name,
            String title,
            @Nullable Graded graded,
            long count) {}

    /**
     * A grade of a set of cases.
     *
     * @param version version of the grades
     * @param theme the aspect of the cases that was judged; null if it is not recorded
     * @param population cases from which these were selected; null if it is not recorded
     * @param selection how they were selected
     */
    public record Graded(
            int version, @Nullable String theme, @Nullable String population, String selection, String grade) {}

    /**
     * The figures of a quarter before they are recorded.
     *
     * @param quarterStartOn first day of the quarter
     * @param plannedCount rows that there would be if no count were small
     * @param rows published rows in their order
     */
    public record Figures(LocalDate quarterStartOn, Origin origin, int plannedCount, List<Row> rows) {}

    /**
     * One edition of a quarter.
     *
     * @param edition 1 for the first
     * @param publishedAt when it was decided and recorded
     * @param restatedIn year of the restatement that made it; null for a first edition
     */
    public record Publication(
            Figures figures,
            int edition,
            Instant publishedAt,
            @Nullable Integer restatedIn) {}

    /** The last edition of a quarter; null if it was never published. */
    public @Nullable Publication latest(LocalDate quarterStartOn) {
        return latest().stream()
                .filter(one -> one.figures().quarterStartOn().equals(quarterStartOn))
                .findFirst()
                .orElse(null);
    }

    /** The last edition of each published quarter, by quarter. */
    public List<Publication> latest() {
        return ops.inTransaction(statements -> {
            List<Publication> found = new ArrayList<>();
            for (Publication publication : statements.<Publication>list(
                    """
                    select quarter_start_on, edition, published_at, release_id, force_digest, sources, rule_version, \
                    planned_count, restated_in
                    from ops.publication as this
                    where edition = (
                        select max(other.edition) from ops.publication as other
                        where other.quarter_start_on = this.quarter_start_on
                    )
                    order by quarter_start_on""",
                    row -> new Publication(
                            new Figures(
                                    Objects.requireNonNull(OpsDatabase.date(row, "quarter_start_on")),
                                    new Origin(
                                            ReleaseId.of(row.getString("release_id")),
                                            row.getString("force_digest"),
                                            row.getString("sources"),
                                            row.getInt("rule_version")),
                                    row.getInt("planned_count"),
                                    List.of()),
                            row.getInt("edition"),
                            Objects.requireNonNull(OpsDatabase.instant(row, "published_at")),
                            row.getObject("restated_in", Integer.class)))) {
                found.add(withRows(statements, publication));
            }
            return found;
        });
    }

    private static Publication withRows(OpsStatements statements, Publication publication) throws SQLException {
        Figures figures = publication.figures();
        List<Row> rows = statements.list(
                """
                select figure, period, name, title, scheme_version, theme, population, selection, grade, \
                published_count
                from ops.publication_row
                where quarter_start_on = ? and edition = ?
                order by row_number""",
                row -> new Row(
                        row.getString("figure"),
                        row.getString("period"),
                        row.getString("name"),
                        row.getString("title"),
                        graded(row),
                        row.getLong("published_count")),
                figures.quarterStartOn(),
                publication.edition());
        return new Publication(
                new Figures(figures.quarterStartOn(), figures.origin(), figures.plannedCount(), rows),
                publication.edition(),
                publication.publishedAt(),
                publication.restatedIn());
    }

    private static @Nullable Graded graded(ResultSet row) throws SQLException {
        String grade = row.getString("grade");
        return grade == null
                ? null
                : new Graded(
                        row.getInt("scheme_version"),
                        row.getString("theme"),
                        row.getString("population"),
                        row.getString("selection"),
                        grade);
    }

    /**
     * A quarter whose last edition came from a release that was withdrawn since.
     *
     * @param quarterStartOn first day of the quarter
     */
    public record Withdrawn(LocalDate quarterStartOn, Instant publishedAt, ReleaseId releaseId, Instant withdrawnAt) {}

    /** The quarters whose figures may be wrong, in order; none in a database of an earlier version. */
    public List<Withdrawn> withdrawn() {
        if (!ops.hasTable("publication")) {
            return List.of();
        }
        return ops.list(
                """
                select this.quarter_start_on, this.published_at, this.release_id, release.withdrawn_at
                from ops.publication as this
                inner join ops.release as release on this.release_id = release.release_id
                where release.withdrawn_at is not null and edition = (
                    select max(other.edition) from ops.publication as other
                    where other.quarter_start_on = this.quarter_start_on
                )
                order by this.quarter_start_on""",
                row -> new Withdrawn(
                        Objects.requireNonNull(OpsDatabase.date(row, "quarter_start_on")),
                        Objects.requireNonNull(OpsDatabase.instant(row, "published_at")),
                        ReleaseId.of(row.getString("release_id")),
                        Objects.requireNonNull(OpsDatabase.instant(row, "withdrawn_at"))));
    }

    /** When everything was last restated in a year; null if it was not. */
    public @Nullable Instant restatedAt(int year) {
        return ops.first(
                "select restated_at from ops.publication_restatement where restated_in = ?",
                row -> OpsDatabase.instant(row, "restated_at"),
                year);
    }

    /** Records the first edition of a quarter. Fails if there is one. */
    public void publish(Figures figures, Decision decision) {
        ops.inTransaction(statements -> {
            insert(statements, figures, 1, decision, null);
            return true;
        });
    }

    /**
     * Records another edition of every published quarter, all in one transaction. Fails if there was a restatement in
     * that year.
     *
     * @param year calendar year of the decision
     * @param all the figures of every published quarter
     */
    public void restate(int year, List<Figures> all, Decision decision) {
        List<Publication> before = latest();
        ops.inTransaction(statements -> {
            statements.update(
                    """
                    insert into ops.publication_restatement (restated_in, restated_at, restated_by, reason)
                    values (?, ?, ?, ?)""",
                    year,
                    OpsDatabase.time(decision.at()),
                    OpsDatabase.cut(decision.by(), MAX_USER),
                    OpsDatabase.cut(decision.reason(), MAX_REASON));
            for (Publication earlier : before) {
                Figures figures = all.stream()
                        .filter(one ->
                                one.quarterStartOn().equals(earlier.figures().quarterStartOn()))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no figures to restate the quarter from "
                                + earlier.figures().quarterStartOn()));
                insert(statements, figures, earlier.edition() + 1, decision, year);
            }
            return true;
        });
    }

    private static void insert(
            OpsStatements statements, Figures figures, int edition, Decision decision, @Nullable Integer restatedIn)
            throws SQLException {
        statements.update(
                """
                insert into ops.publication
                    (quarter_start_on, edition, published_at, published_by, reason, release_id, force_digest, \
                sources, rule_version, planned_count, restated_in)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                figures.quarterStartOn(),
                edition,
                OpsDatabase.time(decision.at()),
                OpsDatabase.cut(decision.by(), MAX_USER),
                OpsDatabase.cut(decision.reason(), MAX_REASON),
                figures.origin().releaseId(),
                figures.origin().forceDigest(),
                OpsDatabase.cut(figures.origin().sources(), MAX_SOURCES),
                figures.origin().ruleVersion(),
                figures.plannedCount(),
                restatedIn);
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Row row : figures.rows()) {
            Graded graded = row.graded();
            rows.add(new @Nullable Object[] {
                figures.quarterStartOn(),
                edition,
                rows.size() + 1,
                row.figure(),
                row.period(),
                row.name(),
                row.title(),
                graded == null ? null : graded.version(),
                graded == null ? null : graded.theme(),
                graded == null ? null : graded.population(),
                graded == null ? null : graded.selection(),
                graded == null ? null : graded.grade(),
                row.count()
            });
        }
        if (!rows.isEmpty()) {
            statements.updateAll("""
                    insert into ops.publication_row
                        (quarter_start_on, edition, row_number, figure, period, name, title, scheme_version, \
                    theme, population, selection, grade, published_count)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", rows);
        }
    }
}
