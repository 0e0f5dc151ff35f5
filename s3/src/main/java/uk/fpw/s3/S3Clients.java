package uk.fpw.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.apache.iceberg.aws.s3.S3FileIOAwsClientFactory;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import uk.fpw.warehouse.installation.ObjectStoreSettings;

/**
 * Makes the clients of an object store from the properties of a catalog, in the application and in every executor. They
 * find credentials by themselves, in the order that Amazon documents: variables of the environment, a file of this
 * user, the role of the machine. Instantiated by Iceberg by class name.
 */
public final class S3Clients implements S3FileIOAwsClientFactory {

    private static final long serialVersionUID = 1L;

    private static final Duration TO_CONNECT = Duration.ofSeconds(10);
    private static final Duration TO_ANSWER = Duration.ofSeconds(60);

    /**
     * A store that refuses or does not answer for some seconds is asked again, for 25 seconds at least: after half to
     * all of 2, 4, 8, 16 and 20. By default only a refusal that calls itself throttling is worth more than a second.
     */
    private static final BackoffStrategy PAUSES =
            BackoffStrategy.exponentialDelayHalfJitter(Duration.ofSeconds(2), Duration.ofSeconds(20));

    private static final RetryStrategy REPEATED = AwsRetryStrategy.legacyRetryStrategy().toBuilder()
            .maxAttempts(6)
            .backoffStrategy(PAUSES)
            .throttlingBackoffStrategy(PAUSES)
            .build();

    private Map<String, String> properties = Map.of();

    @Override
    public void initialize(Map<String, String> ofCatalog) {
        properties = Map.copyOf(ofCatalog);
    }

    @Override
    public S3Client s3() {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(TO_CONNECT)
                        .socketTimeout(TO_ANSWER))
                .forcePathStyle(Boolean.parseBoolean(properties.get("s3.path-style-access")));
        String region = properties.get("client.region");
        if (region != null) {
            builder.region(Region.of(region));
        }
        String endpoint = properties.get("s3.endpoint");
        if (endpoint != null) {
            builder.endpointOverride(URI.create(endpoint));
        }
        if (ObjectStoreSettings.WHEN_REQUIRED.equals(properties.get(ObjectStoreSettings.CHECKSUMS))) {
            builder.requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                    .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        }
        builder.overrideConfiguration(settings -> settings.retryStrategy(REPEATED));
        return builder.build();
    }

    @Override
    public S3AsyncClient s3Async() {
        throw new UnsupportedOperationException("files are read one request after another");
    }
}
