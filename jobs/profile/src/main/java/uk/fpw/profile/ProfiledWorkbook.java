package uk.fpw.profile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import uk.fpw.ingest.file.FeedFile;
import uk.fpw.ingest.xlsx.WorkbookPreview;
import uk.fpw.ingest.xlsx.WorkbookPreview.SheetPreview;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;

/** A sheet of an Excel workbook, read like in a load; each cell as what it is, a text, number or date. */
final class ProfiledWorkbook {

    private static final String KIND = "xlsx";

    private ProfiledWorkbook() {}

    /**
     * See {@link ProfiledSource#of(Path, boolean)}.
     *
     * @param path real path
     */
    static ProfiledSource of(Path path, boolean hasHeader) {
        List<SheetPreview> sheets = preview(path);
        if (sheets.isEmpty()) {
            throw ProfiledFile.refused(path, "has no visible sheet with a value", "check what the source delivered");
        }
        ProposedSheet proposed = ProposedSheet.of(sheets);
        if (proposed == null) {
            throw ProfiledFile.refused(
                    path,
                    "no sheet has a header of up to three rows with a different name for each column that the rows "
                            + "below it use",
                    "ask the source for a table with one such header");
        }
        SheetPreview sheet = sheets.stream()
                .filter(each -> each.name().equals(proposed.name()))
                .findFirst()
                .orElseThrow();
        SortedMap<Integer, String> header = proposed.names(sheet);
        List<Integer> places = List.copyOf(header.keySet());
        List<String> names = List.copyOf(header.values());
        ProfiledFile.requireHeader(
                path,
                "row " + proposed.headerRow(),
                names,
                sheet.first().stream()
                        .skip(proposed.rowsAbove() + proposed.headerLines())
                        .map(row -> places.stream()
                                .map(place -> row.texts().getOrDefault(place, ""))
                                .toList())
                        .toList(),
                hasHeader);
        Map<String, Object> options = new TreeMap<>(Map.of(
                "sheet", proposed.name(),
                "header_row", proposed.headerRow(),
                "header_lines", proposed.headerLines(),
                "ends_before", List.copyOf(proposed.ends())));
        FeedFile file = new FeedFile(
                ProfiledFile.feed(
                        path,
                        new Origin.Format(KIND, options),
                        names,
                        column -> sheet.timed().get(places.get(column)) ? Feed.Type.LOCAL_TIME : Feed.Type.TEXT),
                path,
                true);
        return new ProfiledSource(
                file.name(),
                ProfiledSource.Kind.WORKBOOK,
                names,
                Collections.nCopies(names.size(), null),
                null,
                proposed,
                Map.of(),
                file::open);
    }

    private static List<SheetPreview> preview(Path path) {
        FeedFile any = new FeedFile(
                ProfiledFile.feed(
                        path,
                        new Origin.Format(KIND, Map.of()),
                        new ArrayList<>(List.of("any")),
                        column -> Feed.Type.TEXT),
                path,
                true);
        try {
            return WorkbookPreview.of(any);
        } catch (FpwException failed) {
            throw failed.exitCode() == ExitCode.BAD_DATA
                    ? FpwException.configuration(String.valueOf(failed.getMessage()), failed)
                    : failed;
        }
    }
}
