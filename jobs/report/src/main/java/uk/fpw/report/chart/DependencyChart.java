package uk.fpw.report.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.text.Plural;

/** Shows what is made from what: boxes in columns, from left to right, with arrows between them. */
public final class DependencyChart {

    private static final Pattern OTHER_ADDRESS =
            Pattern.compile("^\\s*([A-Za-z][A-Za-z0-9+.-]*:|[/\\\\]{2}).*", Pattern.DOTALL);
    private static final int MOST = 40;
    private static final double BOX = 176;
    private static final double GAP = 64;
    private static final double ROW = 38;
    private static final double BOX_HEIGHT = 28;
    private static final double FONT = 12;
    private static final double NARROWEST = 760;

    private DependencyChart() {}

    /**
     * A box.
     *
     * @param id unique in the picture; not shown
     * @param label shown, truncated if it is long; hovering shows the whole text
     * @param column position from left to right; columns without a box are left out
     * @param href relative address of its page; null if it has none
     */
    public record Node(
            String id, String label, int column, @Nullable String href) {
        public Node {
            if (href != null && OTHER_ADDRESS.matcher(href).matches()) {
                throw new IllegalArgumentException(
                        "box " + id + ": " + href + " leads out of the site; give a relative address");
            }
        }
    }

    /** An arrow between two boxes, by their ids. */
    public record Edge(String from, String to) {}

    /**
     * Draws up to 40 boxes per column, and the arrows between the boxes drawn.
     *
     * @param id prefix of the ids of the picture's elements; unique on its page
     * @throws IllegalArgumentException if two boxes have the same id, or an arrow has no box
     */
    public static Chart of(String id, String title, List<Node> nodes, List<Edge> edges) {
        Map<String, Node> byId = new HashMap<>();
        for (Node node : nodes) {
            if (byId.put(node.id(), node) != null) {
                throw new IllegalArgumentException("two boxes with id " + node.id());
            }
        }
        for (Edge edge : edges) {
            if (!byId.containsKey(edge.from()) || !byId.containsKey(edge.to())) {
                throw new IllegalArgumentException("no box for the arrow from " + edge.from() + " to " + edge.to());
            }
        }
        Chart.Table table = table(nodes, edges, byId);
        if (nodes.isEmpty()) {
            String nothing = "Nothing is known of what this is made of.";
            return new Chart(NoData.svg(id, title, nothing), title, nothing, "", table);
        }
        List<List<Node>> columns = order(nodes, edges);
        int leftOut = columns.stream()
                .mapToInt(column -> Math.max(0, column.size() - MOST))
                .sum();
        String description = columns.stream()
                        .map(DependencyChart::names)
                        .collect(Collectors.joining("; then ", "From left to right: ", "."))
                + " " + Plural.of(edges.size(), "arrow") + "."
                + (leftOut == 0 ? "" : " " + leftOut + " more boxes are in the table only.");
        return new Chart(draw(id, title, description, columns, edges, leftOut), title, description, "", table);
    }

    private static String names(List<Node> column) {
        int shown = Math.min(column.size(), 5);
        return column.subList(0, shown).stream().map(Node::label).collect(Collectors.joining(", "))
                + (column.size() > shown ? " and " + (column.size() - shown) + " more" : "");
    }

    /** Sorts the boxes of each column by the average position of their sources, so that few arrows cross. */
    private static List<List<Node>> order(List<Node> nodes, List<Edge> edges) {
        Map<String, List<String>> sources = edges.stream()
                .collect(Collectors.groupingBy(Edge::to, Collectors.mapping(Edge::from, Collectors.toList())));
        List<List<Node>> columns = new ArrayList<>();
        Map<String, Double> place = new HashMap<>();
        for (List<Node> column : nodes.stream()
                .collect(Collectors.groupingBy(Node::column, TreeMap::new, Collectors.toList()))
                .values()) {
            Map<String, Double> middle = new HashMap<>();
            for (Node node : column) {
                middle.put(
                        node.id(),
                        sources.getOrDefault(node.id(), List.of()).stream()
                                .filter(place::containsKey)
                                .mapToDouble(place::get)
                                .average()
                                .orElse(1));
            }
            List<Node> sorted = new ArrayList<>(column);
            sorted.sort(Comparator.comparingDouble(node -> middle.getOrDefault(node.id(), 1.0)));
            for (int i = 0; i < sorted.size(); i++) {
                place.put(sorted.get(i).id(), (i + 0.5) / sorted.size());
            }
            columns.add(List.copyOf(sorted));
        }
        return columns;
    }

    private record Place(double x, double y) {}

    private static String draw(
            String id, String title, String description, List<List<Node>> columns, List<Edge> edges, int leftOut) {
        int rows = Math.min(MOST, columns.stream().mapToInt(List::size).max().orElse(1));
        double width = Math.max(NARROWEST, columns.size() * (BOX + GAP) - GAP + 4);
        double gap = columns.size() > 1 ? (width - 4 - columns.size() * BOX) / (columns.size() - 1) : 0;
        double height = rows * ROW + (leftOut == 0 ? 0 : 22);
        boolean isLinked = columns.stream().flatMap(List::stream).anyMatch(node -> node.href() != null);
        PictureText about = new PictureText(id, title, description, "");
        Svg svg = Svg.picture(about, width, height, "chart diagram", isLinked ? "group" : "img");
        Map<String, Place> places = new HashMap<>();
        for (int column = 0; column < columns.size(); column++) {
            List<Node> boxes = columns.get(column);
            int shown = Math.min(MOST, boxes.size());
            double top = (rows - shown) * ROW / 2;
            for (int i = 0; i < shown; i++) {
                places.put(
                        boxes.get(i).id(), new Place(2 + column * (BOX + gap), top + i * ROW + (ROW - BOX_HEIGHT) / 2));
            }
        }
        Set<Edge> drawn = new HashSet<>();
        for (Edge edge : edges) {
            Place from = places.get(edge.from());
            Place to = places.get(edge.to());
            if (from != null && to != null && drawn.add(edge)) {
                arrow(svg, from, to);
            }
        }
        for (List<Node> boxes : columns) {
            boxes.forEach(node -> box(svg, node, places.get(node.id())));
        }
        if (leftOut > 0) {
            svg.text("text", leftOut + " more are in the table only.", "x", 2.0, "y", height - 5, "class", "tick");
        }
        return svg.close("svg").toString();
    }

    private static void box(Svg svg, Node node, @Nullable Place place) {
        if (place == null) {
            return;
        }
        String href = node.href();
        if (href == null) {
            svg.open("g", "class", "node");
        } else {
            svg.open("a", "href", href, "class", "node linked");
        }
        svg.text("title", node.label());
        svg.empty("rect", "x", place.x(), "y", place.y(), "width", BOX, "height", BOX_HEIGHT, "rx", 3.0);
        svg.text(
                "text",
                TextWidth.fit(node.label(), BOX - 12, FONT),
                "x",
                place.x() + 8,
                "y",
                place.y() + BOX_HEIGHT / 2 + 4);
        svg.close(href == null ? "g" : "a");
    }

    private static void arrow(Svg svg, Place from, Place to) {
        double x1 = from.x() + BOX;
        double y1 = from.y() + BOX_HEIGHT / 2;
        double x2 = to.x() - 7;
        double y2 = to.y() + BOX_HEIGHT / 2;
        double bend = Math.max(GAP / 2, Math.abs(x2 - x1) / 2);
        svg.empty(
                "path",
                "d",
                "M" + at(x1, y1) + "C" + at(x1 + bend, y1) + " " + at(x2 - bend, y2) + " " + at(x2, y2),
                "class",
                "arrow");
        svg.empty(
                "path",
                "d",
                "M" + at(x2 + 7, y2) + "L" + at(x2 - 1, y2 - 4) + "L" + at(x2 - 1, y2 + 4) + "Z",
                "class",
                "arrow-head");
    }

    private static String at(double x, double y) {
        return Svg.number(x) + "," + Svg.number(y);
    }

    private static Chart.Table table(List<Node> nodes, List<Edge> edges, Map<String, Node> byId) {
        List<List<String>> rows = new ArrayList<>();
        for (Node node : nodes) {
            rows.add(
                    List.of(node.label(), labels(edges, byId, node.id(), true), labels(edges, byId, node.id(), false)));
        }
        return new Chart.Table(List.of("Name", "Made of", "Used by"), rows);
    }

    private static String labels(List<Edge> edges, Map<String, Node> byId, String id, boolean isSource) {
        String labels = edges.stream()
                .filter(edge -> (isSource ? edge.to() : edge.from()).equals(id))
                .map(edge -> byId.get(isSource ? edge.from() : edge.to()))
                .filter(java.util.Objects::nonNull)
                .map(Node::label)
                .distinct()
                .collect(Collectors.joining(", "));
        return labels.isEmpty() ? "–" : labels;
    }
}
