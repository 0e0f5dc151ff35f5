package uk.fpw.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The models of the sql module, in the order in which they are computed: {@code fpw/models.yml}. */
public final class Models {

    /** Whole months before the month of a release of which it shows the {@link #history}. */
    public static final int HISTORY_MONTHS = 26;

    private static final ModelReader OWN = new ModelReader(ModelFiles.own());

    private Models() {}

    /** Every model, in the order of computation. */
    public static List<Model> all() {
        return Own.MODELS;
    }

    /** The table of the values at entry, to which runs add rows, and which belongs to no release. */
    public static Model entryLedger() {
        return Own.LEDGER.get(0);
    }

    /** Those that are published. */
    public static List<Model> marts() {
        return all().stream().filter(Model::isMart).toList();
    }

    /** Names of the tables whose rows are computed in that way, in the order of computation. */
    public static List<String> countedBy(Family family) {
        return all().stream()
                .filter(model -> model.countedBy() == family)
                .map(Model::table)
                .toList();
    }

    /** Names of the marts of which a release shows its own rows and those that the releases before it added. */
    public static List<String> history() {
        return all().stream().filter(Model::isHistory).map(Model::table).toList();
    }

    /**
     * The first day of which a release shows the steps: 26 months before the month of its business date. What was said
     * of a month can be followed until it has been compared with the same month of the two years after it.
     */
    public static LocalDate historySince(LocalDate businessDate) {
        return businessDate.withDayOfMonth(1).minusMonths(HISTORY_MONTHS);
    }

    /** The model of a table such as {@code mart.queue_daily}. */
    public static Optional<Model> find(String table) {
        return all().stream().filter(model -> model.table().equals(table)).findFirst();
    }

    /**
     * The views that are created for BI tools by a query of their own, over {@code mart} and {@code bi}; those that
     * another one reads come before it.
     */
    public static List<Model> toolViews() {
        return ToolViews.VIEWS;
    }

    /**
     * Place of the published tables of this software among those of all its versions: it rises whenever a table or a
     * view of them changes, so that an older version knows a newer one's database.
     */
    public static int number() {
        return published().number();
    }

    /** What {@code fpw/published.txt} says: the number, and the digest that it was given to. A test writes it. */
    static Published published() {
        String[] words = ModelFiles.own()
                .text("published.txt")
                .orElseThrow(() -> new ModelException("the sql module has no fpw/published.txt"))
                .strip()
                .split(" ", 2);
        return new Published(Integer.parseInt(words[0]), words[1]);
    }

    record Published(int number, String digest) {}

    /** SHA-256, hex, of the definitions of published tables, without tests and queries. */
    public static String digest(List<Model> marts) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
        for (Model mart : marts) {
            // the query is part of a view's definition, but not of a mart's
            String query = mart.isMart() ? "" : mart.sql();
            List<String> columns = mart.columns().stream().map(Models::text).toList();
            digest.update(List.of(mart.table(), mart.description(), mart.access(), mart.grain(), columns, query)
                    .toString()
                    .getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** What readers see of a column. */
    private static String text(Model.Column column) {
        return "Column[name=" + column.name() + ", type=" + column.type() + ", length=" + column.length() + ", unit="
                + column.unit() + ", add=" + column.add() + ", nullable=" + column.nullable() + ", description="
                + column.description() + "]";
    }

    /** Cached, since a run reads it many times; each when it is first asked for, since a query needs only the last. */
    private static final class Own {
        private static final List<Model> MODELS = OWN.models();
        private static final List<Model> LEDGER = OWN.ledger();
    }

    private static final class ToolViews {
        private static final List<Model> VIEWS = OWN.toolViews(Own.MODELS);
    }
}
