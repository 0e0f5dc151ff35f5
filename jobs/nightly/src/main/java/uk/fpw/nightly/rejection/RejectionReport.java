package uk.fpw.nightly.rejection;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.file.DurableFiles;
import uk.fpw.model.Csv;
import uk.fpw.nightly.run.Rejections;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.ledger.feed.RefusalLedger;

/**
 * A folder for the owners of the feeds: per owner one CSV file with the rejected rows of its feeds, and a
 * {@code README.txt} that says what to do with them. Contains no value of a row and no key, only the shape of the value
 * at fault.
 */
public final class RejectionReport {

    /** Columns of the CSV files. */
    static final List<String> COLUMNS = List.of(
            "feed",
            "status",
            "file",
            "line_number",
            "business_date",
            "field",
            "code",
            "message",
            "remedy",
            "value_shape",
            "row_count",
            "first_rejected_on",
            "date_count");

    private static final FileAttribute<?> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));
    private static final FileAttribute<?> FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---"));

    private final Map<String, String> owners;
    private final Map<RefusalLedger.Reason, RefusalLedger.Dates> dates;
    private final String heading;
    private final int maxRows;

    /**
     * Creates a report.
     *
     * @param owners owners by name of the feed; a feed without one is in {@code no_owner.csv}
     * @param dates when rows were rejected before, see {@link Rejections#dates}
     * @param heading first line of the README: what was reported
     * @param maxRows most rows listed per feed, code and field
     */
    public RejectionReport(
            Map<String, String> owners,
            Map<RefusalLedger.Reason, RefusalLedger.Dates> dates,
            String heading,
            int maxRows) {
        this.owners = owners;
        this.dates = dates;
        this.heading = heading;
        this.maxRows = maxRows;
    }

    /** Rows of one feed with the same code and field: how many there are, and how many are in the file. */
    private record Kind(
            String feed,
            String status,
            String code,
            @Nullable String field) {}

    private static final class Part {
        private final String owner;
        private final List<Rejection> listed = new ArrayList<>();
        private final Map<Kind, Integer> found = new LinkedHashMap<>();
        private String file = "";

        private Part(String owner) {
            this.owner = owner;
        }
    }

    /**
     * Writes the folder, completely or not at all.
     *
     * @param folder must not exist or be empty
     * @return names of its CSV files; none if nothing was rejected
     * @throws FpwException with {@code CONFIGURATION} if the folder contains files, with {@code UNAVAILABLE} if it
     *     cannot be written
     */
    public List<String> write(List<Rejection> rejections, Path folder) {
        List<Part> parts = parts(rejections);
        Path target = folder.toAbsolutePath().normalize();
        Path temporary = target.resolveSibling("." + target.getFileName() + ".tmp");
        try {
            requireEmpty(target, folder);
            delete(temporary);
            Files.createDirectories(temporary.resolve("..").normalize());
            Files.createDirectory(temporary, FOLDER);
            for (Part part : parts) {
                csv(part, temporary.resolve(part.file));
            }
            text(temporary.resolve("README.txt"), readme(parts));
            Files.deleteIfExists(target);
            DurableFiles.move(temporary, target);
        } catch (IOException failed) {
            throw FpwException.unavailable("cannot write the report to " + folder + ": " + failed.getMessage(), failed);
        }
        return parts.stream().map(part -> part.file).toList();
    }

    private List<Part> parts(List<Rejection> rejections) {
        Map<String, Part> byOwner = new TreeMap<>();
        for (Rejection rejection : rejections) {
            Part part = byOwner.computeIfAbsent(owners.getOrDefault(rejection.feed(), ""), Part::new);
            Kind kind = new Kind(rejection.feed(), rejection.kind(), rejection.code(), rejection.field());
            if (part.found.merge(kind, 1, Integer::sum) <= maxRows) {
                part.listed.add(rejection);
            }
        }
        ReportFiles names = new ReportFiles();
        byOwner.values().forEach(part -> part.file = names.of(part.owner));
        return List.copyOf(byOwner.values());
    }

    private void csv(Part part, Path file) throws IOException {
        try (Writer out = writer(file)) {
            out.write(Csv.BYTE_ORDER_MARK);
            Csv.append(COLUMNS, out);
            for (Rejection row : part.listed) {
                Csv.append(values(row), out);
            }
        }
    }

    private List<@Nullable Object> values(Rejection row) {
        RefusalLedger.Place place = row.place();
        RefusalLedger.Dates rejected = rejected(row);
        return Arrays.asList(
                row.feed(),
                row.kind(),
                place == null ? null : place.file(),
                row.line(),
                row.businessDate(),
                row.field(),
                row.code(),
                row.message(),
                Remedies.of(row),
                place == null ? null : place.valueShape(),
                row.rowCount(),
                rejected == null ? null : rejected.first(),
                rejected == null ? null : rejected.count());
    }

    /** The dates of earlier rejections; null if unknown, as for a row without a readable key and for a load. */
    private RefusalLedger.@Nullable Dates rejected(Rejection row) {
        boolean isRecognised =
                row.kind().equals(Rejection.EXCLUDED) || (row.kind().equals(Rejection.REFUSED) && row.rowKey() != null);
        return isRecognised
                ? dates.get(new RefusalLedger.Reason(row.feed(), row.code(), row.field(), row.rowKey()))
                : null;
    }

    private String readme(List<Part> parts) {
        StringBuilder text = new StringBuilder();
        text.append(heading).append("\n\n").append("""
                OFFICIAL-SENSITIVE. Per owner of feeds one file of the rows that are not in the figures.

                What the owner should do: read 'message' and 'remedy' of each line, find the row by 'file' and
                'line_number', correct it in the source system, and let the next extract bring it. A corrected row
                leaves the next report by itself; nothing has to be reported back. The files show no values: only
                the shape of the one at fault, such as dd/dd/dddd.

                status             failed: nothing of the feed's latest extract was loaded; refused: a row that could
                                   not be stored; repeated: exact duplicates of a row; superseded: rows of whose
                                   key a later version is known; unreadable: values that could not be read, of rows
                                   that were stored without them; excluded: rows that were stored but break a rule or
                                   are not used; ahead: rows with dates in the future only
                row_count          rows that the line is about; empty where it is not known
                first_rejected_on  first business date on which the same row (or, if excluded, a row of the feed) was
                                   rejected for this reason; empty where the row cannot be recognised
                date_count         on how many business dates it was

                """);
        if (parts.isEmpty()) {
            text.append("Nothing was rejected.\n");
        }
        for (Part part : parts) {
            text.append(part.file).append(": ");
            text.append(part.owner.isEmpty() ? "feeds without an owner" : oneLine(part.owner))
                    .append('\n');
            part.found.forEach((kind, lines) -> text.append(String.format(
                    Locale.ROOT,
                    "  %s, %s, %s%s: %s%s%n",
                    kind.feed(),
                    kind.status(),
                    kind.code(),
                    kind.field() == null ? "" : " " + kind.field(),
                    Plural.grouped(lines, "line"),
                    lines > maxRows
                            ? String.format(Locale.ROOT, ", of which the file has the first %,d", maxRows)
                            : "")));
            text.append('\n');
        }
        return text.toString();
    }

    private static String oneLine(String owner) {
        return owner.replaceAll("\\p{Cntrl}+", " ");
    }

    private static void text(Path file, String text) throws IOException {
        try (Writer out = writer(file)) {
            out.write(text);
        }
    }

    private static Writer writer(Path file) throws IOException {
        Files.createFile(file, FILE);
        return Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    }

    private static void requireEmpty(Path target, Path shown) throws IOException {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> entries = Files.list(target)) {
                if (entries.findAny().isEmpty()) {
                    return;
                }
            }
        }
        throw FpwException.configuration("--report: " + shown
                + " exists and is not an empty folder; choose a new one, such as " + shown + "/2016-01-12");
    }

    /** Deletes the folder of a killed attempt, which contains only files. */
    private static void delete(Path folder) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }
}
