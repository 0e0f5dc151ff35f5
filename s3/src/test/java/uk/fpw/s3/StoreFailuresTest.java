package uk.fpw.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.failure.ObjectStoreErrors;

/** What users are told about failures that Iceberg's access to files throws. */
class StoreFailuresTest {

    @Test
    void storeThatStaysAwayIsNotADefect() {
        FpwException found = Objects.requireNonNull(ObjectStoreErrors.unavailable(new IllegalStateException(
                S3Exception.builder().message("Slow down\nfurther").build())));
        assertThat(found)
                .hasMessage("the object store refused a request or did not answer: Slow down. Nothing was left "
                        + "incomplete. Check it, its endpoint (object_store of the installation) and the credentials, "
                        + "then run again");
        assertThat(found.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    }

    @Test
    void failureOfAnExecutorArrivesAsText() {
        assertThat(ObjectStoreErrors.unavailable(new IllegalStateException(
                        "Lost task 0.3 in stage 1.0: software.amazon.awssdk.core.exception.SdkClientException: x")))
                .hasMessageStartingWith("the object store refused a request or did not answer. Nothing was left");
    }

    @Test
    void missingObjectIsDamage() {
        assertThat(ObjectStoreErrors.unavailable(new IllegalStateException(
                        NoSuchKeyException.builder().message("no key").build())))
                .isNull();
        assertThat(ObjectStoreErrors.unavailable(new IllegalStateException("no such table")))
                .isNull();
    }
}
