package uk.fpw.warehouse.force.connection;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.EmbeddedDatabase;

/**
 * Decides which JDBC URLs a force folder may contain. Driver settings can run code, read files and write logs (H2's
 * {@code INIT}, PostgreSQL's {@code socketFactory}), and the author of a folder is not trusted with that. Each driver
 * has a list of harmless settings, and all others are rejected. Values are never shown, since they may be secrets.
 */
public final class DatabaseUrl {

    /** What is wrong with a URL, and how to fix it. */
    public record Problem(String problem, String remedy) {}

    private static final String HOST = "(?:[A-Za-z0-9][A-Za-z0-9._-]*|\\[[0-9A-Fa-f:.]+])";
    private static final String HOST_AND_PORT = HOST + "(?::[0-9]{1,5})?";
    private static final String NAME = "[A-Za-z0-9_$.-]+";

    /** A setting name that may be shown in a message; anything else might be a secret in the wrong place. */
    private static final Pattern SETTING_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_. -]{0,40}");

    private static final List<String> H2_SETTINGS = List.of(
            "MODE",
            "DATABASE_TO_LOWER",
            "DATABASE_TO_UPPER",
            "CASE_INSENSITIVE_IDENTIFIERS",
            "DEFAULT_NULL_ORDERING",
            "AUTO_SERVER",
            "WRITE_DELAY",
            "CACHE_SIZE",
            "LOCK_TIMEOUT");

    private static final Pattern WRITE_DELAY = Pattern.compile(";WRITE_DELAY=([^;]*)", Pattern.CASE_INSENSITIVE);

    /**
     * Published rows repeat few values, and compression reduces them to a third, including what is written and synced.
     * A trace file beside the database would contain statements with their values.
     */
    private static final String COMPRESSED_WITHOUT_TRACE = ";COMPRESS=TRUE;TRACE_LEVEL_FILE=0";

    private static final Pattern AUTO_SERVER = Pattern.compile(";AUTO_SERVER=[^;]*", Pattern.CASE_INSENSITIVE);

    private static final Form POSTGRESQL = new Form(
            "jdbc:postgresql:",
            "//" + HOST_AND_PORT + "(?:," + HOST_AND_PORT + ")*/" + NAME,
            "jdbc:postgresql://host:5432/database",
            '?',
            '&',
            "[^&]*",
            List.of(
                    "ApplicationName",
                    "assumeMinServerVersion",
                    "channelBinding",
                    "connectTimeout",
                    "currentSchema",
                    "gssEncMode",
                    "hostRecheckSeconds",
                    "loadBalanceHosts",
                    "loginTimeout",
                    "prepareThreshold",
                    "readOnly",
                    "socketTimeout",
                    "ssl",
                    "sslcert",
                    "sslkey",
                    "sslmode",
                    "sslNegotiation",
                    "sslrootcert",
                    "targetServerType",
                    "tcpKeepAlive"),
            false);

    /** The embedded database of a warehouse: a file, served to other processes by the one that opened it first. */
    private static final Form H2_FILE = new Form(
            "jdbc:h2:", "file:/[^;]*", "jdbc:h2:file:/path/of/database", ';', ';', "[A-Za-z0-9_]+", H2_SETTINGS, true);

    /** A database of the demonstration or of a test. */
    private static final Form H2_SOURCE = new Form(
            "jdbc:h2:",
            "file:/[^;]*|tcp://" + HOST + ":[0-9]{1,5}/[A-Za-z0-9_$./~-]+",
            "jdbc:h2:file:/path/of/database or jdbc:h2:tcp://host:port/name",
            ';',
            ';',
            "[A-Za-z0-9_]+",
            H2_SETTINGS,
            true);

    private static final Form SQL_SERVER = new Form(
            "jdbc:sqlserver:",
            "//" + HOST + "(?:\\\\[A-Za-z0-9_$]+)?(?::[0-9]{1,5})?",
            "jdbc:sqlserver://host:1433;databaseName=name",
            ';',
            ';',
            "[^;{}]*",
            List.of(
                    "applicationIntent",
                    "applicationName",
                    "database",
                    "databaseName",
                    "encrypt",
                    "hostNameInCertificate",
                    "loginTimeout",
                    "multiSubnetFailover",
                    "socketTimeout",
                    "trustServerCertificate"),
            true);

    private static final Form ORACLE = new Form(
            "jdbc:oracle:",
            "thin:@(?:(?:tcps?:)?//)?" + HOST_AND_PORT + "(?:/" + NAME + "|:" + NAME + ")",
            "jdbc:oracle:thin:@//host:1521/service",
            '?',
            '&',
            "",
            List.of(),
            false);

    private static final List<String> MYSQL_SETTINGS = List.of(
            "characterEncoding",
            "connectTimeout",
            "requireSSL",
            "serverTimezone",
            "socketTimeout",
            "sslMode",
            "useSSL");

    private static final List<Form> SOURCES = List.of(
            POSTGRESQL,
            H2_SOURCE,
            SQL_SERVER,
            ORACLE,
            new Form(
                    "jdbc:mysql:",
                    "//" + HOST_AND_PORT + "/" + NAME,
                    "jdbc:mysql://host:3306/database",
                    '?',
                    '&',
                    "[^&]*",
                    MYSQL_SETTINGS,
                    false),
            new Form(
                    "jdbc:mariadb:",
                    "//" + HOST_AND_PORT + "/" + NAME,
                    "jdbc:mariadb://host:3306/database",
                    '?',
                    '&',
                    "[^&]*",
                    MYSQL_SETTINGS,
                    false),
            // Untested drivers: only the location, no settings.
            new Form(
                    "jdbc:",
                    "[a-z0-9]+://" + HOST_AND_PORT + "(?:/" + NAME + ")?",
                    "jdbc:driver://host:port/database",
                    '?',
                    '&',
                    "",
                    List.of(),
                    false));

    private static final List<Form> STORAGE = List.of(POSTGRESQL, H2_FILE);

    private DatabaseUrl() {}

    /** What is wrong with the URL of a database that feeds read; null if it is acceptable. */
    public static @Nullable Problem problemOfSource(String url) {
        return problem(url, SOURCES);
    }

    /** What is wrong with the URL of a warehouse's own database; null if it is acceptable. */
    public static @Nullable Problem problemOfStorage(String url) {
        Problem problem = problem(url, STORAGE);
        if (problem == null && url.startsWith(H2_FILE.prefix) && writesLater(url)) {
            return new Problem(
                    "has a WRITE_DELAY other than 0, by which a killed process could undo a release that readers had "
                            + "already seen",
                    "remove it; WRITE_DELAY=0 is set without it");
        }
        return problem;
    }

    /**
     * The URL of a warehouse's own database, with {@code WRITE_DELAY=0} if it is embedded. Otherwise H2 would keep
     * commits in memory for up to half a second.
     */
    public static String writingEachCommit(String url) {
        return url.startsWith(H2_FILE.prefix + "file:")
                        && !WRITE_DELAY.matcher(url).find()
                ? url + ";WRITE_DELAY=0"
                : url;
    }

    /**
     * The URL with which programs open a warehouse's own database. For an embedded database this adds ordered writes,
     * compression and no trace file; if this process may not write to its file, for example on a read-only disk, it is
     * also not served to other processes.
     */
    public static String opening(String url) {
        if (!url.startsWith(H2_FILE.prefix + "file:")) {
            return url;
        }
        Path file = EmbeddedDatabase.file(
                url.substring((H2_FILE.prefix + "file:").length()).split(";", 2)[0]);
        return Files.exists(file) && !Files.isWritable(file)
                ? AUTO_SERVER.matcher(url).replaceAll("") + ";ACCESS_MODE_DATA=r"
                : OrderedDatabaseFile.url(url) + COMPRESSED_WITHOUT_TRACE;
    }

    /** The URL as in {@code force.yml}, from one with which a database was opened. */
    public static String plain(String url) {
        return url.startsWith(H2_FILE.prefix)
                ? OrderedDatabaseFile.plainUrl(url).replace(COMPRESSED_WITHOUT_TRACE, "")
                : url;
    }

    private static boolean writesLater(String url) {
        Matcher given = WRITE_DELAY.matcher(url);
        return given.find() && !given.group(1).equals("0");
    }

    /**
     * The setting {@code requireAuth} of PostgreSQL's driver for a URL: passwords are never sent in plain text, only by
     * challenge-response, unless the URL makes the driver verify the server's identity.
     */
    public static String requireAuth(String url) {
        return url.matches(".*[?&]sslmode=verify-full(&.*)?") ? "" : "!password";
    }

    private static @Nullable Problem problem(String url, List<Form> forms) {
        for (Form form : forms) {
            if (url.startsWith(form.prefix)) {
                return form.problem(url);
            }
        }
        return new Problem(
                "is a URL of an unsupported kind",
                "write " + forms.get(0).example + ", as described in docs/force-folder.md");
    }

    /**
     * The URL syntax of one driver.
     *
     * @param prefix prefix of the URLs
     * @param place pattern of the part between prefix and settings: host, port, database, or a file
     * @param begin the character before the first setting
     * @param separator the character between two settings
     * @param value pattern of a setting's value
     * @param settings allowed settings
     * @param anyCase whether the driver's settings are case-insensitive
     */
    private record Form(
            String prefix,
            String place,
            String example,
            char begin,
            char separator,
            String value,
            List<String> settings,
            boolean anyCase) {

        @Nullable
        Problem problem(String url) {
            int end = url.indexOf(begin);
            String location = end < 0 ? url : url.substring(0, end);
            Matcher whole =
                    Pattern.compile(Pattern.quote(prefix) + "(?:" + place + ")").matcher(location);
            if (!whole.matches() || url.chars().anyMatch(Character::isISOControl)) {
                return new Problem("is not a URL of the form " + example, "use this form");
            }
            Set<String> seen = new HashSet<>();
            String[] given = end < 0 ? new String[0] : url.substring(end + 1).split(String.valueOf(separator), -1);
            for (String setting : given) {
                int equals = setting.indexOf('=');
                String name = equals < 0 ? "" : setting.substring(0, equals);
                if (!isAllowed(name)) {
                    return new Problem(
                            "has " + shown(name) + ", which a force folder may not set",
                            settings.isEmpty()
                                    ? "remove it; a URL of this driver has no settings"
                                    : "remove it; allowed settings are " + String.join(", ", settings));
                }
                if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                    return new Problem("has the setting '" + name + "' twice", "keep one of them");
                }
                if (!setting.substring(equals + 1).matches(value)) {
                    return new Problem(
                            "has a value of the setting '" + name + "' with characters that are not allowed",
                            "use letters and digits");
                }
            }
            return null;
        }

        private boolean isAllowed(String name) {
            return settings.stream()
                    .anyMatch(setting -> anyCase ? setting.equalsIgnoreCase(name) : setting.equals(name));
        }

        private static String shown(String name) {
            return SETTING_NAME.matcher(name).matches()
                    ? "the setting '" + name + "'"
                    : "something that is not a " + "setting";
        }
    }
}
