package uk.fpw.warehouse.store.evidence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

/**
 * The bytes of a sealed file: eight that name the format, then chunks of 64 KiB, each encrypted and authenticated
 * (AES-256-GCM). The nonce of a chunk is its number and whether it is the last one, so that chunks cannot be changed,
 * exchanged, repeated or cut off; the id of the restriction is authenticated with each. A key is used for one file.
 */
final class SealedChunks {

    /** The first bytes of each file, by which the search for erased texts recognises it, too. */
    static final String MAGIC = "FPWSEAL1";

    private static final int CHUNK = 1 << 16;
    private static final int TAG_BYTES = EvidenceKey.TAG_BITS / 8;

    private final EvidenceKey key;
    private final byte[] associated;

    SealedChunks(EvidenceKey key, String id) {
        this.key = key;
        this.associated = (MAGIC + id).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] apply(int mode, long number, boolean isLast, byte[] bytes) throws GeneralSecurityException {
        if (mode == Cipher.DECRYPT_MODE && bytes.length < TAG_BYTES) {
            throw new AEADBadTagException("too short");
        }
        byte[] nonce = ByteBuffer.allocate(EvidenceKey.NONCE_BYTES)
                .putLong(number)
                .put((byte) (isLast ? 1 : 0))
                .array();
        return key.cipher(mode, nonce, associated).doFinal(bytes);
    }

    /** Encrypts what is written to it. Only closing it completes the file, which it closes too. */
    OutputStream to(OutputStream file) throws IOException {
        file.write(MAGIC.getBytes(StandardCharsets.UTF_8));
        return new Sealing(file);
    }

    /**
     * Decrypts a file. Nothing of a chunk is returned before the whole chunk was verified; a caller that must not use
     * a part of a file that was cut off reads it to the end first.
     *
     * @param path for messages: every failure but one of reading is an {@link FpwException} with {@code DAMAGED}
     */
    InputStream from(InputStream file, Path path) throws IOException {
        if (!new String(file.readNBytes(MAGIC.length()), StandardCharsets.UTF_8).equals(MAGIC)) {
            throw damaged(path, "is not a sealed file of this version, or its beginning was changed", null);
        }
        return new Opening(file, path);
    }

    static FpwException damaged(Path path, String problem, @Nullable Exception cause) {
        return new FpwException(
                ExitCode.DAMAGED,
                path + " " + problem + ". It is the only copy of the rows in this warehouse: copy the file of the same "
                        + "name from a backup (fpw backup FOLDER: FOLDER/files/restricted-evidence) in its place",
                cause);
    }

    private final class Sealing extends OutputStream {

        private final OutputStream file;
        private final ByteArrayOutputStream chunk = new ByteArrayOutputStream(CHUNK);
        private long number;
        private boolean isClosed;

        Sealing(OutputStream file) {
            this.file = file;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            int next = from;
            while (next < from + length) {
                if (chunk.size() == CHUNK) {
                    seal(false); // not the last one, since more follows
                }
                int part = Math.min(CHUNK - chunk.size(), from + length - next);
                chunk.write(bytes, next, part);
                next += part;
            }
        }

        private void seal(boolean isLast) throws IOException {
            try {
                file.write(apply(Cipher.ENCRYPT_MODE, number, isLast, chunk.toByteArray()));
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException("this Java runtime cannot encrypt", impossible);
            }
            chunk.reset();
            number++;
        }

        @Override
        public void close() throws IOException {
            if (!isClosed) {
                isClosed = true;
                try (file) {
                    seal(true);
                }
            }
        }
    }

    private final class Opening extends InputStream {

        private final InputStream file;
        private final Path path;
        private byte[] encrypted;
        private byte[] chunk = {};
        private int next;
        private long number;
        private boolean isEnded;

        Opening(InputStream file, Path path) throws IOException {
            this.file = file;
            this.path = path;
            this.encrypted = file.readNBytes(CHUNK + TAG_BYTES);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            while (next == chunk.length) {
                if (isEnded) {
                    return -1;
                }
                open();
            }
            int part = Math.min(length, chunk.length - next);
            System.arraycopy(chunk, next, bytes, from, part);
            next += part;
            return part;
        }

        private void open() throws IOException {
            byte[] following = file.readNBytes(CHUNK + TAG_BYTES);
            isEnded = following.length == 0;
            try {
                chunk = apply(Cipher.DECRYPT_MODE, number, isEnded, encrypted);
            } catch (GeneralSecurityException wrong) {
                isEnded = true;
                chunk = new byte[0];
                throw wrong(wrong);
            }
            next = 0;
            number++;
            encrypted = following;
        }

        private FpwException wrong(GeneralSecurityException wrong) {
            if (encrypted.length < TAG_BYTES || isWhole()) {
                return damaged(path, "is not complete: its end was cut off", null);
            }
            if (wrong instanceof AEADBadTagException && number == 0) {
                return damaged(path, "was changed, or was sealed with another key", wrong);
            }
            return damaged(path, "was changed, or its end was cut off", wrong);
        }

        /** Whether the chunk that should be the last one is whole, and others followed it. */
        private boolean isWhole() {
            try {
                apply(Cipher.DECRYPT_MODE, number, false, encrypted);
                return true;
            } catch (GeneralSecurityException changed) {
                return false;
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
