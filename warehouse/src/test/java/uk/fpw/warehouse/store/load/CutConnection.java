package uk.fpw.warehouse.store.load;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.testing.TestNetwork;

/** A network that once cuts the connection instead of delivering a response. */
final class CutConnection extends TestNetwork {

    private volatile @Nullable Callable<Boolean> cutsWhen;

    CutConnection(String host, int port) throws IOException {
        super(host, port);
        listen();
    }

    /** Cuts the connection at the first response for which the condition holds. */
    void cutWhen(Callable<Boolean> condition) {
        cutsWhen = condition;
    }

    /** Whether the connection was cut. */
    boolean isCut() {
        return cutsWhen == null;
    }

    @Override
    protected boolean passes(byte[] bytes, int count, boolean isRequest) throws Exception {
        Callable<Boolean> condition = cutsWhen;
        if (isRequest || condition == null || !condition.call()) {
            return true;
        }
        cutsWhen = null;
        return false;
    }
}
