package uk.fpw.profile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import uk.fpw.ingest.file.FeedFile;
import uk.fpw.ingest.xlsx.WorkbookPreview;
import uk.fpw.ingest.xlsx.WorkbookPreview.RowPreview;
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
                    "no sheet has a row with a different name for each column that the rows below it use",
                    "ask the source for a table with one such row, and without names in merged cells or in two rows");
        }
        SheetPreview sheet = sheets.stream()
                .filter(each -> each.name().equals(proposed.name()))
                .findFirst()
                .orElseThrow();
        RowPreview header = sheet.first().get(proposed.rowsAbove());
        List<Integer> places = List.copyOf(header.texts().keySet());
        List<String> names = List.copyOf(header.texts().values());
        ProfiledFile.requireHeader(
                path,
                "row " + header.number(),
                names,
                sheet.first().subList(proposed.rowsAbove() + 1, sheet.first().size()).stream()
                        .map(row -> places.stream()
                                .map(place -> row.texts().getOrDefault(place, ""))
                                .toList())
                        .toList(),
                hasHeader);
        Set<String> nullMarkers = new TreeSet<>(proposed.totals());
        nullMarkers.add("");
        Map<String, Object> options = new TreeMap<>(Map.of(
                "sheet", proposed.name(),
                "header_row", proposed.headerRow(),
                "null_markers", List.copyOf(nullMarkers)));
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
