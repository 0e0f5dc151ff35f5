package uk.fpw.warehouse.store.schema;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.Model;

/**
 * The changes by which the published tables and views of a database are made to match the models. Creates and adds, but
 * never removes data.
 *
 * <p>Only key columns are not null in the database. Other not-null columns are tested by the nightly run, because a
 * column missing from earlier releases could otherwise not be added.
 */
final class SchemaPlan {

    private final List<Model> marts;
    private final List<PublishedView> views;
    private final ExistingSchema shape;
    private final Set<String> recreated;

    SchemaPlan(List<Model> marts, List<PublishedView> views, ExistingSchema shape) {
        this.marts = marts;
        this.views = views.stream()
                .filter(view -> !view.isOld() || shape.has(view.qualifiedName()))
                .toList();
        this.shape = shape;
        this.recreated = recreated();
    }

    /** Obstacles to the plan, each with a fix; empty if there are none. */
    List<String> refusals() {
        List<String> refusals = new ArrayList<>();
        marts.forEach(mart -> refusals.addAll(refusals(mart)));
        Set<String> known = marts.stream().map(SchemaPlan::table).collect(Collectors.toSet());
        shape.columns().keySet().stream()
                .filter(table -> table.startsWith("mart_rows.") && !known.contains(table))
                .filter(table -> !shape.views().containsKey(table))
                .forEach(table -> refusals.add("there is a table " + table
                        + ", but there is no model for it; a versioned migration must drop it and its views: drop "
                        + "table if "
                        + "exists "
                        + table));
        Map<String, Set<String>> foreign = new TreeMap<>();
        Set<String> own = views.stream().map(PublishedView::qualifiedName).collect(Collectors.toSet());
        for (String view : Stream.concat(recreated.stream(), closed().stream()).toList()) {
            shape.readersOf(view).stream()
                    .filter(reader -> !own.contains(reader))
                    .forEach(reader -> foreign.computeIfAbsent(reader, none -> new TreeSet<>())
                            .add(view));
        }
        foreign.forEach((reader, read) -> refusals.add("the view " + reader
                + ", which does not belong to the warehouse, reads "
                + String.join(", ", read)
                + ", which changes; save its definition, drop it, run again and create it again"));
        return refusals;
    }

    private List<String> refusals(Model mart) {
        String table = table(mart);
        List<ExistingSchema.Column> columns = shape.columns().get(table);
        if (columns == null) {
            return List.of();
        }
        List<String> refusals = new ArrayList<>();
        Map<String, Model.Column> wanted =
                mart.columns().stream().collect(Collectors.toMap(Model.Column::name, Function.identity()));
        for (ExistingSchema.Column found : columns) {
            Model.Column column = wanted.get(found.name());
            if (column == null) {
                refusals.add(table + " has a column " + found.name() + ", which " + file(mart)
                        + " has not; restore it, or drop it and the views that read it in a versioned migration: "
                        + "alter table if exists "
                        + table + " drop column if exists " + found.name());
            } else if (!found.type().equals(PortableSql.typeName(column)) || found.length() > longest(column)) {
                refusals.add(table + "." + found.name() + " is " + words(found) + ", but " + PortableSql.type(column)
                        + " in " + file(mart) + "; change it in a versioned migration, so that no value is lost");
            }
        }
        List<String> key = key(mart);
        if (!key.equals(shape.keys().get(table))) {
            refusals.add(
                    table + " has the key " + String.join(", ", shape.keys().getOrDefault(table, List.of()))
                            + ", but the grain of " + file(mart) + " asks for " + String.join(", ", key)
                            + "; change it in a versioned migration");
        }
        return refusals;
    }

    /**
     * Views to drop because their columns or what they read change, in order: readers first, as they read each other
     * now, which an earlier version may have created otherwise.
     */
    List<String> drops() {
        Set<String> dropped = new LinkedHashSet<>(recreated);
        dropped.addAll(closed());
        Set<String> ordered = new LinkedHashSet<>();
        dropped.forEach(name -> addAfterReaders(ordered, name, dropped));
        return ordered.stream()
                .map(name -> "drop view " + PortableSql.qualified(name))
                .toList();
    }

    private void addAfterReaders(Set<String> ordered, String name, Set<String> dropped) {
        shape.readersOf(name).stream()
                .filter(reader -> dropped.contains(reader) && !ordered.contains(reader))
                .forEach(reader -> addAfterReaders(ordered, reader, dropped));
        ordered.add(name);
    }

    /** Views for BI tools whose marts are now restricted. */
    private List<String> closed() {
        return marts.stream()
                .filter(mart -> !mart.isOpen())
                .flatMap(mart -> Stream.of("bi_detail.", "bi.", "bi_releases.")
                        .flatMap(schema -> Stream.of(schema + mart.name(), schema + mart.name() + "_by_slice")))
                .filter(shape::has)
                .toList();
    }

    /** Statements that create and extend tables. */
    List<String> tables() {
        return marts.stream()
                .flatMap(mart -> table(mart, shape.columns().get(table(mart))).stream())
                .toList();
    }

    private static List<String> table(Model mart, @Nullable List<ExistingSchema.Column> found) {
        String table = PortableSql.qualified(table(mart));
        List<String> key = key(mart);
        if (found == null) {
            return List.of(mart.columns().stream()
                    .map(column -> PortableSql.name(column.name()) + " " + PortableSql.type(column)
                            + (key.contains(column.name()) ? " not null" : ""))
                    .collect(Collectors.joining(
                            ", ",
                            "create table " + table + " (",
                            ", primary key ("
                                    + key.stream().map(PortableSql::name).collect(Collectors.joining(", ")) + "))")));
        }
        List<String> statements = new ArrayList<>();
        for (Model.Column column : mart.columns()) {
            ExistingSchema.Column old = found.stream()
                    .filter(one -> one.name().equals(column.name()))
                    .findFirst()
                    .orElse(null);
            String alter = "alter table " + table;
            if (old == null) {
                statements.add(
                        alter + " add column " + PortableSql.name(column.name()) + " " + PortableSql.type(column));
                continue;
            }
            if (old.length() < column.length()) {
                statements.add(alter + " alter column " + PortableSql.name(column.name()) + " set data type "
                        + PortableSql.type(column));
            }
            if (!old.isNullable() && !key.contains(column.name())) {
                statements.add(alter + " alter column " + PortableSql.name(column.name()) + " drop not null");
            }
        }
        return statements;
    }

    /**
     * Statements that create every view with its privileges. An existing view is replaced so that dependent objects
     * remain; a new view gets default privileges, a recreated view its previous ones.
     */
    List<String> views() {
        List<String> statements = new ArrayList<>();
        for (PublishedView view : views) {
            String name = view.qualifiedName();
            statements.add("create or replace view " + PortableSql.qualified(name) + " as " + view.query());
            Set<String> readers = new LinkedHashSet<>();
            if (!shape.has(name) && wasInBi(view)) {
                readers.addAll(readers("bi." + view.name()));
            } else if (!shape.has(name)) {
                readers.add("fpw_analyst");
                if (view.isOpen()) {
                    readers.add("fpw_bi");
                }
            } else if (recreated.contains(name)) {
                readers.addAll(readers(name));
            }
            if (!view.isOpen()) {
                readers.remove("fpw_bi");
                if (readers(name).contains("fpw_bi") && !recreated.contains(name)) {
                    statements.add("revoke select on " + PortableSql.qualified(name) + " from fpw_bi");
                }
            }
            readers.forEach(reader -> statements.add("grant select on " + PortableSql.qualified(name) + " to "
                    + (reader.equals("PUBLIC") ? "public" : PortableSql.name(reader))));
        }
        return statements;
    }

    /** Whether the view is new under this name, and its rows are read as before under an old one. */
    private boolean wasInBi(PublishedView view) {
        return view.schema().equals("bi_detail") && shape.has("bi." + view.name());
    }

    /** Grantees that may read an existing view, besides the owner. */
    private Set<String> readers(String view) {
        return shape.grants().getOrDefault(view, Set.of()).stream()
                .filter(grant -> grant.privilege().equals("SELECT"))
                .map(ExistingSchema.Grant::grantee)
                .filter(grantee -> !grantee.equals("fpw_owner"))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Comments missing from {@code now}, the state after all other changes. */
    List<String> comments(ExistingSchema now) {
        List<String> statements = new ArrayList<>();
        marts.forEach(
                mart -> statements.addAll(comments(now, "table", table(mart), mart.description(), mart.columns())));
        views.forEach(
                view -> statements.addAll(comments(now, "view", view.qualifiedName(), view.comment(), view.columns())));
        return statements;
    }

    private static List<String> comments(
            ExistingSchema now, String kind, String name, String comment, List<Model.Column> columns) {
        Stream<String> own = comment.equals(now.comments().get(name))
                ? Stream.of()
                : Stream.of(
                        "comment on " + kind + " " + PortableSql.qualified(name) + " is " + PortableSql.text(comment));
        return Stream.concat(
                        own,
                        columns.stream()
                                .filter(column ->
                                        !column.comment().equals(now.comments().get(name + "." + column.name())))
                                .map(column -> "comment on column " + PortableSql.qualified(name) + "."
                                        + PortableSql.name(column.name()) + " is "
                                        + PortableSql.text(column.comment())))
                .toList();
    }

    private Set<String> recreated() {
        Set<String> changed = new TreeSet<>();
        for (Model mart : marts) {
            List<ExistingSchema.Column> found = shape.columns().get(table(mart));
            if (found != null
                    && table(mart, found).stream().anyMatch(statement -> !statement.endsWith(" drop not null"))) {
                changed.add(table(mart));
            }
        }
        // A view that does not exist yet can be between what changes and one that does.
        Set<String> affected = new LinkedHashSet<>();
        for (PublishedView view : views) {
            String name = view.qualifiedName();
            boolean readsWhatChanges =
                    view.reads().stream().anyMatch(read -> changed.contains(read) || affected.contains(read));
            if (readsWhatChanges
                    || (shape.has(name) && !isSame(view, shape.columns().get(name)))) {
                affected.add(name);
            }
        }
        Set<String> found = affected.stream().filter(shape::has).collect(Collectors.toCollection(LinkedHashSet::new));
        views.forEach(view -> addReaders(found, view.qualifiedName()));
        return found;
    }

    /** Adds the views of ours that now read one of those found, although as they will be they may not. */
    private void addReaders(Set<String> found, String name) {
        if (found.contains(name)) {
            shape.readersOf(name).stream()
                    .filter(reader ->
                            views.stream().anyMatch(view -> view.qualifiedName().equals(reader)))
                    .filter(found::add)
                    .forEach(reader -> addReaders(found, reader));
        }
    }

    private static boolean isSame(PublishedView view, @Nullable List<ExistingSchema.Column> found) {
        return found != null
                && view.columns().stream()
                        .map(column -> column.name() + " " + PortableSql.typeName(column) + " " + column.length())
                        .toList()
                        .equals(found.stream()
                                .map(column -> column.name() + " " + column.type() + " " + column.length())
                                .toList());
    }

    private static String words(ExistingSchema.Column column) {
        return column.type() + (column.length() > 0 ? "(" + column.length() + ")" : "");
    }

    private static int longest(Model.Column column) {
        return column.length() > 0 ? column.length() : Integer.MAX_VALUE;
    }

    private static String table(Model mart) {
        return "mart_rows." + mart.name();
    }

    private static List<String> key(Model mart) {
        return Stream.concat(Stream.of("release_id"), mart.grain().stream()).toList();
    }

    private static String file(Model mart) {
        return mart.table().replace('.', '/') + ".yml";
    }
}
