package uk.fpw.warehouse.failure;

import org.jspecify.annotations.Nullable;

/**
 * Recognises failures of an object store by the names of its libraries' classes, which a warehouse in a folder does not
 * load, and which arrive from an executor as text.
 */
public final class ObjectStoreErrors {

    private static final String LIBRARIES = "software.amazon.awssdk.";

    /** Damage of the warehouse, not of the store. */
    private static final String MISSING = LIBRARIES + "services.s3.model.NoSuchKeyException";

    private ObjectStoreErrors() {}

    /**
     * The failure restated, if an object store refused a request or did not answer, each time it was asked.
     *
     * @return null if the failure has another cause
     */
    public static @Nullable FpwException unavailable(Throwable failed) {
        String reason = null;
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            String name = cause.getClass().getName();
            String message = String.valueOf(cause.getMessage());
            if (name.equals(MISSING) || message.contains(MISSING)) {
                return null;
            }
            if (name.startsWith(LIBRARIES)) {
                reason = ": " + message.split("\\R", 2)[0];
            } else if (reason == null && message.contains(LIBRARIES)) {
                reason = "";
            }
        }
        return reason == null
                ? null
                : FpwException.unavailable(
                        "the object store refused a request or did not answer" + reason
                                + ". Nothing was left incomplete. Check it, its endpoint (object_store of the "
                                + "installation) and the credentials, then run again",
                        failed);
    }
}
