package uk.fpw.ingest.xlsx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A workbook that a test writes as XML, because no library writes what Excel and other programs leave in files. */
public final class TestWorkbook {

    /** Formats that {@code s="..."} of a cell refers to, in order. */
    private static final List<String> FORMATS = List.of(
            "General",
            "dd/mm/yyyy",
            "dd/mm/yyyy\\ hh:mm",
            "00000",
            "&quot;DFU-&quot;0000",
            "0.0%",
            "h:mm",
            "&quot;£&quot;#,##0.00",
            "[h]:mm",
            "000-000",
            "000\\-00\\-0000");

    private final Map<String, String> parts = new LinkedHashMap<>();
    private final List<String> sheets = new ArrayList<>();
    private String workbookProperties = "";
    private String calculation = "";
    private String moreTypes = "";
    private String styleSheet = "";
    private String afterRows = "";
    private String name = "workbook.xml";
    private List<String> sharedTexts = List.of();

    /** Adds a sheet of rows as XML. */
    public TestWorkbook sheet(String name, String... rows) {
        return add(name, "visible", rows);
    }

    TestWorkbook hiddenSheet(String name, String... rows) {
        return add(name, "hidden", rows);
    }

    private TestWorkbook add(String name, String state, String... rows) {
        sheets.add("<sheet name=\"" + name + "\" state=\"" + state + "\" sheetId=\"" + (sheets.size() + 1)
                + "\" r:id=\"rId" + (sheets.size() + 1) + "\"/>");
        parts.put(
                "xl/worksheets/sheet" + sheets.size() + ".xml",
                "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
                        + String.join("", rows) + "</sheetData>" + afterRows + "</worksheet>");
        return this;
    }

    /** XML after the rows of the sheets added from now on. */
    public TestWorkbook afterRows(String xml) {
        afterRows = xml;
        return this;
    }

    /** Name of the main part; newer programs use others, such as {@code workbook22.xml}. */
    TestWorkbook named(String workbook) {
        name = workbook;
        return this;
    }

    TestWorkbook dates1904() {
        workbookProperties = "<workbookPr date1904=\"1\"/>";
        return this;
    }

    /** Declares a part again with another content type. */
    TestWorkbook declared(String part, String type) {
        moreTypes += override(part, type);
        return this;
    }

    /** Replaces the default formats. */
    TestWorkbook styles(String xml) {
        styleSheet = xml;
        return this;
    }

    /** When formulas are computed: {@code calcPr}. */
    TestWorkbook calculation(String xml) {
        calculation = xml;
        return this;
    }

    TestWorkbook sharedTexts(String... items) {
        sharedTexts = List.of(items);
        return this;
    }

    /** A row of text cells without addresses, such as the header. */
    public static String texts(int number, String... texts) {
        StringBuilder row = new StringBuilder("<row r=\"" + number + "\">");
        for (String text : texts) {
            row.append("<c t=\"inlineStr\"><is><t>" + text + "</t></is></c>");
        }
        return row.append("</row>").toString();
    }

    public Path write(Path file) throws IOException {
        StringBuilder types = new StringBuilder();
        StringBuilder relations = new StringBuilder();
        for (int number = 1; number <= sheets.size(); number++) {
            types.append(override("/xl/worksheets/sheet" + number + ".xml", "worksheet"));
            relations.append("<Relationship Id=\"rId" + number + "\" Type=\"worksheet\" Target=\"worksheets/sheet"
                    + number + ".xml\"/>");
        }
        StringBuilder formats = new StringBuilder();
        StringBuilder styles = new StringBuilder();
        for (int index = 0; index < FORMATS.size(); index++) {
            int id = index == 0 ? 0 : 163 + index;
            if (index > 0) {
                formats.append("<numFmt numFmtId=\"" + id + "\" formatCode=\"" + FORMATS.get(index) + "\"/>");
            }
            styles.append("<xf numFmtId=\"" + id + "\"/>");
        }
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            put(
                    zip,
                    "[Content_Types].xml",
                    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                            + override("/xl/" + name, "sheet.main") + override("/xl/styles.xml", "styles")
                            + override("/xl/sharedStrings.xml", "sharedStrings") + types + moreTypes + "</Types>");
            put(
                    zip,
                    "xl/" + name,
                    "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
                            + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/"
                            + "relationships\">"
                            + workbookProperties + "<sheets>" + String.join("", sheets) + "</sheets>" + calculation
                            + "</workbook>");
            put(zip, "xl/_rels/" + name + ".rels", "<Relationships>" + relations + "</Relationships>");
            put(
                    zip,
                    "xl/styles.xml",
                    !styleSheet.isEmpty()
                            ? styleSheet
                            : "<styleSheet><numFmts>" + formats + "</numFmts><cellXfs>" + styles
                                    + "</cellXfs></styleSheet>");
            put(
                    zip,
                    "xl/sharedStrings.xml",
                    "<sst>"
                            + String.join(
                                    "",
                                    sharedTexts.stream()
                                            .map(item -> "<si>" + item + "</si>")
                                            .toList())
                            + "</sst>");
            for (Map.Entry<String, String> part : parts.entrySet()) {
                put(zip, part.getKey(), part.getValue());
            }
        }
        return file;
    }

    private static String override(String part, String type) {
        return "<Override PartName=\"" + part
                + "\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml." + type + "+xml\"/>";
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + text).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
