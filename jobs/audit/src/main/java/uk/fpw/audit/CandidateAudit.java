package uk.fpw.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import uk.fpw.audit.change.FigureChangeTests;
import uk.fpw.audit.change.FigureChanges;
import uk.fpw.audit.change.Settling;
import uk.fpw.audit.change.StatisticChangeTests;
import uk.fpw.audit.change.StatisticChanges;
import uk.fpw.audit.session.AuditException;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.audit.session.CreatedTables;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.message.AuditResult;
import uk.fpw.warehouse.message.BaselineSpells;
import uk.fpw.warehouse.message.EntryVersions;
import uk.fpw.warehouse.message.FigureChangeRequest;
import uk.fpw.warehouse.message.FigureChangeSummary;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;
import uk.fpw.warehouse.message.MetricsResult.QueueChange;
import uk.fpw.warehouse.message.MetricsResult.Timing;
import uk.fpw.warehouse.message.SettlingRequest;

/**
 * Audits one candidate: each table, tests across tables, the recount of its numbers, and its changes since the
 * current release.
 */
public final class CandidateAudit {

    private final List<Timing> timings = new ArrayList<>();

    /** Time of the parts that have ended within the part being timed. */
    private long nanosOfParts;

    private @Nullable FigureChangeSummary figureChanges;

    private CandidateAudit() {}

    /**
     * Audits the tables of the run.
     *
     * @param memory what DuckDB may use before it writes to disk, such as {@code 4GB}; null for 1GB
     * @throws RuntimeException if there is not enough memory or disk space, or a query fails
     */
    public static AuditResult of(AuditRequest request, @Nullable String memory) {
        return new CandidateAudit().audit(request, memory);
    }

    private AuditResult audit(AuditRequest request, @Nullable String memory) {
        try (AuditSession session = AuditSession.open(request.zone())) {
            session.limitMemory(memory, request.scratch());
            session.confineTo(request.files());
            session.define(request.definitions());
            List<Model> models = request.tables().stream()
                    .map(table -> Models.find(table.name())
                            .orElseThrow(() -> new IllegalArgumentException("there is no model for " + table.name())))
                    .toList();
            List<QualityResult> quality = new ArrayList<>();
            CreatedTables created = CreatedTables.of(session);
            List<AuditResult.Table> tables = time("audit tables", () -> {
                List<AuditResult.Table> seen = new ArrayList<>();
                for (int i = 0; i < models.size(); i++) {
                    boolean isWhole = seen.stream().allMatch(AuditResult.Table::wasRead);
                    seen.add(table(
                            session,
                            request.releaseId(),
                            models.get(i),
                            isWhole
                                    ? withChanges(
                                            session, request, request.tables().get(i))
                                    : request.tables().get(i),
                            quality));
                }
                return seen;
            });
            // the tests need only the views of files, not the tables of the comparison
            created.drop();
            // tests across tables need all tables
            boolean isWhole = models.stream().anyMatch(model -> !model.isMart())
                    && tables.stream().allMatch(AuditResult.Table::wasRead);
            if (isWhole) {
                quality.addAll(time("audit tests", () -> ModelTests.run(session, models)));
                quality.addAll(time("audit coverage", () -> CoverageTests.run(session, models)));
                quality.addAll(time("audit frozen marks", () -> FrozenPeriods.marks(session, request.tables())));
                EntryVersions entries = request.entries();
                if (entries != null) {
                    quality.addAll(time("audit values at entry", () -> EntryValues.fixed(session, entries)));
                }
                quality.addAll(time("audit sources", () -> SourceAudit.run(session, request.sources())));
                quality.addAll(time("audit links", () -> CaseLinks.run(session)));
                quality.addAll(time("audit closed cases", () -> ClosedCases.run(session)));
                quality.addAll(time("audit days of service", () -> EntriesWithoutService.run(session)));
                if (request.maxSpells() != AuditRequest.NO_SERIES) {
                    EntryValues.show(session, entries);
                    quality.addAll(
                            time("audit counts", () -> new Recount(session, request.releaseId(), request.maxSpells())
                                    .run()));
                }
            }
            FigureChangeRequest figures = request.figureChanges();
            if (isWhole && figures != null && figureChanges != null && figureChanges.notCompared() == null) {
                quality.addAll(time("audit frozen periods", () -> FrozenPeriods.compare(session, figures.replaced())));
                quality.addAll(time(
                        "audit figure changes", () -> FigureChangeTests.run(session, figures, request.releaseId())));
                quality.addAll(time(
                        "audit statistic changes",
                        () -> StatisticChangeTests.run(
                                session, Objects.requireNonNull(figureChanges), request.releaseId())));
            }
            BaselineSpells released = request.comparedWith();
            return new AuditResult(
                    tables,
                    quality,
                    released == null || !isWhole ? List.of() : time("audit changes", () -> changes(session, released)),
                    isWhole ? time("audit skipped", () -> QueueExclusions.count(session)) : List.of(),
                    released == null ? null : released.releaseId(),
                    figureChanges,
                    List.copyOf(timings),
                    null);
        }
    }

    /**
     * Changed figures and the completeness of months are found during the audit, before their own tables are audited;
     * Spark does not compute them.
     */
    private AuditRequest.Table withChanges(AuditSession session, AuditRequest request, AuditRequest.Table table) {
        FigureChangeRequest figures = request.figureChanges();
        if (figures != null && table.name().equals(FigureChanges.MODEL.table())) {
            figureChanges =
                    time("figure changes", () -> new FigureChanges(session, figures, request.releaseId()).write());
            return new AuditRequest.Table(table.name(), table.columns(), List.of(figures.file()));
        }
        if (figures != null && table.name().equals(StatisticChanges.MODEL.table())) {
            FigureChangeSummary counts = Objects.requireNonNull(figureChanges);
            figureChanges = counts.with(
                    time("statistic changes", () -> new StatisticChanges(session, figures, request.releaseId())
                            .write(counts)));
            return new AuditRequest.Table(table.name(), table.columns(), List.of(figures.statisticFile()));
        }
        SettlingRequest settling = request.settling();
        if (settling == null) {
            return table;
        }
        if (table.name().equals(Settling.MODEL.table())) {
            boolean isCompared = figureChanges != null && figureChanges.gap() == null;
            List<String> warnings =
                    time("settling", () -> new Settling(session, settling, request.releaseId()).write(isCompared));
            figureChanges = figureChanges == null ? null : figureChanges.withMore(warnings);
            return new AuditRequest.Table(table.name(), table.columns(), List.of(settling.file()));
        }
        return table.name().equals(Settling.MONTH_MODEL.table())
                ? new AuditRequest.Table(table.name(), table.columns(), List.of(settling.monthFile()))
                : table;
    }

    private static AuditResult.Table table(
            AuditSession session,
            ReleaseId releaseId,
            Model model,
            AuditRequest.Table table,
            List<QualityResult> quality) {
        try {
            if (Models.history().contains(model.table())) {
                return ownRows(session, releaseId, model, table, quality);
            }
            session.show(model.name(), model, table);
            return new TableAudit(session, model, table.columns()).run(quality);
        } catch (AuditException unreadable) {
            String damaged = unreadable.isOutOfSpace() ? null : damaged(session, table);
            if (damaged == null) {
                throw unreadable;
            }
            quality.add(new QualityResult(
                    model.table(),
                    AuditResult.CAN_BE_READ,
                    "stop",
                    1,
                    damaged + " is damaged, or belongs to another table; restore it from a backup (" + unreadable.kind()
                            + ")"));
            return AuditResult.Table.unreadable(model.table());
        }
    }

    /** Rows added by earlier releases were audited with those releases, and are only counted here. */
    private static AuditResult.Table ownRows(
            AuditSession session,
            ReleaseId releaseId,
            Model model,
            AuditRequest.Table table,
            List<QualityResult> quality) {
        String all = "all_" + model.name();
        session.show(all, model, table);
        session.createView(
                model.name(),
                AuditQuery.named("row_of_release").with("source", all).with("release_id", releaseId.value()));
        AuditResult.Table own = new TableAudit(session, model, table.columns()).run(quality);
        return new AuditResult.Table(own.name(), session.count(all), own.digest());
    }

    /** The first file of the table that cannot be read with its columns; null if every file can. */
    private static @Nullable String damaged(AuditSession session, AuditRequest.Table table) {
        for (String file : table.files()) {
            try {
                session.rows(AuditQuery.named("file_hash")
                        .with("columns", table.columns())
                        .with("files", List.of(file)));
            } catch (AuditException unreadable) {
                if (unreadable.isOutOfSpace()) {
                    throw unreadable;
                }
                return file;
            }
        }
        return null;
    }

    private static List<QueueChange> changes(AuditSession session, BaselineSpells released) {
        SpellPairs.show(session, released);
        return SpellChanges.count(session);
    }

    /**
     * Runs a part of the audit and records how long it took, without the nested parts, which have times of their own.
     */
    private <T> T time(String part, Supplier<T> work) {
        long before = nanosOfParts;
        nanosOfParts = 0;
        long started = System.nanoTime();
        T result = work.get();
        long nanos = System.nanoTime() - started;
        timings.add(new Timing(part, (nanos - nanosOfParts) / 1_000_000));
        nanosOfParts = before + nanos;
        return result;
    }
}
