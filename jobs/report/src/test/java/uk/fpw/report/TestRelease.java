package uk.fpw.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.DeliveryState;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.ReleasedAcceptance;
import uk.fpw.layout.ReleasedFeed;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.WithdrawalFile;
import uk.fpw.layout.site.DictionaryInput;
import uk.fpw.layout.site.KeptPages;
import uk.fpw.layout.site.Operations;
import uk.fpw.layout.site.RunRecords;
import uk.fpw.layout.site.SiteRequest;
import uk.fpw.model.ColumnType;
import uk.fpw.model.DuckSql;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.report.dictionary.DictionaryPages;
import uk.fpw.report.page.PageSource;

/** A release that a test writes: the tables of all models, empty unless the test sets rows. */
public final class TestRelease {

    /** All pages except the dictionary, which has a test of its own and takes longer than all others. */
    static final List<PageSource> PAGES = Site.SOURCES.stream()
            .filter(source -> !(source instanceof DictionaryPages))
            .toList();

    private final Path warehouse;
    private final LocalDate businessDate;
    private final Map<String, String> rows = new LinkedHashMap<>();
    private final Set<String> missing = new HashSet<>();
    private final List<ReleasedFeed> feeds = new ArrayList<>();
    private final List<Operations.Account> accounts = new ArrayList<>();
    private final List<Operations.Finding> findings = new ArrayList<>();
    private final List<Operations.Load> loads = new ArrayList<>();
    private final List<Operations.LeftOut> leftOut = new ArrayList<>();
    private final List<Operations.Month> months = new ArrayList<>();
    private final List<ReleasedAcceptance> acceptances = new ArrayList<>();
    private DictionaryInput dictionary = DictionaryInput.UNKNOWN;
    private RunRecords runs = RunRecords.NONE;
    private @Nullable WithdrawalFile withdrawal;
    private @Nullable String readers;
    private String force = "Test Police";
    private @Nullable String definitions;

    private TestRelease(Path warehouse, LocalDate businessDate) {
        this.warehouse = warehouse;
        this.businessDate = businessDate;
    }

    /** A release of that date in that warehouse folder. */
    public static TestRelease of(Path warehouse, String businessDate) {
        return new TestRelease(warehouse, LocalDate.parse(businessDate));
    }

    /** The rows of a table, as a query; columns that it does not name are null. */
    public TestRelease with(String table, String query) {
        rows.put(table, query);
        return this;
    }

    /** What the force defines, by table, as JSON. */
    TestRelease defined(String json) {
        definitions = json;
        return this;
    }

    /** Leaves a table out, as a release of an older version does. */
    public TestRelease without(String table) {
        missing.add(table);
        return this;
    }

    /** A feed that is complete to that date. */
    public TestRelease feed(String name, String completeTo) {
        return feed(name, completeTo, 0);
    }

    /** A feed that is complete to that date and has held rows. */
    public TestRelease feed(String name, String completeTo, long heldCount) {
        feeds.add(new ReleasedFeed(name, LocalDate.parse(completeTo), businessDate, null, heldCount));
        return this;
    }

    /** A feed that is complete to that date, and is not missing. */
    public TestRelease feed(String name, String completeTo, DeliveryState delivery) {
        LocalDate date = LocalDate.parse(completeTo);
        feeds.add(new ReleasedFeed(name, date, date, delivery, 0));
        return this;
    }

    /** Where the rows of each feed went. */
    public TestRelease accounts(Operations.Account... rows) {
        accounts.addAll(List.of(rows));
        return this;
    }

    /** The latest load of each feed. */
    TestRelease loads(Operations.Load... latest) {
        loads.addAll(List.of(latest));
        return this;
    }

    /** Rows that are not in the figures. */
    TestRelease leftOut(Operations.LeftOut... rows) {
        leftOut.addAll(List.of(rows));
        return this;
    }

    /** What became of rows by month. */
    TestRelease months(Operations.Month... rows) {
        months.addAll(List.of(rows));
        return this;
    }

    /** What the force folder says. */
    TestRelease folder(DictionaryInput input) {
        dictionary = input;
        return this;
    }

    /** What the latest runs did. */
    TestRelease runs(RunRecords records) {
        runs = records;
        return this;
    }

    /** A test's finding in a run of that date, with a number of rows. */
    TestRelease finding(String date, String table, String code, long count) {
        return finding(date, table, code, count, null);
    }

    /** The same, with the number of which these are a part. */
    TestRelease finding(String date, String table, String code, long count, @Nullable Long of) {
        findings.add(new Operations.Finding(LocalDate.parse(date), table, code, "warning", count, of));
        return this;
    }

    /** A limit that was accepted for it. */
    TestRelease accepted(ReleasedAcceptance acceptance) {
        acceptances.add(acceptance);
        return this;
    }

    /** Withdraws it on the day after its date. */
    TestRelease withdrawn(String by, String reason) {
        Instant at = Instant.parse(businessDate.plusDays(1) + "T09:00:00Z");
        withdrawal = new WithdrawalFile(ReleaseId.of(businessDate + ".1"), at, by, reason);
        return this;
    }

    /** The name of the force. */
    public TestRelease force(String name) {
        force = name;
        return this;
    }

    /** The group that may read its pages. */
    TestRelease readers(String group) {
        readers = group;
        return this;
    }

    /** A row of a table on a page. */
    static String row(String... values) {
        return Arrays.stream(values)
                .map(value -> (value.length() > 100 ? "<td class=\"long\">" : "<td>") + value + "</td>\n")
                .collect(Collectors.joining("", "<tr>\n", "</tr>"));
    }

    /** Writes it; returns a request for its pages in that folder. */
    public SiteRequest write(Path into) throws IOException, SQLException {
        ReleaseId id = ReleaseId.of(businessDate, 1);
        WarehouseFolder folder = new WarehouseFolder(warehouse);
        Files.createDirectories(folder.release(id).path());
        Files.createDirectories(folder.data());
        List<ReleaseFile.Table> tables = new ArrayList<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            for (Model model : Models.all()) {
                if (!missing.contains(model.table())) {
                    tables.add(table(model, folder, statement));
                }
            }
        }
        ReleaseFile file = new ReleaseFile(
                        new ReleaseFile.Made(id, businessDate, Instant.parse("2016-01-13T05:00:00Z")),
                        new ReleaseFile.Owner("test", force, ZoneId.of("Europe/London")),
                        new ReleaseFile.Versions("0.1.0", "f", null, "d"),
                        feeds,
                        tables)
                .withAcceptances(acceptances);
        Files.write(folder.release(id).releaseFile(), definitions == null ? file.toJson() : withDefinitions(file));
        if (withdrawal != null) {
            Files.write(folder.release(id).withdrawalMark(), withdrawal.toJson());
        }
        return new SiteRequest(
                warehouse,
                id,
                into,
                new SiteRequest.Audience(readers),
                new SiteRequest.Timeliness("07:00 on Thursday 14 January 2016", null),
                List.of(),
                new Operations(loads, accounts, findings, leftOut, months, runs),
                dictionary,
                KeptPages.apart(LocalDate.of(2016, 1, 13)));
    }

    /** The same file with definitions, and the checksum of that. */
    private byte[] withDefinitions(ReleaseFile file) {
        String checksum = "(\"checksum\" : \")[0-9a-f]{8}";
        String json = ("{ \"definitions\" : " + definitions + ", "
                        + new String(file.toJson(), StandardCharsets.UTF_8).substring(1))
                .replaceFirst(checksum, "$100000000");
        CRC32 crc32 = new CRC32();
        crc32.update(json.getBytes(StandardCharsets.UTF_8));
        return json.replaceFirst(checksum, "$1" + String.format(Locale.ROOT, "%08x", crc32.getValue()))
                .getBytes(StandardCharsets.UTF_8);
    }

    private ReleaseFile.Table table(Model model, WarehouseFolder folder, Statement statement) throws SQLException {
        List<ReleaseFile.Column> columns = model.columns().stream()
                .map(column ->
                        new ReleaseFile.Column(column.name(), column.type().word(), column.comment()))
                .toList();
        String query = rows.get(model.table());
        if (query == null) {
            return new ReleaseFile.Table(model.table(), model.description(), 0, "d", columns, List.of());
        }
        Path file = folder.data().resolve(model.name() + ".parquet");
        String nothing = model.columns().stream()
                .map(column -> "cast(null as " + type(column.type()) + ") as " + DuckSql.name(column.name()))
                .collect(Collectors.joining(", "));
        statement.execute("copy (select * from (select " + nothing + " where false) union all by name (" + query
                + ")) to " + DuckSql.text(file.toString()) + " (format parquet)");
        return new ReleaseFile.Table(
                model.table(), model.description(), 1, "d", columns, List.of("data/" + file.getFileName()));
    }

    private static String type(ColumnType type) {
        return switch (type) {
            case TEXT -> "varchar";
            case TIMESTAMP -> "timestamptz";
            case MAP -> "map(varchar, varchar)";
            default -> type.word();
        };
    }
}
