package uk.fpw.warehouse.store.absence;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Texts to search for, in every form in which they may be stored: UTF-8, UTF-16 in either byte order, H2's own
 * encoding, escaped in XML or JSON, and in Base64. Contains personal data, which {@link #toString} does not show.
 */
public final class Needles {

    /** Shorter texts occur by chance, in other texts and in numbers. In bytes of UTF-8. */
    public static final int SHORTEST = 6;

    /**
     * Iceberg's manifests contain the first 16 characters of the smallest and largest text of a column; the last of
     * them is changed in the largest.
     */
    private static final int KEPT_OF_A_BOUND = 15;

    /** Fewer characters of a pseudonym may occur by chance. */
    private static final int SHORTEST_PART = 8;

    /** Fewer characters of Base64 may occur by chance. */
    private static final int SHORTEST_BASE64 = 12;

    private final List<byte[]> patterns;
    private final int tooShortCount;

    private Needles(List<byte[]> patterns, int tooShortCount) {
        this.patterns = patterns;
        this.tooShortCount = tooShortCount;
    }

    /**
     * The forms of some texts.
     *
     * @param texts searched as a whole, such as a value that a source sends
     * @param pseudonyms pseudonyms and item keys ({@code source:pseudonym}); also found where they are truncated
     */
    public static Needles of(Collection<String> texts, Collection<String> pseudonyms) {
        Set<String> searched = new HashSet<>(texts);
        for (String pseudonym : pseudonyms) {
            int begin = pseudonym.lastIndexOf(':') + 1;
            searched.add(cut(pseudonym.substring(begin)));
            if (KEPT_OF_A_BOUND - begin >= SHORTEST_PART) {
                searched.add(cut(pseudonym));
            }
        }
        Set<String> forms = new HashSet<>();
        Set<List<Byte>> seen = new HashSet<>();
        List<byte[]> patterns = new ArrayList<>();
        int tooShort = 0;
        for (String text : searched) {
            if (text.getBytes(StandardCharsets.UTF_8).length < SHORTEST) {
                tooShort++;
            } else {
                forms.add(text);
                forms.add(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
                forms.add(xml(text));
                forms.add(text.replace("\\", "\\\\").replace("\"", "\\\""));
            }
        }
        for (String form : forms) {
            for (Charset charset :
                    List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
                add(patterns, seen, form.getBytes(charset));
            }
            add(patterns, seen, ofH2(form));
            for (int before = 0; before < 3; before++) {
                add(patterns, seen, base64(form.getBytes(StandardCharsets.UTF_8), before));
            }
        }
        return new Needles(patterns, tooShort);
    }

    /** Number of texts that are not searched because they are shorter than {@link #SHORTEST} bytes. */
    public int tooShortCount() {
        return tooShortCount;
    }

    List<byte[]> patterns() {
        return patterns;
    }

    @Override
    public String toString() {
        return patterns.size() + " patterns";
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), KEPT_OF_A_BOUND));
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&apos;");
    }

    /** The characters of Base64 that depend on a text alone, if it follows so many bytes of a group of three. */
    private static byte[] base64(byte[] text, int before) {
        byte[] shifted = new byte[before + text.length];
        System.arraycopy(text, 0, shifted, before, text.length);
        byte[] encoded = Base64.getEncoder().withoutPadding().encode(shifted);
        int from = before == 0 ? 0 : before + 1;
        int to = shifted.length * 8 / 6;
        return to - from < SHORTEST_BASE64 ? new byte[0] : Arrays.copyOfRange(encoded, from, to);
    }

    /** The bytes of a text in a database file of H2, like UTF-8 without the first bit of a continuing byte. */
    private static byte[] ofH2(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            if (one < 0x80) {
                bytes.write(one);
            } else if (one < 0x800) {
                bytes.write(0xc0 | (one >> 6));
                bytes.write(one & 0x3f);
            } else {
                bytes.write(0xe0 | (one >> 12));
                bytes.write((one >> 6) & 0x3f);
                bytes.write(one & 0x3f);
            }
        }
        return bytes.toByteArray();
    }

    private static void add(List<byte[]> patterns, Set<List<Byte>> seen, byte[] pattern) {
        List<Byte> key = new ArrayList<>(pattern.length);
        for (byte one : pattern) {
            key.add(one);
        }
        if (pattern.length > 0 && seen.add(key)) {
            patterns.add(pattern);
        }
    }
}
