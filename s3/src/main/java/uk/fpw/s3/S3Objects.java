package uk.fpw.s3;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.files.ObjectStore;

/** The objects of a store that speaks the protocol of Amazon S3. */
final class S3Objects implements ObjectStore {

    private static final int NOT_FOUND = 404;
    private static final int FORBIDDEN = 403;
    private static final int MOST_DELETED_AT_ONCE = 1000;

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
        ObjectReading reading = new ObjectReading(target);
        Key key = Key.of(location);
        while (true) {
            try (ResponseInputStream<GetObjectResponse> content = client.getObject(request -> {
                request.bucket(key.bucket).key(key.key);
                reading.continueIn(request);
            })) {
                if (reading.isComplete(content)) {
                    return reading.result();
                }
            } catch (NoSuchKeyException none) {
                throw (FileNotFoundException) new FileNotFoundException(location).initCause(none);
            } catch (SdkException failed) {
                throw unavailable(location, failed);
            }
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
}
