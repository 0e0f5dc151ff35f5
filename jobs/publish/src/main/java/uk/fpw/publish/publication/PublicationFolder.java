package uk.fpw.publish.publication;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.file.DurableFiles;
import uk.fpw.model.Csv;
import uk.fpw.publish.export.WorkbookSheet;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.ledger.Publications.Graded;
import uk.fpw.warehouse.store.ledger.Publications.Publication;
import uk.fpw.warehouse.store.ledger.Publications.Row;

/**
 * The folder of a publication: CSV, a workbook, a page and a description, all made from what the ledger says was
 * published. No account, no reason, and nothing of a release but its id.
 */
public final class PublicationFolder {

    private static final List<String> QUEUE_COLUMNS =
            List.of("quarter", "queue", "title", "figure", "cases_or_people", "restated_on");
    private static final List<String> GRADE_COLUMNS = List.of(
            "financial_year",
            "scheme",
            "title",
            "scheme_version",
            "theme",
            "population",
            "selection",
            "grade",
            "cases_or_people",
            "restated_on");

    /** The properties of a workbook have the time at which it was written. */
    private static final String PROPERTIES = "docProps/core.xml";

    private static final Pattern CREATED = Pattern.compile("(<dcterms:created [^>]*>)[^<]*");

    private final Force.Identity force;
    private final List<Publication> publications;
    private final List<String> notices;

    /**
     * @param publications the quarters, at least one, in order
     * @param notices about quarters that may be wrong, see {@link WithdrawnNotices}
     */
    public PublicationFolder(Force.Identity force, List<Publication> publications, List<String> notices) {
        this.force = force;
        this.publications = publications;
        this.notices = notices;
    }

    /**
     * Makes the folder; it is complete or not there.
     *
     * @param target must not exist
     */
    public void write(Path target) {
        Path temporary = target.resolveSibling("." + target.getFileName() + ".tmp");
        try {
            DurableFiles.createDirectories(
                    Objects.requireNonNull(target.toAbsolutePath().getParent()));
            delete(temporary);
            Files.createDirectory(temporary);
            Files.writeString(temporary.resolve("queues.csv"), csv(QUEUE_COLUMNS, queueRows()));
            if (!gradeRows().isEmpty()) {
                Files.writeString(temporary.resolve("grades.csv"), csv(GRADE_COLUMNS, gradeRows()));
            }
            workbook(temporary.resolve("figures.xlsx"));
            Files.writeString(temporary.resolve("index.html"), page());
            Files.write(temporary.resolve("description.json"), description());
            DurableFiles.move(temporary, target);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + target + ": " + failed.getMessage(), failed);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private LocalDate day(Publication publication) {
        return publication.publishedAt().atZone(force.zone()).toLocalDate();
    }

    private @Nullable LocalDate restatedOn(Publication publication) {
        return publication.restatedIn() == null ? null : day(publication);
    }

    private List<List<@Nullable Object>> queueRows() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        forEachRow((publication, row) -> {
            if (row.graded() == null) {
                rows.add(Arrays.asList(
                        row.period(), row.name(), row.title(), row.figure(), row.count(), restatedOn(publication)));
            }
        });
        return rows;
    }

    private List<List<@Nullable Object>> gradeRows() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        forEachRow((publication, row) -> {
            Graded graded = row.graded();
            if (graded != null) {
                rows.add(Arrays.asList(
                        row.period(),
                        row.name(),
                        graded.theme() == null ? row.title() : row.title() + ": " + graded.theme(),
                        (long) graded.version(),
                        graded.theme(),
                        graded.population(),
                        graded.selection(),
                        graded.grade(),
                        row.count(),
                        restatedOn(publication)));
            }
        });
        return rows;
    }

    private void forEachRow(BiConsumer<Publication, Row> reader) {
        publications.forEach(
                publication -> publication.figures().rows().forEach(row -> reader.accept(publication, row)));
    }

    private static String csv(List<String> columns, List<List<@Nullable Object>> rows) {
        return Csv.BYTE_ORDER_MARK
                + Csv.line(columns)
                + rows.stream().map(Csv::line).collect(Collectors.joining());
    }

    private String title() {
        String first = quarter(publications.get(0));
        String last = quarter(publications.get(publications.size() - 1));
        return force.name() + ", " + (first.equals(last) ? first : first + " to " + last);
    }

    private static String quarter(Publication publication) {
        return Quarter.of(publication.figures().quarterStartOn()).toString();
    }

    /** One sentence per quarter: since when it is published, from which release, and whether it was restated. */
    private List<String> quarters() {
        return publications.stream()
                .map(publication -> quarter(publication) + ": "
                        + (publication.restatedIn() == null
                                ? "approved for publication on " + day(publication)
                                : "restated on " + day(publication) + "; these figures replace those published before")
                        + "; from release " + publication.figures().origin().releaseId() + "; "
                        + publication.figures().rows().size() + " of "
                        + publication.figures().plannedCount()
                        + " figures published, the others are left out"
                        + (publication.figures().origin().ruleVersion() == PublicationRule.VERSION
                                ? ""
                                : "; by version "
                                        + publication.figures().origin().ruleVersion()
                                        + " of the rule, which published one theme of a scheme and did not name it"))
                .toList();
    }

    private String marking() {
        return "Approved for publication on "
                + publications.stream()
                        .map(this::day)
                        .max(Comparator.naturalOrder())
                        .orElseThrow();
    }

    private void workbook(Path file) throws IOException {
        Path written = file.resolveSibling("written.xlsx");
        List<WorkbookSheet> sheets = new ArrayList<>();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(written));
                Workbook workbook = new Workbook(out, "fpw", null)) {
            workbook.properties().setTitle(title());
            WorkbookSheet about = WorkbookSheet.add(workbook, "about", List.of(120), 0, marking());
            about.addHeader(List.of(title()));
            about.add(List.of(marking()));
            for (String line : Stream.of(notices, quarters(), PublicationRule.words(), notIn())
                    .flatMap(List::stream)
                    .toList()) {
                about.add(List.of(line));
            }
            about.finish();
            sheets.add(about);
            sheets.add(sheet(workbook, "queues", QUEUE_COLUMNS, queueRows()));
            if (!gradeRows().isEmpty()) {
                sheets.add(sheet(workbook, "grades", GRADE_COLUMNS, gradeRows()));
            }
        }
        copyWithTimeOfApproval(written, sheets, file);
        Files.delete(written);
    }

    /** Copies a workbook as if it had been written when the figures were approved: the same figures, the same bytes. */
    private void copyWithTimeOfApproval(Path workbook, List<WorkbookSheet> sheets, Path file) throws IOException {
        Instant approved = publications.stream()
                .map(Publication::publishedAt)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        try (ZipFile parts = new ZipFile(workbook.toFile());
                ZipOutputStream copy = new ZipOutputStream(Files.newOutputStream(file))) {
            for (ZipEntry part : Collections.list(parts.entries())) {
                byte[] content;
                try (InputStream in = parts.getInputStream(part)) {
                    content = WorkbookSheet.withSize(part.getName(), in, sheets).readAllBytes();
                }
                ZipEntry copied = new ZipEntry(part.getName());
                copied.setTimeLocal(LocalDateTime.ofInstant(approved, force.zone()));
                copy.putNextEntry(copied);
                copy.write(part.getName().equals(PROPERTIES) ? created(content, approved) : content);
                copy.closeEntry();
            }
        }
    }

    private static byte[] created(byte[] properties, Instant approved) {
        return CREATED.matcher(new String(properties, StandardCharsets.UTF_8))
                .replaceFirst("$1" + approved.truncatedTo(ChronoUnit.SECONDS))
                .getBytes(StandardCharsets.UTF_8);
    }

    private WorkbookSheet sheet(Workbook workbook, String name, List<String> columns, List<List<@Nullable Object>> rows)
            throws IOException {
        WorkbookSheet sheet = WorkbookSheet.add(
                workbook, name, columns.stream().map(any -> 24).toList(), 1, marking());
        sheet.addHeader(columns);
        for (List<@Nullable Object> row : rows) {
            sheet.add(row);
        }
        sheet.finishWithFilter(columns.size());
        return sheet;
    }

    private static List<String> notIn() {
        return PublicationRule.notIn().stream()
                .map(line -> "Not included: " + line)
                .toList();
    }

    private byte[] description() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("force", force.code());
        root.put("name", force.name());
        root.put("marking", marking());
        notices.forEach(root.putArray("notices")::add);
        ArrayNode quarters = root.putArray("quarters");
        for (Publication publication : publications) {
            LocalDate restatedOn = restatedOn(publication);
            quarters.addObject()
                    .put("quarter", quarter(publication))
                    .put("start_on", publication.figures().quarterStartOn().toString())
                    .put(
                            "end_on",
                            Quarter.of(publication.figures().quarterStartOn())
                                    .endOn()
                                    .toString())
                    .put("approved_on", day(publication).toString())
                    .put("restated_on", restatedOn == null ? null : restatedOn.toString())
                    .put("edition", publication.edition())
                    .put("release", publication.figures().origin().releaseId().value())
                    .put("force_folder_digest", publication.figures().origin().forceDigest())
                    .put("sources", publication.figures().origin().sources())
                    .put("rule_version", publication.figures().origin().ruleVersion())
                    .put("planned_figures", publication.figures().plannedCount())
                    .put("published_figures", publication.figures().rows().size());
        }
        root.putObject("figures")
                .put(
                        "received",
                        "Cases or people with an item that entered the queue for the first time in the quarter.")
                .put("waiting", "Cases or people with an item waiting in the queue at the end of the quarter.")
                .put(
                        "graded",
                        "Cases or people whose last clear grade in the financial year (from April), for the theme,"
                                + " was this one.");
        root.putObject("columns")
                .put("theme", "The aspect of the cases that was judged; empty if it is not recorded.")
                .put("population", "The cases from which the judged ones were selected; empty if it is not recorded.");
        root.put("rounded_to", PublicationRule.STEP);
        root.put("fewest_published", PublicationRule.FEWEST);
        root.put("fewest_graded_cases", PublicationRule.FEWEST_CASES);
        PublicationRule.words().forEach(root.putArray("rule")::add);
        PublicationRule.notIn().forEach(root.putArray("not_included")::add);
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        return (mapper.writer(printer).writeValueAsString(root) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private String page() {
        StringBuilder page = new StringBuilder("""
                <!DOCTYPE html>
                <html lang="en-GB">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                <title>%1$s</title>
                <style>
                body { font: 1rem/1.5 sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
                table { border-collapse: collapse; margin-bottom: 1rem }
                th, td { border: 1px solid #767676; padding: .2rem .6rem; text-align: left }
                td.count { text-align: right }
                </style>
                </head>
                <body>
                <main>
                <h1>%1$s</h1>
                <p>%2$s</p>
                """.formatted(escaped(title()), escaped(marking())));
        notices.forEach(
                notice -> page.append("<p><strong>").append(escaped(notice)).append("</strong></p>\n"));
        table(page, "Queues", QUEUE_COLUMNS, queueRows());
        table(page, "Grades", GRADE_COLUMNS, gradeRows());
        list(page, "Where the figures come from", quarters());
        list(page, "How counts are rounded and left out", PublicationRule.words());
        list(page, "What is not included", PublicationRule.notIn());
        return page.append("</main>\n</body>\n</html>\n").toString();
    }

    private static void table(
            StringBuilder page, String title, List<String> columns, List<List<@Nullable Object>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        page.append("<h2>").append(title).append("</h2>\n<table>\n<tr>");
        columns.forEach(column -> page.append("<th scope=\"col\">")
                .append(escaped(column.replace('_', ' ')))
                .append("</th>"));
        page.append("</tr>\n");
        for (List<@Nullable Object> row : rows) {
            page.append("<tr>");
            for (Object value : row) {
                page.append(value instanceof Long ? "<td class=\"count\">" : "<td>")
                        .append(value == null ? "" : escaped(value.toString()))
                        .append("</td>");
            }
            page.append("</tr>\n");
        }
        page.append("</table>\n");
    }

    private static void list(StringBuilder page, String title, List<String> lines) {
        page.append("<h2>").append(title).append("</h2>\n<ul>\n");
        lines.forEach(line -> page.append("<li>").append(escaped(line)).append("</li>\n"));
        page.append("</ul>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
