package uk.fpw.nightly.acceptance;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A digest of everything that computes a night. For a jar its table of contents suffices, which has name, length and
 * checksum of every file in it.
 */
final class RuntimeDigest {

    /** The longest possible end of a jar: a comment follows. */
    private static final int END_BYTES = 22 + 65_535;

    /** {@code PK\005\006}, read as little-endian number. */
    private static final int END_SIGNATURE = 0x06054b50;

    private static final int OFFSET_OF_CONTENTS = 16;

    private final MessageDigest digest;

    private RuntimeDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Digest of this JVM's class path, with the tests and their resources, and of the installed programs and launcher.
     */
    static String ofThisBuild() {
        List<Path> classPath = Stream.concat(
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                                .map(Path::of),
                        Stream.of(Path.of(System.getProperty("fpw.root")).resolve("fpw")))
                .toList();
        return of(classPath, Path.of(System.getProperty("fpw.dist")).resolve("lib"));
    }

    /**
     * Digest of a class path, of a folder of programs, and of the Java that runs them.
     *
     * @param classPath jars and folders; missing ones have no effect
     * @param lib folder with everything below it
     */
    static String of(List<Path> classPath, Path lib) {
        RuntimeDigest all = new RuntimeDigest();
        all.text(System.getProperty("java.vm.version"));
        try {
            for (Path entry : classPath) {
                all.tree(entry);
            }
            all.tree(lib);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return HexFormat.of().formatHex(all.digest.digest(), 0, 16);
    }

    private void tree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                text(root.relativize(file).toString());
                if (file.toString().endsWith(".jar")) {
                    contentsOfJar(file);
                } else {
                    bytes(Files.readAllBytes(file));
                }
            }
        }
    }

    private void contentsOfJar(Path jar) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(jar.toFile(), "r")) {
            byte[] end = new byte[(int) Math.min(file.length(), END_BYTES)];
            file.seek(file.length() - end.length);
            file.readFully(end);
            for (int at = end.length - 22; at >= 0; at--) {
                if (number(end, at) == END_SIGNATURE) {
                    long begin = Integer.toUnsignedLong(number(end, at + OFFSET_OF_CONTENTS));
                    byte[] contents = new byte[(int) (file.length() - begin)];
                    file.seek(begin);
                    file.readFully(contents);
                    bytes(contents);
                    return;
                }
            }
        }
        throw new IOException(jar + " is no jar");
    }

    private static int number(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    }

    private void text(String text) {
        bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** With the length first, so that no two sequences are the same. */
    private void bytes(byte[] content) {
        digest.update(Integer.toString(content.length).getBytes(StandardCharsets.US_ASCII));
        digest.update((byte) ' ');
        digest.update(content);
    }
}
