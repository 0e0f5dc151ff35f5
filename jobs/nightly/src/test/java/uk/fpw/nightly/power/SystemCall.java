package uk.fpw.nightly.power;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call that changes files, as written by {@code strace -f -y -xx}.
 *
 * @param thread id of the calling thread
 * @param step whether the call begins or ends here; calls other than syncs are reported when they end
 * @param name such as {@code pwrite64}
 * @param arguments as text: numbers, flags and names of folders; a string only if the call has no data
 * @param data the strings in its arguments: names of files, or written data
 * @param file path of the first argument if it is an open file; otherwise empty
 * @param result the return value
 */
public record SystemCall(
        String thread, Step step, String name, String arguments, List<byte[]> data, String file, long result) {

    /** A sync covers what was written before it begins, and guarantees it when it ends. */
    public enum Step {
        BEGINS,
        ENDS
    }

    /** The recorded calls: all that change files, or that provide the data of other calls. */
    public static final String TRACED = "openat,open,creat,write,pwrite64,writev,pwritev,pwritev2,ftruncate,truncate,"
            + "rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,mkdir,mkdirat,rmdir,"
            + "fsync,fdatasync,lseek,sendfile,copy_file_range,fallocate";

    private static final Pattern LINE = Pattern.compile("(\\d+) +(.*)");
    private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. (\\w+) resumed>(.*)");
    private static final Pattern CALL = Pattern.compile("(\\w+)\\((.*)\\) += (-?\\d+).*", Pattern.DOTALL);
    private static final Pattern FIRST_FILE = Pattern.compile("^(?:AT_FDCWD|\\d+)<([^>]*)>");
    /** DuckDB unpacks itself, 60 MB, into the scratch folder of its process. */
    private static final String LIBRARY = escaped("libduckdb");

    private static final String UNFINISHED = " <unfinished ...>";

    public boolean isSync() {
        return name.equals("fsync") || name.equals("fdatasync");
    }

    /** The text of one of the strings. */
    String text(int index) {
        return new String(data.get(index), StandardCharsets.UTF_8);
    }

    /** The last argument: an offset, or a length. */
    long lastNumber() {
        String number = name.equals("pwritev2") ? arguments.substring(0, arguments.lastIndexOf(',')) : arguments;
        return Long.parseLong(number.substring(number.lastIndexOf(',') + 1).strip());
    }

    /** Keeps those calls of a trace, which may have gigabytes, that name one of the paths or something below it. */
    public static void keepOf(Path trace, List<Path> paths) throws IOException {
        List<String> names =
                paths.stream().map(Path::toString).map(SystemCall::escaped).toList();
        Set<String> begun = new HashSet<>();
        Path kept = trace.resolveSibling(trace.getFileName() + ".kept");
        try (BufferedReader lines = Files.newBufferedReader(trace, StandardCharsets.ISO_8859_1);
                BufferedWriter out = Files.newBufferedWriter(kept, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String thread = line.split(" ", 2)[0];
                boolean isNamed = names.stream().anyMatch(line::contains) && !line.contains(LIBRARY);
                if (isNamed || (begun.contains(thread) && line.contains(" resumed>"))) {
                    out.write(line);
                    out.newLine();
                    begun.remove(thread);
                }
                if (isNamed && line.endsWith(UNFINISHED)) {
                    begun.add(thread);
                }
            }
        }
        Files.move(kept, trace, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            escaped.append(String.format("\\x%02x", each));
        }
        return escaped.toString();
    }

    /** Reads the calls that succeeded, in the order in which they ended. */
    public static void read(Path trace, Consumer<SystemCall> calls) throws IOException {
        Map<String, String> begun = new HashMap<>();
        try (BufferedReader lines = Files.newBufferedReader(trace, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher parts = LINE.matcher(line);
                if (!parts.matches()) {
                    continue;
                }
                String thread = parts.group(1);
                String text = parts.group(2);
                Matcher resumed = RESUMED.matcher(text);
                if (text.endsWith(UNFINISHED)) {
                    String call = text.substring(0, text.length() - UNFINISHED.length());
                    begun.put(thread, call);
                    begin(thread, call + ") = 0", calls);
                } else if (resumed.matches()) {
                    end(thread, begun.remove(thread) + resumed.group(2), calls);
                } else {
                    begin(thread, text, calls);
                    end(thread, text, calls);
                }
            }
        }
    }

    private static void begin(String thread, String text, Consumer<SystemCall> calls) {
        if (text.startsWith("fsync(") || text.startsWith("fdatasync(")) {
            calls.accept(of(thread, Step.BEGINS, CALL.matcher(text)));
        }
    }

    private static void end(String thread, String text, Consumer<SystemCall> calls) {
        Matcher call = CALL.matcher(text);
        if (call.matches() && Long.parseLong(call.group(3)) >= 0) {
            calls.accept(of(thread, Step.ENDS, call));
        }
    }

    private static SystemCall of(String thread, Step step, Matcher call) {
        if (!call.matches()) {
            throw new IllegalArgumentException("no call: " + call);
        }
        String arguments = call.group(2);
        StringBuilder others = new StringBuilder();
        List<byte[]> data = new ArrayList<>();
        int at = 0;
        for (int quote = arguments.indexOf('"'); quote >= 0; quote = arguments.indexOf('"', at)) {
            others.append(arguments, at, quote);
            at = arguments.indexOf('"', quote + 1) + 1;
            data.add(bytes(arguments, quote + 1, at - 1));
        }
        others.append(arguments, at, arguments.length());
        Matcher file = FIRST_FILE.matcher(arguments);
        String path =
                file.find() ? new String(bytes(file.group(1), 0, file.group(1).length()), StandardCharsets.UTF_8) : "";
        return new SystemCall(
                thread, step, call.group(1), others.toString(), data, path, Long.parseLong(call.group(3)));
    }

    private static byte[] bytes(String text, int from, int to) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((to - from) / 4);
        for (int at = from; at < to; ) {
            if (text.charAt(at) == '\\' && text.charAt(at + 1) == 'x') {
                bytes.write(Character.digit(text.charAt(at + 2), 16) << 4 | Character.digit(text.charAt(at + 3), 16));
                at += 4;
            } else {
                bytes.write(text.charAt(at++));
            }
        }
        return bytes.toByteArray();
    }
}
