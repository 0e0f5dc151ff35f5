package uk.fpw.warehouse.testing;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A network that can stall: connections stay open and new ones are accepted, but nothing is passed on in either
 * direction until it {@link #resume() resumes}.
 */
public final class StallingNetwork extends TestNetwork {

    private volatile CountDownLatch open = new CountDownLatch(0);
    private volatile @Nullable String stallsAt;

    private StallingNetwork(String host, int port) throws IOException {
        super(host, port);
        listen();
    }

    /** A network in front of a PostgreSQL database. */
    public static StallingNetwork before(TestDatabase database) throws IOException {
        URI server = URI.create(database.url().substring("jdbc:".length()));
        return new StallingNetwork(server.getHost(), server.getPort());
    }

    /** A network in front of a server that accepts connections but never responds. */
    public static StallingNetwork beforeNothing() throws IOException {
        StallingNetwork network = new StallingNetwork("localhost", 1);
        network.stall();
        return network;
    }

    /** The database as seen by clients of this network, with settings of the driver such as {@code socketTimeout=2}. */
    public TestDatabase of(TestDatabase database, String settings) {
        String name = database.url().substring(database.url().lastIndexOf('/') + 1);
        return new TestDatabase(url(name + "?" + settings), database.user(), database.password());
    }

    /** The URL of a database behind it. */
    public String url(String nameAndSettings) {
        return "jdbc:postgresql://localhost:" + port() + "/" + nameAndSettings;
    }

    /** Stalls the network. */
    public void stall() {
        open = new CountDownLatch(1);
    }

    /** Stalls as soon as a client sends a text, which is not passed on. */
    public void stallAt(String text) {
        stallsAt = text;
    }

    /** Whether it stalls. */
    public boolean isStalled() {
        return open.getCount() > 0;
    }

    /** Passes on everything, including what was held back. */
    public void resume() {
        open.countDown();
    }

    @Override
    protected void beforeConnecting() throws InterruptedException {
        open.await();
    }

    @Override
    protected boolean passes(byte[] bytes, int count, boolean isRequest) throws InterruptedException {
        String text = stallsAt;
        if (isRequest && text != null && new String(bytes, 0, count, StandardCharsets.ISO_8859_1).contains(text)) {
            stallsAt = null;
            stall();
        }
        open.await();
        return true;
    }

    @Override
    public void close() throws IOException {
        resume();
        super.close();
    }
}
