package uk.fpw.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import uk.fpw.ingest.file.CsvFormat;

/** What a draft says of where and how its source is read. */
final class OriginDraft {

    static final Pattern FILE_DATE =
            Pattern.compile("(?<!\\d)(\\d{4}-[01]\\d-[0-3]\\d|20\\d\\d[01]\\d[0-3]\\d)(?!\\d)");

    private OriginDraft() {}

    /** The lines from {@code file} or {@code table} to {@code extract}. */
    static String of(SourceProfile profile) {
        StringBuilder yaml = new StringBuilder();
        CsvFormat format = profile.format();
        ProposedSheet sheet = profile.sheet();
        if (profile.isTable()) {
            yaml.append("table: ").append(ProfileText.quoted(profile.source())).append('\n');
            yaml.append("extract: full    # DECIDE: or changes, with a cursor and reconcile, if the table is too large "
                    + "to be read every night\n");
            return yaml.toString();
        }
        Matcher date = FILE_DATE.matcher(profile.source());
        boolean isDated = date.find();
        yaml.append("file: ")
                .append(ProfileText.quoted(
                        isDated
                                ? date.replaceFirst(date.group(1).contains("-") ? "{date}" : "{date:yyyyMMdd}")
                                : profile.source()));
        yaml.append(isDated ? "    # DECIDE: on which dates there is a file, such as delivery: {days: daily}\n" : "\n");
        List<String> parts = new ArrayList<>();
        if (sheet != null) {
            parts.add("kind: xlsx");
            parts.add("sheet: " + ProfileText.quoted(sheet.name()));
            parts.add("header_row: " + sheet.headerRow());
            if (sheet.headerLines() > 1) {
                parts.add("header_lines: " + sheet.headerLines());
            }
            if (!sheet.ends().isEmpty()) {
                parts.add("ends_before: ["
                        + sheet.ends().stream().map(ProfileText::quoted).collect(Collectors.joining(", ")) + "]");
            }
        } else if (profile.kind() == ProfiledSource.Kind.PARQUET) {
            parts.add("kind: parquet");
        } else if (format != null) {
            text(format, parts);
        }
        Set<String> markers = new TreeSet<>();
        profile.columns().forEach(column -> markers.addAll(column.markers().keySet()));
        if (!markers.isEmpty()) {
            markers.add("");
            parts.add("null_markers: ["
                    + markers.stream().map(ProfileText::quoted).collect(Collectors.joining(", ")) + "]");
        }
        if (!parts.isEmpty()) {
            yaml.append("format: {")
                    .append(String.join(", ", parts))
                    .append(sheet == null ? "}\n" : "}    # DECIDE: " + sheet.described() + "\n");
        }
        yaml.append("extract: full    # DECIDE: or changes, if a file contains only new or changed rows\n");
        return yaml.toString();
    }

    /** What differs from the defaults of a text file. */
    private static void text(CsvFormat format, List<String> parts) {
        if (!format.encoding().name().equals("UTF-8")) {
            parts.add("encoding: " + format.encoding().name());
        }
        if (format.delimiter() != ',') {
            parts.add("delimiter: " + ProfileText.quoted(String.valueOf(format.delimiter())));
        }
        if (format.quote() != '"') {
            parts.add("quote: " + ProfileText.quoted(String.valueOf(format.quote())));
        }
    }
}
