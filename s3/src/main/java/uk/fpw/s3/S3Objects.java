package uk.fpw.s3;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import uk.fpw.layout.file.FileDigest;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.files.ObjectDiffersException;
import uk.fpw.warehouse.store.files.ObjectStore;

/** The objects of a store that speaks the protocol of Amazon S3. */
final class S3Objects implements ObjectStore {

    private static final int NOT_FOUND = 404;
    private static final int FORBIDDEN = 403;
    private static final int MOST_DELETED_AT_ONCE = 1000;
    private static final int BUFFER = 1 << 16;

    /** Of an object that was written in one part, and not encrypted with a key of its own. */
    private static final Pattern MD5 = Pattern.compile("\"?([0-9a-f]{32})\"?");

    private final S3Client client;

    S3Objects(S3Client client) {
        this.client = client;
    }

    /** A location in its two parts. */
    private record Key(String bucket, String key) {

        private static final Pattern LOCATION = Pattern.compile("s3[an]?://([^/]+)/(.*)", Pattern.DOTALL);

        static Key of(String location) {
            Matcher matcher = LOCATION.matcher(location);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(location + " is not a location of an object store");
            }
            return new Key(matcher.group(1), matcher.group(2));
        }
    }

    @Override
    public List<StoredObject> list(String prefix) {
        Key key = Key.of(prefix);
        return answered(prefix, () -> {
            List<StoredObject> found = new ArrayList<>();
            for (ListObjectsV2Response page : client.listObjectsV2Paginator(
                    request -> request.bucket(key.bucket).prefix(key.key))) {
                page.contents()
                        .forEach(object -> found.add(new StoredObject(
                                "s3://" + key.bucket + "/" + object.key(), object.size(), object.lastModified())));
            }
            return found;
        });
    }

    @Override
    public List<String> folders(String prefix) {
        Key key = Key.of(prefix);
        return answered(prefix, () -> {
            List<String> found = new ArrayList<>();
            for (ListObjectsV2Response page : client.listObjectsV2Paginator(
                    request -> request.bucket(key.bucket).prefix(key.key).delimiter("/"))) {
                page.commonPrefixes().stream()
                        .map(CommonPrefix::prefix)
                        .map(one -> one.substring(key.key.length(), one.length() - 1))
                        .forEach(found::add);
            }
            return found.stream().sorted().toList();
        });
    }

    @Override
    public @Nullable Long size(String location) {
        Key key = Key.of(location);
        return answered(location, () -> {
            try {
                return client.headObject(request -> request.bucket(key.bucket).key(key.key))
                        .contentLength();
            } catch (S3Exception failed) {
                if (failed.statusCode() == NOT_FOUND) {
                    return null;
                }
                throw failed;
            }
        });
    }

    @Override
    public ReadObject read(String location, OutputStream target) throws IOException {
        Key key = Key.of(location);
        try (ResponseInputStream<GetObjectResponse> content =
                client.getObject(request -> request.bucket(key.bucket).key(key.key))) {
            CRC32 crc32 = new CRC32();
            MessageDigest md5 = md5();
            long bytes = 0;
            byte[] buffer = new byte[BUFFER];
            for (int count = next(content, buffer, location); count > 0; count = next(content, buffer, location)) {
                target.write(buffer, 0, count);
                crc32.update(buffer, 0, count);
                md5.update(buffer, 0, count);
                bytes += count;
            }
            GetObjectResponse answer = content.response();
            if (answer.contentLength() != null && answer.contentLength() != bytes) {
                throw new ObjectDiffersException(
                        "it ended after " + bytes + " of " + answer.contentLength() + " bytes");
            }
            Matcher written = MD5.matcher(String.valueOf(answer.eTag()));
            boolean isMd5 =
                    answer.serverSideEncryption() == null && answer.sseCustomerAlgorithm() == null && written.matches();
            if (isMd5 && !written.group(1).equals(HexFormat.of().formatHex(md5.digest()))) {
                throw new ObjectDiffersException("its content is not what was written");
            }
            // The client compares these while it reads.
            boolean isChecksum = answer.checksumCRC32() != null || answer.checksumCRC32C() != null;
            return new ReadObject(FileDigest.of(bytes, crc32), isMd5 || isChecksum);
        } catch (NoSuchKeyException none) {
            throw (FileNotFoundException) new FileNotFoundException(location).initCause(none);
        } catch (SdkException failed) {
            throw unavailable(location, failed);
        }
    }

    private static int next(ResponseInputStream<GetObjectResponse> content, byte[] buffer, String location) {
        try {
            return content.read(buffer);
        } catch (IOException interrupted) {
            throw FpwException.unavailable(
                    "the object store stopped while " + location + " was read: " + interrupted.getMessage()
                            + "; run again",
                    interrupted);
        }
    }

    @Override
    public void copy(String from, String to) {
        Key source = Key.of(from);
        Key target = Key.of(to);
        answered(
                from,
                () -> client.copyObject(request -> request.sourceBucket(source.bucket)
                        .sourceKey(source.key)
                        .destinationBucket(target.bucket)
                        .destinationKey(target.key)));
    }

    @Override
    public void delete(Collection<String> locations) {
        List<Key> keys = locations.stream().map(Key::of).toList();
        for (int start = 0; start < keys.size(); start += MOST_DELETED_AT_ONCE) {
            List<Key> some = keys.subList(start, Math.min(keys.size(), start + MOST_DELETED_AT_ONCE));
            List<ObjectIdentifier> objects = some.stream()
                    .map(key -> ObjectIdentifier.builder().key(key.key).build())
                    .toList();
            String first = "s3://" + some.get(0).bucket + "/" + some.get(0).key;
            DeleteObjectsResponse answer = answered(
                    first,
                    () -> client.deleteObjects(request -> request.bucket(some.get(0).bucket)
                            .delete(Delete.builder().objects(objects).build())));
            if (answer.hasErrors() && !answer.errors().isEmpty()) {
                throw FpwException.unavailable("the object store did not delete "
                        + answer.errors().get(0).key() + ": "
                        + answer.errors().get(0).code()
                        + "; give these credentials the right to delete, and run again");
            }
        }
    }

    private static <T extends @Nullable Object> T answered(String location, Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException failed) {
            throw unavailable(location, failed);
        }
    }

    private static FpwException unavailable(String location, SdkException failed) {
        String message = String.valueOf(failed.getMessage());
        String reason = message.toLowerCase(Locale.ROOT).contains("unable to load credentials")
                ? "there are no credentials"
                : message.lines().findFirst().orElse("").strip();
        String remedy = failed instanceof S3Exception refused && refused.statusCode() == FORBIDDEN
                ? "check that these credentials may list, read, write and delete there"
                : failed instanceof S3Exception refused && refused.statusCode() == NOT_FOUND
                        ? "check that the bucket exists, and its endpoint (object_store of the installation)"
                        : "check the credentials (variables AWS_..., or the file of this user), the endpoint and the "
                                + "region (object_store of the installation), and that it responds";
        return FpwException.unavailable(
                "the object store refused a request for " + location + ": " + reason + "; " + remedy, failed);
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has MD5", impossible);
        }
    }
}
