package uk.fpw.audit;

import static uk.fpw.model.DuckSql.name;
import static uk.fpw.model.DuckSql.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.DuckSql;
import uk.fpw.model.FigureDefinition;
import uk.fpw.model.FigureDefinition.Comparison;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.run.AuditResult;
import uk.fpw.warehouse.run.MetricsResult.QualityResult;

/**
 * The published numbers, recounted from the events with their definitions. Up to a number of spells every series
 * is counted; beyond that, all totals, and complete series of slices selected by a hash of the release and the series,
 * so that every series is selected at some unpredictable time.
 */
final class Recount {

    private static final String SPELLS = "series_spell";
    private static final String DEFECT =
            " This is a bug in the software, not an error in the sources, and cannot be fixed there. "
                    + "Keep the folder of this run, and report it to the maintainers of fpw.";

    private final AuditSession session;
    private final ReleaseId releaseId;
    private final long maxSpells;

    Recount(AuditSession session, ReleaseId releaseId, long maxSpells) {
        this.session = session;
        this.releaseId = releaseId;
        this.maxSpells = maxSpells;
    }

    /** Counts; returns every comparison, passed or not. */
    List<QualityResult> run() {
        List<QualityResult> results = new ArrayList<>();
        long share = 1;
        for (FigureDefinition definition : FigureDefinition.all()) {
            boolean isSome = definition.name().equals(SPELLS) && share > 1;
            session.execute("create schema if not exists defined");
            session.execute("create table defined." + name(definition.name()) + " as "
                    + (isSome
                            ? "select * from (\n" + definition.sql() + "\n) where " + isChosen(releaseId, share)
                            : definition.sql()));
            session.execute("set search_path = 'defined,main'");
            if (definition.name().equals("spell")) {
                long spells = session.number("select count(*) from defined.spell");
                share = spells < maxSpells ? 1 : 1 + spells / maxSpells;
            }
            for (Comparison comparison : definition.comparisons()) {
                results.add(compare(definition, comparison, share));
            }
        }
        session.execute("set search_path = 'main'");
        return results;
    }

    /** Whether a series is counted, when one of so many is. */
    static String isChosen(ReleaseId releaseId, long share) {
        return "(slice = 'all' or hash(" + text(releaseId.value()) + ", queue, slice, slice_value) % " + share
                + " = 0)";
    }

    private QualityResult compare(FigureDefinition definition, Comparison comparison, long share) {
        Model model = Models.find(comparison.table()).orElseThrow();
        String columns = Stream.concat(comparison.key().stream(), comparison.equal().stream())
                .map(DuckSql::name)
                .collect(Collectors.joining(", "));
        String keys = comparison.key().stream().map(DuckSql::name).collect(Collectors.joining(", "));
        String available = model.mayBeUnavailable() ? "is_available" : "true";
        String chosen = share > 1 && model.hasColumn("is_total") ? " and " + isChosen(releaseId, share) : "";
        List<String> values = new ArrayList<>(List.of("_rows"));
        values.addAll(comparison.equal());
        String sides = values.stream()
                .flatMap(value -> Stream.of("published", "defined")
                        .map(side -> value.equals("_rows")
                                ? "count(*) filter (_side = '" + side + "') as " + side + "_rows"
                                : "any_value(" + name(value) + ") filter (_side = '" + side + "') as "
                                        + name(side + "_" + value)))
                .collect(Collectors.joining(", "));
        String differs = values.stream()
                .map(value -> value.equals("_rows")
                        ? "published_rows <> defined_rows"
                        : name("published_" + value) + " is distinct from " + name("defined_" + value))
                .collect(Collectors.joining(" or "));
        List<List<@Nullable Object>> found = session.rows("with side as (select 'published' as _side, " + available
                + " as _available, " + columns + " from main." + name(model.name()) + " where ("
                + comparison.published() + ")" + chosen + " union all select 'defined', true, " + columns
                + " from (select " + comparison.of() + " from defined." + name(definition.name()) + " where "
                + comparison.defined() + ")), paired as (select " + keys + ", bool_and(_available) as _available, "
                + sides + " from side group by " + keys
                + ") select count(*) over (), * exclude (_available) from paired"
                + " where _available and (" + differs + ") order by all limit 1");
        long count = found.isEmpty()
                ? 0
                : ((Number) Objects.requireNonNull(found.get(0).get(0))).longValue();
        return new QualityResult(
                comparison.table(),
                AuditResult.COUNTED_AGAIN + definition.name().toUpperCase(Locale.ROOT) + place(definition, comparison),
                "stop",
                count,
                found.isEmpty()
                        ? "recounted from the events, with definition " + definition.name() + ", the result is equal"
                        : difference(comparison, found.get(0)) + DEFECT);
    }

    /** A number behind the code where one definition is compared with one table twice. */
    private static String place(FigureDefinition definition, Comparison comparison) {
        List<Comparison> ofTable = definition.comparisons().stream()
                .filter(other -> other.table().equals(comparison.table()))
                .toList();
        int place = ofTable.indexOf(comparison);
        return place == 0 ? "" : "_" + (place + 1);
    }

    /** Values come from sources: nothing in them ends a line or steers a terminal. */
    private static String printable(@Nullable Object value) {
        return String.valueOf(value).replaceAll("\\p{Cntrl}", "?");
    }

    /** The first difference: where it is, the column, and both values. */
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
            Object published = row.get(at + 2 + 2 * column);
            Object defined = row.get(at + 3 + 2 * column);
            if (!String.valueOf(published).equals(String.valueOf(defined))) {
                different.add(
                        comparison.equal().get(column) + " is " + published + ", recounted from the events " + defined);
            }
        }
        return place + String.join("; ", different) + ".";
    }
}
