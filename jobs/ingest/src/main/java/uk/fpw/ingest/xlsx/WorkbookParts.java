package uk.fpw.ingest.xlsx;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.file.FeedFile;
import uk.fpw.warehouse.failure.FpwException;

/** The parts of a workbook. All are decompressed once within limits before any is read into memory. */
final class WorkbookParts implements AutoCloseable {

    /** Limit for parts other than sheets: shared texts, styles and names are read into memory. */
    private static final long MAX_PART_BYTES = 64L << 20;

    /** Sheets are XML, which is compressed to a tenth to a thirtieth; zeros are compressed to a thousandth. */
    private static final long MAX_RATIO = 200;

    private static final int MAX_PARTS = 10_000;

    /** Encodings in which an ASCII character is one byte that does not occur in other characters. */
    private static final Set<String> ENCODINGS = Set.of("UTF-8", "US-ASCII", "ISO-8859-1", "WINDOWS-1252");

    private static final String SHEET = "worksheet+xml";
    private static final String SHARED_TEXTS = "sharedStrings+xml";
    private static final String STYLES = "spreadsheetml.styles+xml";
    private static final String WORKBOOK = "spreadsheetml.sheet.main+xml";
    private static final String WORKBOOK_WITH_MACROS = "sheet.macroEnabled.main+xml";
    private static final String REMEDY = "check what the source delivered, and replace it with a complete workbook";

    private final FeedFile file;
    private final ZipFile zip;
    private final long size;
    private final Map<String, String> types = new HashMap<>();
    private String workbook = "xl/workbook.xml";
    private int sharedTexts;
    private boolean hasStaleResults;

    private WorkbookParts(FeedFile file, ZipFile zip, long size) {
        this.file = file;
        this.zip = zip;
        this.size = size;
    }

    /**
     * Opens a workbook and decompresses all of it once.
     *
     * @throws FpwException with {@code BAD_DATA} if it is not a workbook, is damaged or too large when decompressed
     */
    static WorkbookParts open(FeedFile file) {
        WorkbookParts opened = null;
        try {
            refuseOtherKinds(file);
            opened = new WorkbookParts(file, new ZipFile(file.path().toFile()), Files.size(file.path()));
            opened.check();
            return opened;
        } catch (IOException | XMLStreamException failed) {
            close(opened);
            throw failure(file, failed);
        } catch (RuntimeException | Error failed) {
            close(opened);
            throw failed;
        }
    }

    /** Whether it has a part with number formats. */
    boolean hasStyles() {
        return types.containsValue(STYLES);
    }

    /** Number of shared texts. */
    int sharedTexts() {
        return sharedTexts;
    }

    /** Whether Excel is told to recompute all formulas on opening, because stored results are missing or outdated. */
    boolean hasStaleResults() {
        return hasStaleResults;
    }

    /** A reader for the sheet with an id in the workbook; null if there is none. */
    @Nullable
    XMLStreamReader sheet(String id) throws IOException, XMLStreamException {
        String folder = workbook.substring(0, workbook.lastIndexOf('/') + 1);
        ZipEntry relations = entry(relations());
        if (relations == null) {
            return null;
        }
        String target = null;
        try (InputStream in = zip.getInputStream(relations)) {
            XMLStreamReader xml = xml(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamReader.START_ELEMENT && id.equals(xml.getAttributeValue(null, "Id"))) {
                    target = xml.getAttributeValue(null, "Target");
                }
            }
        }
        ZipEntry sheet = target == null ? null : entry(target.startsWith("/") ? target.substring(1) : folder + target);
        return sheet == null || !SHEET.equals(types.get(sheet.getName().toLowerCase(Locale.ROOT)))
                ? null
                : xml(zip.getInputStream(sheet));
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException ignored) {
            // Nothing is lost, since it was only read.
        }
    }

    /**
     * The failure for a storage error or invalid content. The library wraps errors in the XML, and its messages may
     * contain values and are not shown.
     */
    static FpwException failure(FeedFile file, Exception failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            boolean isXml = cause instanceof XMLStreamException;
            if (isXml || cause instanceof ZipException || cause instanceof EOFException) {
                return file.badData(
                        "",
                        "the workbook is damaged or truncated (for example because it is still being copied): "
                                + (isXml ? "its XML" : "its zip directory or content") + " is corrupt",
                        REMEDY);
            }
        }
        return FpwException.unavailable(
                file.path() + ": cannot be read: " + failed.getMessage() + "; check the storage and run again", failed);
    }

    private void check() throws IOException, XMLStreamException {
        ZipEntry contents = entry("[Content_Types].xml");
        if (contents == null) {
            throw file.badData("", "the content is a zip archive but not a workbook (xlsx)", REMEDY);
        }
        unpack(contents, MAX_PART_BYTES, true);
        readTypes(contents);
        Set<String> read = new HashSet<>(types.keySet());
        read.add(workbook.toLowerCase(Locale.ROOT));
        read.add(relations().toLowerCase(Locale.ROOT));
        Set<String> names = new HashSet<>();
        long sheetLimit = Math.max(MAX_PART_BYTES, MAX_RATIO * size);
        for (ZipEntry entry : zip.stream().toList()) {
            String name = entry.getName().toLowerCase(Locale.ROOT);
            if (!names.add(name) || names.size() > MAX_PARTS) {
                throw damaged("it contains a part twice, or more than " + MAX_PARTS);
            }
            String type = types.getOrDefault(name, "");
            unpack(entry, type.equals(SHEET) ? sheetLimit : MAX_PART_BYTES, read.contains(name));
            if (type.equals(SHARED_TEXTS)) {
                countTexts(entry);
            }
        }
        readCalculation();
    }

    private void readCalculation() throws IOException, XMLStreamException {
        ZipEntry entry = entry(workbook);
        if (entry == null) {
            return;
        }
        try (InputStream in = zip.getInputStream(entry)) {
            XMLStreamReader xml = xml(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamReader.START_ELEMENT
                        && xml.getLocalName().equals("calcPr")) {
                    String atLoad = xml.getAttributeValue(null, "fullCalcOnLoad");
                    hasStaleResults = "1".equals(atLoad) || "true".equals(atLoad);
                }
            }
        }
    }

    private void readTypes(ZipEntry contents) throws IOException, XMLStreamException {
        try (InputStream in = zip.getInputStream(contents)) {
            XMLStreamReader xml = xml(in);
            while (xml.hasNext()) {
                if (xml.next() != XMLStreamReader.START_ELEMENT) {
                    continue;
                }
                String part = xml.getAttributeValue(null, "PartName");
                String type = xml.getAttributeValue(null, "ContentType");
                if (part == null || type == null) {
                    continue;
                }
                String name = part.startsWith("/") ? part.substring(1) : part;
                boolean isWorkbook = type.endsWith(WORKBOOK) || type.endsWith(WORKBOOK_WITH_MACROS);
                String known = isWorkbook ? WORKBOOK : "";
                for (String other : new String[] {SHEET, SHARED_TEXTS, STYLES}) {
                    known = type.endsWith(other) ? other : known;
                }
                // The library would use one of them, perhaps not the one examined here.
                boolean isSecond = !known.isEmpty() && !known.equals(SHEET) && types.containsValue(known);
                if (isSecond || types.put(name.toLowerCase(Locale.ROOT), known) != null) {
                    throw damaged("it declares a part twice");
                }
                workbook = isWorkbook ? name : workbook;
            }
        }
        types.values().removeIf(String::isEmpty);
    }

    /** The part with the files of the sheets. */
    private String relations() {
        int slash = workbook.lastIndexOf('/') + 1;
        return workbook.substring(0, slash) + "_rels/" + workbook.substring(slash) + ".rels";
    }

    private void unpack(ZipEntry entry, long limit, boolean isRead) throws IOException, XMLStreamException {
        XmlLimits bounds = new XmlLimits();
        byte[] buffer = new byte[1 << 16];
        long unpacked = 0;
        CRC32 checksum = new CRC32();
        try (InputStream in = zip.getInputStream(entry)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                unpacked += read;
                checksum.update(buffer, 0, read);
                if (unpacked > limit) {
                    throw file.badData(
                            "",
                            "a part of the workbook uncompresses to more than " + (limit >> 20)
                                    + " MiB, from a file of "
                                    + size + " bytes",
                            "check what the source delivered; use csv or parquet "
                                    + "for a workbook with this many different texts");
                }
                if (isRead && !bounds.accept(buffer, read)) {
                    throw damaged("a part contains a text or an element of more than " + (XmlLimits.MAX_BYTES >> 20)
                            + " MiB, or is not in UTF-8");
                }
            }
        }
        if (checksum.getValue() != entry.getCrc()) {
            throw new ZipException("a checksum that differs from the directory");
        }
        if (isRead) {
            refuseOtherEncodings(entry);
        }
    }

    private void refuseOtherEncodings(ZipEntry entry) throws IOException, XMLStreamException {
        try (InputStream in = zip.getInputStream(entry)) {
            String encoding = xml(in).getCharacterEncodingScheme();
            if (encoding != null && !ENCODINGS.contains(encoding.toUpperCase(Locale.ROOT))) {
                throw damaged("a part is not in UTF-8");
            }
        }
    }

    private FpwException damaged(String how) {
        return file.badData("", "the workbook is damaged: " + how, REMEDY);
    }

    private void countTexts(ZipEntry entry) throws IOException, XMLStreamException {
        try (InputStream in = zip.getInputStream(entry)) {
            XMLStreamReader xml = xml(in);
            int length = 0;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamReader.START_ELEMENT && xml.getLocalName().equals("si")) {
                    sharedTexts++;
                    length = 0;
                } else if (event == XMLStreamReader.CHARACTERS || event == XMLStreamReader.CDATA) {
                    length += xml.getTextLength();
                }
                if (length > SheetScan.MAX_TEXT) {
                    throw damaged("it contains a text that is longer than a cell allows");
                }
            }
        }
    }

    private @Nullable ZipEntry entry(String name) {
        ZipEntry exact = zip.getEntry(name);
        return exact != null
                ? exact
                : zip.stream()
                        .filter(entry -> entry.getName().equalsIgnoreCase(name))
                        .findFirst()
                        .orElse(null);
    }

    private static void refuseOtherKinds(FeedFile file) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file.path())) {
            start = in.readNBytes(8);
            if (start.length == 0) {
                throw file.badData("", "the file is empty (0 bytes)", REMEDY);
            }
            if (start[0] == (byte) 0xd0 && start[1 % start.length] == (byte) 0xcf) {
                boolean isEncrypted =
                        new String(in.readNBytes(1 << 20), StandardCharsets.UTF_16LE).contains("EncryptedPackage");
                throw file.badData(
                        "",
                        isEncrypted
                                ? "the workbook is encrypted with a password"
                                : "the content is a workbook in the old Excel format (xls), regardless of its name",
                        isEncrypted
                                ? "ask the source to deliver it without a password, over a protected channel"
                                : "ask the source to save it as xlsx");
            }
        }
        if (start[0] != 'P' || start.length < 2 || start[1] != 'K') {
            throw file.badData(
                    "",
                    "the content is not a workbook (xlsx), regardless of its name",
                    "check what the source delivered; if it is text, remove format.kind");
        }
    }

    private static XMLStreamReader xml(InputStream in) throws XMLStreamException {
        XMLInputFactory factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory.createXMLStreamReader(in);
    }

    private static void close(@Nullable WorkbookParts opened) {
        if (opened != null) {
            opened.close();
        }
    }
}
