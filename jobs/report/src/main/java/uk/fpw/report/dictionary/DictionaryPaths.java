package uk.fpw.report.dictionary;

import java.util.regex.Pattern;

/** Paths of the dictionary's pages, relative to the folder of the site. */
final class DictionaryPaths {

    static final String INDEX = "dictionary/index.html";
    static final String ENTRIES = "dictionary/entries.js";
    static final String READING = "dictionary/reading.html";
    static final String FEEDS = "dictionary/feeds.html";
    static final String RULES = "dictionary/rules.html";
    static final String STANDARDS = "dictionary/standards.html";
    static final String SCHEMES = "dictionary/schemes.html";
    static final String CHANGES = "dictionary/changes.html";
    static final String QUERIES = "dictionary/queries.html";
    static final String PICTURES = "dictionary/pictures.html";

    private static final Pattern TABLE = Pattern.compile("(core|mart|bi|bi_detail)\\.[a-z][a-z0-9_]*");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_]");

    private DictionaryPaths() {}

    /**
     * The page of a table, such as {@code dictionary/mart-queue_daily.html}. Includes the schema, since a table and a
     * view may share a name.
     *
     * @param table qualified name
     */
    static String table(String table) {
        if (!TABLE.matcher(table).matches()) {
            throw new IllegalArgumentException(
                    "'" + table + "' is not the name of a table of core, mart, bi or bi_detail");
        }
        return "dictionary/" + table.replace('.', '-') + ".html";
    }

    /** The page of the columns that begin with that letter. */
    static String columns(String letter) {
        if (!letter.matches("[a-z]")) {
            throw new IllegalArgumentException("no column begins with '" + letter + "'");
        }
        return "dictionary/columns-" + letter + ".html";
    }

    /** Anchor of an entry on its page, such as {@code feed-exhibits}, whatever characters its name contains. */
    static String anchor(String kind, String name) {
        StringBuilder anchor = new StringBuilder(kind).append('-');
        name.codePoints().forEach(character -> {
            String text = Character.toString(character);
            if (PLAIN.matcher(text).matches()) {
                anchor.append(text);
            } else {
                anchor.append('-').append(Integer.toHexString(character)).append('-');
            }
        });
        return anchor.toString();
    }

    /** The anchor as a link. */
    static String at(String page, String kind, String name) {
        return page + "#" + anchor(kind, name);
    }

    /** A path of the site as a link from another page of the dictionary. */
    static String fromHere(String path) {
        return path.startsWith("dictionary/") ? path.substring("dictionary/".length()) : "../" + path;
    }
}
