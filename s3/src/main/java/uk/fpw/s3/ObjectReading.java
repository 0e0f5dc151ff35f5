package uk.fpw.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import uk.fpw.layout.file.FileDigest;
import uk.fpw.warehouse.store.files.ObjectDiffersException;
import uk.fpw.warehouse.store.files.ObjectStore;

/** Reads an object once; continues where a connection broke off. The client repeats what has not begun to answer. */
final class ObjectReading {

    private static final int MAX_RESPONSES = 4;
    private static final int BUFFER = 1 << 16;

    /** Of an object that was written in one part, and not encrypted with a key of its own. */
    private static final Pattern MD5 = Pattern.compile("\"?([0-9a-f]{32})\"?");

    private final OutputStream target;
    private final CRC32 crc32 = new CRC32();
    private final MessageDigest md5 = md5();
    private long bytes;
    private int responses;
    private @Nullable GetObjectResponse first;

    ObjectReading(OutputStream target) {
        this.target = target;
    }

    /** Asks for what is still missing, of the same object. */
    void continueIn(GetObjectRequest.Builder request) {
        if (first != null && bytes > 0) {
            request.range("bytes=" + bytes + "-").ifMatch(first.eTag());
        }
    }

    /**
     * Reads a response.
     *
     * @return whether the object is complete; if not, another response has to follow
     * @throws ObjectDiffersException if the store repeatedly ends before the object does
     */
    boolean isComplete(ResponseInputStream<GetObjectResponse> content) throws IOException {
        responses++;
        if (first == null) {
            first = content.response();
        }
        String reason = "";
        try {
            transfer(content);
        } catch (BrokenOffException brokenOff) {
            reason = " (" + brokenOff.getMessage() + ")";
        }
        Long expected = first.contentLength();
        if (reason.isEmpty() && (expected == null || expected == bytes)) {
            return true;
        }
        if (responses == MAX_RESPONSES || (expected != null && bytes > expected)) {
            throw new ObjectDiffersException("it ended after " + bytes + " of " + expected + " bytes" + reason);
        }
        return false;
    }

    private void transfer(InputStream content) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int count = next(content, buffer); count > 0; count = next(content, buffer)) {
            target.write(buffer, 0, count);
            crc32.update(buffer, 0, count);
            md5.update(buffer, 0, count);
            bytes += count;
        }
    }

    private static int next(InputStream content, byte[] buffer) throws BrokenOffException {
        try {
            return content.read(buffer);
        } catch (IOException brokenOff) {
            throw new BrokenOffException(brokenOff);
        }
    }

    private static final class BrokenOffException extends IOException {

        private static final long serialVersionUID = 1L;

        BrokenOffException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** What was read, if its content is what was written. */
    ObjectStore.ReadObject result() throws ObjectDiffersException {
        GetObjectResponse response = first;
        if (response == null) {
            throw new IllegalStateException("nothing was read");
        }
        Matcher written = MD5.matcher(String.valueOf(response.eTag()));
        boolean isMd5 =
                response.serverSideEncryption() == null && response.sseCustomerAlgorithm() == null && written.matches();
        if (isMd5 && !written.group(1).equals(HexFormat.of().formatHex(md5.digest()))) {
            throw new ObjectDiffersException("its content is not what was written");
        }
        // The client compares these while it reads all of an object.
        boolean isChecksum = responses == 1 && (response.checksumCRC32() != null || response.checksumCRC32C() != null);
        return new ObjectStore.ReadObject(FileDigest.of(bytes, crc32), isMd5 || isChecksum);
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has MD5", impossible);
        }
    }
}
