package uk.fpw.report.dictionary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a table is made from, and what reads it: a graph without cycles, from left to right. */
final class Lineage {

    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Set<Edge> edges = new LinkedHashSet<>();

    /**
     * A node of the graph.
     *
     * @param id unique
     * @param kind what it is, such as {@code feed}
     * @param label its name
     * @param href its page, relative to the folder of the site; null if it has none
     */
    record Node(
            String id, Kind kind, String label, @Nullable String href) {}

    /** The kinds of nodes, from left to right. */
    enum Kind {
        FEED("Feeds"),
        FOLDER("Force folder"),
        QUERY("Queries of the force over its feeds"),
        CORE("Core tables"),
        DEFINITION("Definitions in SQL, by which every run counts again"),
        OTHER("Other sources"),
        MART("Published tables"),
        VIEW("Views for BI tools"),
        READY("Ready-made queries");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /** Says that one node is made from another. */
    record Edge(String from, String to) {}

    /** Adds a node unless it exists. */
    String add(Kind kind, String label, @Nullable String href) {
        String id = kind.name() + " " + label;
        nodes.putIfAbsent(id, new Node(id, kind, label, href));
        return id;
    }

    /** Connects a node to one that is made from it. */
    void connect(String from, String to) {
        if (!from.equals(to)) {
            edges.add(new Edge(from, to));
        }
    }

    List<Node> nodes() {
        return List.copyOf(nodes.values());
    }

    List<Edge> edges() {
        return List.copyOf(edges);
    }

    /** The nodes of a kind, by name. */
    List<Node> of(Kind kind) {
        return nodes.values().stream().filter(node -> node.kind() == kind).toList();
    }

    /**
     * The column of each node: to the right of everything that it is made from, as close as possible to what is made
     * from it.
     */
    Map<String, Integer> columns() {
        Map<String, Integer> columns = new LinkedHashMap<>();
        nodes.keySet().forEach(id -> column(id, columns, new TreeSet<>()));
        // a node without sources is placed next to what is made from it
        for (String id : nodes.keySet()) {
            if (edges.stream().noneMatch(edge -> edge.to().equals(id))) {
                edges.stream()
                        .filter(edge -> edge.from().equals(id))
                        .mapToInt(edge -> columns.getOrDefault(edge.to(), 1) - 1)
                        .min()
                        .ifPresent(nearest -> columns.put(id, nearest));
            }
        }
        return columns;
    }

    private int column(String id, Map<String, Integer> columns, Set<String> onTheWay) {
        Integer known = columns.get(id);
        if (known != null) {
            return known;
        }
        if (!onTheWay.add(id)) {
            throw new IllegalStateException(id + " is made of itself");
        }
        int column = 0;
        for (Edge edge : edges) {
            if (edge.to().equals(id)) {
                column = Math.max(column, column(edge.from(), columns, onTheWay) + 1);
            }
        }
        onTheWay.remove(id);
        columns.put(id, column);
        return column;
    }

    /** The graph in words, one line per kind. */
    List<TableModel.Step> steps() {
        List<TableModel.Step> steps = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            List<Link> links = of(kind).stream()
                    .map(node -> new Link(node.label(), node.href() == null ? "" : node.href()))
                    .toList();
            if (!links.isEmpty()) {
                steps.add(new TableModel.Step(kind.title(), links));
            }
        }
        return steps;
    }
}
