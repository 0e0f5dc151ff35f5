package uk.fpw.warehouse.store.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import uk.fpw.model.ColumnType;
import uk.fpw.model.Explained;
import uk.fpw.model.Model;
import uk.fpw.model.Models;

/**
 * The views over the published rows. {@code mart} has every mart of the current release. {@code bi} and
 * {@code bi_detail} are for tools that add up by default. {@code bi} has the few views to begin with, which have
 * queries of their own, and the dimensions. {@code bi_detail} has the others: of a mart with slices a view of its
 * totals without the slice columns, and a view of the slices ({@code _by_slice}); of other open marts one view of all
 * rows. {@code mart_releases} and {@code bi_releases} have the same views over all stored releases. Until
 * {@code bi_detail} existed its views were in {@code bi}; a database that has them there keeps them as old names.
 */
final class PublishedViews {

    private static final String DIMENSION = "dim_";

    private static final Set<String> SLICE_COLUMNS = Set.of("slice", "slice_value", "is_total");

    private static final Pattern SOURCE = Pattern.compile("\\b(mart|bi_detail|bi)\\.([a-z0-9_]+)\\b");
    private static final Pattern SOURCE_OF_ANY =
            Pattern.compile("\\b(mart|bi|bi_detail|mart_releases|bi_releases)\\.([a-z0-9_]+)\\b");

    /**
     * The rows that a release {@code k} shows of those added by releases {@code m}, from its first release {@code f}
     * on. Left out are rows of a release that was withdrawn before another had replaced it, since the next one was
     * compared with the one before, and steps that are too old, see {@link Models#historySince}. A row belongs to the
     * business date of its release.
     */
    private static final String HISTORY = """
            select %1$s
            from ops.release as k
            left join ops.release_table as t on k.release_id = t.release_id and t.table_name = '%2$s'
            inner join ops.release as f on f.release_id = coalesce(t.history_from, k.release_id)
            inner join ops.release as m
                on
                    (m.business_date, char_length(m.release_id), m.release_id)
                    >= (f.business_date, char_length(f.release_id), f.release_id)
                    and (m.business_date, char_length(m.release_id), m.release_id)
                    <= (k.business_date, char_length(k.release_id), k.release_id)
            inner join mart_rows.%3$s as r on m.release_id = r.release_id
            where
                k.withdrawn_at is null
                and (
                    m.withdrawn_at is null
                    or not exists (
                        select 1
                        from ops.release_step as s
                        inner join ops.release as p on s.replaced_release_id = p.release_id
                        inner join ops.release as n on s.release_id = n.release_id
                        where
                            (p.business_date, char_length(p.release_id), p.release_id)
                            < (m.business_date, char_length(m.release_id), m.release_id)
                            and (m.business_date, char_length(m.release_id), m.release_id)
                            < (n.business_date, char_length(n.release_id), n.release_id)
                    )
                )
                and (
                    m.release_id = k.release_id
                    or 12 * extract(year from r.new_as_at) + extract(month from r.new_as_at) + %4$d
                    >= 12 * extract(year from k.business_date) + extract(month from k.business_date)
                )
            """;

    /** A mart that has rows for every stored release. */
    private static final String ALWAYS_FILLED = "mart_rows.dim_date";

    /** The only view whose rows over all releases differ from those it shows for each. */
    private static final String RELEASE = "release";

    private static final String RELEASES = """
            select
                r.release_id,
                r.business_date,
                r.released_at,
                r.release_id = c.release_id as is_current
            from ops.release as r
            cross join ops.current_release as c
            where
                r.withdrawn_at is null
                and exists (
                    select 1
                    from mart_rows.dim_date as d
                    where d.release_id = r.release_id
                )
            """;

    private PublishedViews() {}

    /**
     * All views in order of dependency.
     *
     * @param toolViews views of {@code bi} and {@code bi_detail} with a query of their own; a view with the name of a
     *     mart's view replaces that
     */
    static List<PublishedView> of(List<Model> marts, List<Model> toolViews) {
        List<PublishedView> views = new ArrayList<>();
        marts.forEach(mart -> views.add(current(mart)));
        marts.forEach(mart -> views.add(ofEveryRelease(mart)));
        Set<String> own = toolViews.stream().map(Model::name).collect(Collectors.toSet());
        for (String suffix : List.of("", "_releases")) {
            marts.stream()
                    .filter(Model::isOpen)
                    .flatMap(mart -> forTools(mart, suffix).stream())
                    .filter(view -> !own.contains(view.name()))
                    .forEach(views::add);
            toolViews.forEach(view ->
                    views.add(suffix.isEmpty() || !view.name().equals(RELEASE) ? ofItsOwn(view, suffix) : releases()));
        }
        views.addAll(views.stream()
                .filter(view -> view.schema().equals("bi_detail"))
                .map(PublishedViews::oldName)
                .toList());
        return views;
    }

    private static PublishedView oldName(PublishedView view) {
        return new PublishedView(
                "bi",
                view.name(),
                "Old name, which the next version no longer has: use " + view.qualifiedName() + ", or one of the few "
                        + "views of bi that are not old. " + view.comment(),
                view.columns(),
                select(view.columns()) + " from " + view.qualifiedName() + " as r",
                Set.of(view.qualifiedName()),
                true,
                true);
    }

    private static PublishedView releases() {
        return new PublishedView(
                "bi_releases",
                RELEASE,
                "The releases that can be chosen: the latest three, and named ones whose rows are there. Choose one "
                        + "first, such as the one that is_current, and name it in every statement after.",
                List.of(
                        column("release_id", ColumnType.TEXT, 40, "Release."),
                        column("business_date", ColumnType.DATE, 0, "Its business date."),
                        column("released_at", ColumnType.TIMESTAMP, 0, "When it was made, by the clock."),
                        column(
                                "is_current",
                                ColumnType.BOOLEAN,
                                0,
                                "Whether it is the one that the views of bi and mart show.")),
                RELEASES,
                Set.of(ALWAYS_FILLED),
                true,
                false);
    }

    private static Model.Column column(String name, ColumnType type, int length, String description) {
        return new Model.Column(
                name, type, length, "", Model.Add.NOT_A_MEASURE, true, false, Explained.NOT, description);
    }

    private static PublishedView ofItsOwn(Model view, String suffix) {
        String query = suffix.isEmpty()
                ? view.sql()
                : SOURCE.matcher(view.sql())
                        .replaceAll(source ->
                                (source.group(1).equals("mart") ? "mart" : "bi") + suffix + "." + source.group(2));
        Set<String> reads = new TreeSet<>();
        SOURCE_OF_ANY.matcher(query).results().forEach(source -> reads.add(source.group(1) + "." + source.group(2)));
        return new PublishedView(
                suffix.isEmpty() ? view.schema() : "bi" + suffix,
                view.name(),
                suffix.isEmpty() ? view.description() : ofEveryRelease(view.schema(), view.name()),
                view.columns(),
                query,
                reads,
                true,
                false);
    }

    private static PublishedView current(Model mart) {
        return new PublishedView(
                "mart",
                mart.name(),
                mart.description(),
                mart.columns(),
                isHistory(mart)
                        ? history(mart) + "and k.release_id in (select c.release_id from ops.current_release as c)"
                        : select(mart.columns()) + " from mart_rows." + mart.name()
                                + " as r inner join ops.current_release as c on r.release_id = c.release_id",
                Set.of("mart_rows." + mart.name()),
                mart.isOpen(),
                false);
    }

    private static PublishedView ofEveryRelease(Model mart) {
        Set<String> reads = isHistory(mart)
                ? Set.of("mart_rows." + mart.name(), ALWAYS_FILLED)
                : Set.of("mart_rows." + mart.name());
        return new PublishedView(
                "mart_releases",
                mart.name(),
                ofEveryRelease("mart", mart.name()),
                mart.columns(),
                isHistory(mart)
                        ? history(mart) + "and exists (select 1 from " + ALWAYS_FILLED
                                + " as d where k.release_id = d.release_id)"
                        : select(mart.columns()) + " from mart_rows." + mart.name()
                                + " as r inner join ops.release as k on r.release_id = k.release_id where "
                                + "k.withdrawn_at is null",
                reads,
                mart.isOpen(),
                false);
    }

    private static List<PublishedView> forTools(Model mart, String suffix) {
        boolean hasSlices = mart.hasColumn("is_total") && !mart.name().startsWith(DIMENSION);
        if (!hasSlices) {
            return List.of(forTools(mart, suffix, "", mart.description(), mart.columns(), ""));
        }
        List<Model.Column> totals = mart.columns().stream()
                .filter(column -> !SLICE_COLUMNS.contains(column.name()))
                .toList();
        List<Model.Column> slices = mart.columns().stream()
                .filter(column -> !column.name().equals("is_total"))
                .toList();
        return List.of(
                forTools(mart, suffix, "", mart.description() + " Totals only.", totals, " where r.is_total"),
                forTools(
                        mart,
                        suffix,
                        "_by_slice",
                        mart.description()
                                + " Slices only. Every slice is a breakdown of the same total: "
                                + "choose one slice, never add over slices.",
                        slices,
                        " where not r.is_total"));
    }

    private static PublishedView forTools(
            Model mart, String suffix, String part, String comment, List<Model.Column> columns, String condition) {
        String name = mart.name() + part;
        String source = "mart" + suffix + "." + mart.name();
        String schema = mart.name().startsWith(DIMENSION) ? "bi" : "bi_detail";
        return new PublishedView(
                suffix.isEmpty() ? schema : "bi" + suffix,
                name,
                suffix.isEmpty() ? comment : ofEveryRelease(schema, name),
                columns,
                select(columns) + " from " + source + " as r" + condition,
                Set.of(source),
                true,
                false);
    }

    private static String ofEveryRelease(String schema, String name) {
        return "As " + schema + "." + name + ", of every stored release. Always filter on one release_id.";
    }

    private static boolean isHistory(Model mart) {
        return Models.history().contains(mart.table());
    }

    private static String history(Model mart) {
        String columns = mart.columns().stream()
                .map(column -> (column.name().equals("release_id") ? "k." : "r.") + PortableSql.name(column.name()))
                .collect(Collectors.joining(", "));
        return HISTORY.formatted(columns, mart.table(), mart.name(), Models.HISTORY_MONTHS);
    }

    private static String select(List<Model.Column> columns) {
        return columns.stream()
                .map(column -> "r." + PortableSql.name(column.name()))
                .collect(Collectors.joining(", ", "select ", ""));
    }
}
