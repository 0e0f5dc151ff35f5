package uk.fpw.nightly.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import uk.fpw.layout.file.DurableFiles;

/**
 * Pages of an earlier version, which readers see until it is confirmed who may read the exact ones. Each gets a visible
 * line that says so; nothing else in them changes.
 */
final class EarlierPages {

    private static final String ID = "id=\"earlier-version\"";

    private static final String LINE = "<div class=\"standing warning\" role=\"status\" " + ID
            + "><p><strong>This page was made by an earlier version of the software and is no longer renewed.</strong> "
            + "There are newer pages, which are not shown here because nobody has confirmed yet who may read them. The "
            + "operator of the warehouse finds what to do with fpw status.</p></div>\n";

    /** Where the line comes on a page: after its heading; on one without, at its beginning. */
    private static final List<String> BEFORE = List.of("</header>", "<body>");

    private EarlierPages() {}

    /** Adds the line to each page that does not have it; a page is replaced as a whole. */
    static void mark(Path pages) throws IOException {
        List<Path> found;
        try (Stream<Path> entries = Files.walk(pages)) {
            found = entries.filter(entry -> entry.getFileName().toString().endsWith(".html")
                            && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
        for (Path page : found) {
            String text = Files.readString(page, StandardCharsets.UTF_8);
            if (!text.contains(ID)) {
                replace(page, marked(text));
            }
        }
    }

    private static String marked(String page) {
        for (String before : BEFORE) {
            int at = page.indexOf(before);
            if (at >= 0) {
                int end = at + before.length();
                return page.substring(0, end) + "\n" + LINE
                        + page.substring(end).replaceFirst("^\n", "");
            }
        }
        return LINE + page;
    }

    /** Replaces a page by one that the same people can read, and nobody else while it is written. */
    private static void replace(Path page, String text) throws IOException {
        PosixFileAttributes readers = Files.readAttributes(page, PosixFileAttributes.class);
        Path beside = page.resolveSibling("." + page.getFileName() + ".tmp");
        Files.deleteIfExists(beside);
        Files.createFile(beside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(beside, text, StandardCharsets.UTF_8);
        PosixFileAttributeView view = Files.getFileAttributeView(beside, PosixFileAttributeView.class);
        if (!view.readAttributes().group().equals(readers.group())) {
            view.setGroup(readers.group());
        }
        view.setPermissions(readers.permissions());
        DurableFiles.move(beside, page);
    }
}
