package uk.fpw.nightly;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uk.fpw.nightly.night.Database;
import uk.fpw.nightly.night.Rejection;
import uk.fpw.nightly.night.Rejections;
import uk.fpw.publish.Csv;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.force.ForceFolderException;

@Command(
        name = "rejections",
        description = {
            "Shows what is not in the figures: rows that could not be stored (refused), and rows that break a rule or that no queue takes (excluded).",
            "Of the latest load of each feed and the latest computation, or of those of a business date. Shows no personal value: keys of persons and cases are pseudonyms."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class RejectionsCommand implements Callable<Integer> {

    private static final int EXAMPLES = 3;

    private enum Format {
        table,
        csv,
        json
    }

    @Mixin
    private final ForceOption force = new ForceOption();

    @Option(names = "--feed", paramLabel = "F", description = "Only this feed.")
    private @Nullable String feed;

    @Option(
            names = {"-d", "--date"},
            paramLabel = "D",
            converter = BusinessDate.Converter.class,
            description = "Only this business date. Default: the latest.")
    private @Nullable LocalDate date;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}. A table shows the first " + EXAMPLES
                    + " refused rows of a kind, csv and json show all. Default: table.")
    private Format format = Format.table;

    private final Surroundings surroundings;

    RejectionsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Force.Identity read = force.readIdentity(surroundings);
        String password = Database.password(read.storage(), surroundings.environment());
        List<Rejection> found;
        try (HikariDataSource dataSource = Database.openExisting(read.storage(), password)) {
            found = new Rejections(dataSource, whole()).find(feed, date);
        }
        switch (format) {
            case table -> table(found);
            case csv -> csv(found);
            case json -> json(found);
        }
        return 0;
    }

    /** For the words of its rules; null if the folder has mistakes, which must not hide what was rejected. */
    private @Nullable Force whole() {
        try {
            return ForceFolder.read(force.find(surroundings));
        } catch (ForceFolderException mistaken) {
            return null;
        }
    }

    private void table(List<Rejection> found) {
        PrintStream out = surroundings.out();
        out.println("Refused: rows that could not be stored");
        Map<String, List<Rejection>> kinds = new LinkedHashMap<>();
        for (Rejection row : found) {
            if (row.kind().equals(Rejection.REFUSED)) {
                kinds.computeIfAbsent(
                                row.feed() + " " + row.businessDate() + "  " + row.code()
                                        + (row.field() == null ? "" : " " + row.field()),
                                kind -> new ArrayList<>())
                        .add(row);
            }
        }
        kinds.forEach((kind, rows) -> {
            line("  %s: %,d %s", kind, rows.size(), rows.size() == 1 ? "row" : "rows");
            rows.stream().limit(EXAMPLES).forEach(row -> line("    line %,d: %s", row.line(), row.message()));
        });
        if (kinds.isEmpty()) {
            out.println("  none");
        }
        out.println();
        out.println("Excluded: rows that break a rule, or that no queue takes");
        boolean any = false;
        for (Rejection row : found) {
            if (row.kind().equals(Rejection.EXCLUDED)) {
                any = true;
                line(
                        "  %s %s  %s: %,d %s: %s",
                        row.feed(),
                        row.businessDate(),
                        row.code(),
                        row.rowCount(),
                        row.rowCount() == 1 ? "row" : "rows",
                        row.message());
            }
        }
        if (!any) {
            out.println("  none");
            return;
        }
        out.println();
        line(
                "Each excluded row, of the current release: %s query --force %s \"select feed, code, row_key, reason from core.exclusion order by feed, code, row_key\"",
                surroundings.launcher(), surroundings.shown(force.find(surroundings)));
    }

    private void csv(List<Rejection> found) {
        PrintStream out = surroundings.out();
        out.println(Csv.line(Rejection.COLUMNS));
        found.forEach(row -> out.println(Csv.line(row.values())));
    }

    private void json(List<Rejection> found) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Rejection row : found) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            for (int i = 0; i < Rejection.COLUMNS.size(); i++) {
                Object value = row.values().get(i);
                fields.put(Rejection.COLUMNS.get(i), value instanceof LocalDate day ? day.toString() : value);
            }
            rows.add(fields);
        }
        try {
            surroundings
                    .out()
                    .println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(rows));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("texts and numbers are always JSON", impossible);
        }
    }

    private void line(String format, @Nullable Object... values) {
        surroundings.out().println(String.format(Locale.ROOT, format, values));
    }
}
