package uk.fpw.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The models of the sql module in order of computation: {@code fpw/models.yml}. */
public final class Models {

    /** How many whole months of {@link #history} a release shows before the month of its business date. */
    public static final int HISTORY_MONTHS = 26;

    private static final ModelReader OWN = new ModelReader(ModelFiles.own());

    private Models() {}

    /** All models in order of computation. */
    public static List<Model> all() {
        return Own.MODELS;
    }

    /** The table of values at entry. Runs append to it, and it belongs to no release. */
    public static Model entryLedger() {
        return Own.LEDGER.get(0);
    }

    /** The published ones. */
    public static List<Model> marts() {
        return all().stream().filter(Model::isMart).toList();
    }

    /** Names of the tables whose rows are computed in that way, in order of computation. */
    public static List<String> countedBy(Family family) {
        return all().stream()
                .filter(model -> model.countedBy() == family)
                .map(Model::table)
                .toList();
    }

    /** The marts with figures whose changes are explained in that way, in the order of computation. */
    public static List<Model> explained(Explained how) {
        return marts().stream().filter(model -> !model.explained(how).isEmpty()).toList();
    }

    /** Names of the marts in which a release shows its own rows and those added by earlier releases. */
    public static List<String> history() {
        return all().stream().filter(Model::isHistory).map(Model::table).toList();
    }

    /**
     * The first day whose changes a release shows: 26 months before the month of its business date. That is long enough
     * to follow a month until it has been compared with the same month of the next two years.
     */
    public static LocalDate historySince(LocalDate businessDate) {
        return businessDate.withDayOfMonth(1).minusMonths(HISTORY_MONTHS);
    }

    /** The model of a table such as {@code mart.queue_daily}. */
    public static Optional<Model> find(String table) {
        return all().stream().filter(model -> model.table().equals(table)).findFirst();
    }

    /**
     * The views for BI tools that have a query of their own over {@code mart} and {@code bi}, in order of dependency.
     */
    public static List<Model> toolViews() {
        return ToolViews.VIEWS;
    }

    /**
     * Version number of the published tables. It rises whenever a table or view changes, so that an older version
     * recognises the database of a newer one.
     */
    public static int number() {
        return published().number();
    }

    /** Content of {@code fpw/published.txt}: the number and the digest it belongs to. A test writes the file. */
    static Published published() {
        String[] words = ModelFiles.own()
                .text("published.txt")
                .orElseThrow(() -> new ModelException("the sql module has no fpw/published.txt"))
                .strip()
                .split(" ", 2);
        return new Published(Integer.parseInt(words[0]), words[1]);
    }

    record Published(int number, String digest) {}

    /** SHA-256 (hex) of the definitions of published tables, without tests and queries. */
    public static String digest(List<Model> marts) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
        for (Model mart : marts) {
            // The query is part of a view's definition, but not of a mart's.
            String query = mart.isMart() ? "" : mart.sql();
            List<String> columns = mart.columns().stream().map(Models::text).toList();
            digest.update(List.of(mart.table(), mart.description(), mart.access(), mart.grain(), columns, query)
                    .toString()
                    .getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The parts of a column that readers see. */
    private static String text(Model.Column column) {
        return "Column[name=" + column.name() + ", type=" + column.type() + ", length=" + column.length() + ", unit="
                + column.unit() + ", add=" + column.add() + ", nullable=" + column.nullable() + ", description="
                + column.description() + "]";
    }

    /**
     * Cached, because a run reads them many times; each is loaded on first use, since {@code fpw query} needs only the
     * last.
     */
    private static final class Own {
        private static final List<Model> MODELS = OWN.models();
        private static final List<Model> LEDGER = OWN.ledger();
    }

    private static final class ToolViews {
        private static final List<Model> VIEWS = OWN.toolViews(Own.MODELS);
    }
}
