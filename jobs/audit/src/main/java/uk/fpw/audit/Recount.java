package uk.fpw.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.FigureDefinition;
import uk.fpw.model.FigureDefinition.Comparison;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.message.AuditResult;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;

/**
 * Recounts the published numbers from the events, by their definitions. Up to a number of spells, every series is
 * recounted; beyond that, all totals and a sample of the complete series of slices. A hash of the release and the
 * series chooses the sample, so that every series is chosen sooner or later, unpredictably.
 */
final class Recount {

    private static final String SPELLS = "series_spell";
    private static final String DEFECT =
            " This is a bug in the software, not an error in the sources, and cannot be fixed there. "
                    + "Keep the folder of this run, and report it to the maintainers of fpw.";

    private final AuditSession session;
    private final ReleaseId releaseId;
    private final long maxSpells;

    /** One in this many series is recounted. */
    private long share = 1;

    Recount(AuditSession session, ReleaseId releaseId, long maxSpells) {
        this.session = session;
        this.releaseId = releaseId;
        this.maxSpells = maxSpells;
    }

    /** Recounts; returns every comparison, passed or not. */
    List<QualityResult> run() {
        List<QualityResult> results = new ArrayList<>();
        session.createSchema("defined");
        session.in("defined", () -> {
            for (FigureDefinition definition : FigureDefinition.all()) {
                if (definition.name().equals(SPELLS) && share > 1) {
                    session.createView("every_series", definition);
                    session.createTable(SPELLS, chosen("every_series"));
                } else {
                    session.createTable(definition);
                }
                if (definition.name().equals("spell")) {
                    long spells = session.count("spell");
                    share = spells < maxSpells ? 1 : 1 + spells / maxSpells;
                }
                definition.comparisons().forEach(comparison -> results.add(compare(definition, comparison)));
            }
        });
        return results;
    }

    private AuditQuery chosen(String source) {
        return AuditQuery.named("chosen_series")
                .with("source", source)
                .with("release_id", releaseId.value())
                .with("share", share);
    }

    private QualityResult compare(FigureDefinition definition, Comparison comparison) {
        Model model = Models.find(comparison.table()).orElseThrow();
        String published = model.name();
        if (share > 1 && model.hasColumn("is_total")) {
            session.in("main", () -> session.createView("published_series", chosen(model.name())));
            published = "published_series";
        }
        List<List<@Nullable Object>> found = session.rows(AuditQuery.named("recount_difference")
                .with("published_table", published)
                .with("definition", definition.name())
                .with("available", model.mayBeUnavailable() ? "is_available" : "true")
                .with("computed", FrozenPeriods.isComputed(model, comparison))
                .with("published", comparison.published())
                .with("selected", comparison.of())
                .with("defined", comparison.defined())
                .with(
                        "columns",
                        Stream.concat(comparison.key().stream(), comparison.equal().stream())
                                .toList())
                .with("keys", comparison.key())
                .with(
                        "values",
                        Stream.concat(Stream.of("_available"), comparison.equal().stream())
                                .collect(Collectors.joining("|", "^(", ")$")))
                .sql());
        long count = found.isEmpty()
                ? 0
                : ((Number) Objects.requireNonNull(found.get(0).get(0))).longValue();
        return new QualityResult(
                comparison.table(),
                AuditResult.COUNTED_AGAIN + definition.name().toUpperCase(Locale.ROOT) + place(definition, comparison),
                "stop",
                count,
                found.isEmpty()
                        ? "equal when recounted from the events with definition " + definition.name()
                        : difference(comparison, found.get(0)) + DEFECT);
    }

    /** A number after the code if one definition is compared with the same table twice. */
    private static String place(FigureDefinition definition, Comparison comparison) {
        List<Comparison> ofTable = definition.comparisons().stream()
                .filter(other -> other.table().equals(comparison.table()))
                .toList();
        int place = ofTable.indexOf(comparison);
        return place == 0 ? "" : "_" + (place + 1);
    }

    /** Values come from sources: none may break the line or control the terminal. */
    private static String printable(@Nullable Object value) {
        return String.valueOf(value).replaceAll("\\p{Cntrl}", "?");
    }

    /** Describes the first difference: its place, the column and both values. */
    private static String difference(Comparison comparison, List<@Nullable Object> row) {
        List<String> where = new ArrayList<>();
        for (int key = 0; key < comparison.key().size(); key++) {
            String column = comparison.key().get(key);
            if (!comparison.hidden().contains(column)) {
                where.add(column + " " + printable(row.get(1 + key)));
            }
        }
        int at = 1 + comparison.key().size();
        String place = "at " + String.join(", ", where) + " ";
        if (!Objects.equals(row.get(at), row.get(at + 1))) {
            return place + "there are " + row.get(at) + " rows, and " + row.get(at + 1)
                    + " when they are recounted from the events.";
        }
        List<String> different = new ArrayList<>();
        for (int column = 0; column < comparison.equal().size(); column++) {
            Object published = row.get(at + 2 + column);
            Object defined = row.get(at + 2 + comparison.equal().size() + column);
            if (!String.valueOf(published).equals(String.valueOf(defined))) {
                different.add(
                        comparison.equal().get(column) + " is " + published + ", recounted from the events " + defined);
            }
        }
        return place + String.join("; ", different) + ".";
    }
}
