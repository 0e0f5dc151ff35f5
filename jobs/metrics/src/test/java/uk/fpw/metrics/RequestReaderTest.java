package uk.fpw.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RequestReaderTest {

    @Test
    void eachLineIsARunFileAndTheEndBetweenTwoNightsIsTheEndOfTheWork() throws IOException {
        PipedOutputStream parent = new PipedOutputStream();
        CountDownLatch abandoned = new CountDownLatch(1);
        RequestReader requests = RequestReader.read(new PipedInputStream(parent), abandoned::countDown);
        parent.write("/runs/a/run.json\n".getBytes(StandardCharsets.UTF_8));
        parent.flush();
        assertThat(requests.next()).isEqualTo(Path.of("/runs/a/run.json"));
        requests.markAnswered();
        parent.write("/runs/b/run.json\n".getBytes(StandardCharsets.UTF_8));
        parent.flush();
        assertThat(requests.next()).isEqualTo(Path.of("/runs/b/run.json"));
        requests.markAnswered();
        parent.close();
        assertThat(requests.next()).isNull();
        assertThat(abandoned.getCount()).isEqualTo(1);
    }

    @Test
    void anEndWhileARunFileIsUnansweredMeansThatTheParentIsDead() throws InterruptedException {
        CountDownLatch abandoned = new CountDownLatch(1);
        RequestReader.read(
                new ByteArrayInputStream("/runs/a/run.json\n".getBytes(StandardCharsets.UTF_8)), abandoned::countDown);
        assertThat(abandoned.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
