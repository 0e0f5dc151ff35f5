package uk.fpw.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The models of the sql module, in the order in which they are computed: {@code fpw/models.yml}. */
public final class Models {

    /** Whole months before the month of a release of which it shows the {@link #history}. */
    public static final int HISTORY_MONTHS = 26;

    private static final ModelReader OWN = new ModelReader(ModelFiles.own());

    /** Cached: the pages of a release read it for every table. */
    private static final Map<String, List<String>> COUNTED_BY = new ConcurrentHashMap<>();

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

    /** Names of the tables whose rows are computed item by item. */
    public static List<String> countedByItem() {
        return countedBy("item");
    }

    /** Names of the tables whose rows are computed series by series. */
    public static List<String> countedBySeries() {
        return countedBy("series");
    }

    /** Names of the tables whose rows are computed from the judgements by one grading scheme, scheme by scheme. */
    public static List<String> countedByScheme() {
        return countedBy("scheme");
    }

    /** Names of the tables whose rows say what a force folder defines. */
    public static List<String> countedByDefinition() {
        return countedBy("definition");
    }

    /** Names of the tables whose rows are computed from rows of the queue marts. */
    public static List<String> countedByMart() {
        return countedBy("mart");
    }

    /** Names of the tables whose rows are computed case by case, from the events and spells of a case and its items. */
    public static List<String> countedByCase() {
        return countedBy("case");
    }

    /** Names of the tables of which each row is a published fact beside our figure. */
    public static List<String> countedByFact() {
        return countedBy("fact");
    }

    /** Names of the tables whose rows say how a candidate differs from the release that it replaces. */
    public static List<String> countedByComparison() {
        return countedBy("comparison");
    }

    /** Names of the marts of which a release shows its own rows and those that the releases before it added. */
    public static List<String> history() {
        return History.TABLES;
    }

    /**
     * The first day of which a release shows the steps: 26 months before the month of its business date. What was said
     * of a month can be followed until it has been compared with the same month of the two years after it.
     */
    public static LocalDate historySince(LocalDate businessDate) {
        return businessDate.withDayOfMonth(1).minusMonths(HISTORY_MONTHS);
    }

    private static List<String> countedBy(String what) {
        return COUNTED_BY.computeIfAbsent(what, OWN::countedBy);
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
            digest.update(List.of(mart.table(), mart.description(), mart.access(), mart.grain(), mart.columns(), query)
                    .toString()
                    .getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Cached, since a run reads it many times; each when it is first asked for, since a query needs only the last. */
    private static final class Own {
        private static final List<Model> MODELS = OWN.models();
        private static final List<Model> LEDGER = OWN.ledger();
    }

    private static final class ToolViews {
        private static final List<Model> VIEWS = OWN.toolViews(Own.MODELS);
    }

    private static final class History {
        private static final List<String> TABLES = OWN.history();
    }
}
