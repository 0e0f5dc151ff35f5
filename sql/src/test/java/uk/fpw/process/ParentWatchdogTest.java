package uk.fpw.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ParentWatchdogTest {

    @Test
    void theProcessEndsWhenItsStandardInputEnds() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);

        Thread watcher = ParentWatchdog.start(new ByteArrayInputStream(new byte[] {'a', 'b'}), ended::countDown);

        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(watcher.isDaemon()).isTrue();
    }

    @Test
    void aBrokenPipeIsAnEndToo() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("broken pipe");
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                throw new IOException("broken pipe");
            }
        };

        ParentWatchdog.start(broken, ended::countDown);

        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
