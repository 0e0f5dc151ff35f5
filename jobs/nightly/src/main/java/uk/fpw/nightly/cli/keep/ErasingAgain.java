package uk.fpw.nightly.cli.keep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.KeyFormat;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.privacy.TombstoneKey;
import uk.fpw.warehouse.store.erasure.ErasureList;
import uk.fpw.warehouse.store.erasure.ListedErasure;

/**
 * Which listed erasures can be applied again to a warehouse now, and with which keys. An erasure recognises rows by the
 * pseudonyms that they had when it was made: those made after the pseudonym key was replaced can be applied only once
 * the keys of the restored warehouse are replaced too.
 *
 * @param erasures erasures, each with the key of its hashes
 * @param later those that can be applied once the keys are replaced
 * @param key pseudonym key of the warehouse
 */
record ErasingAgain(Map<ListedErasure, TombstoneKey> erasures, List<ListedErasure> later, Pseudonymiser key) {

    /**
     * Finds them.
     *
     * @param missing the listed erasures that the warehouse lacks; at least one
     * @param recorded fingerprint of the pseudonym key of the last load; null if none was needed
     * @throws FpwException with {@code CONFIGURATION} if the keys that are needed are not given, or the keys of the
     *     warehouse must be replaced first
     */
    static ErasingAgain of(
            List<ListedErasure> missing, @Nullable String recorded, Map<String, String> environment, KeyFormat format) {
        Pseudonymiser present = Pseudonymiser.fromEnvironment(environment, format);
        Pseudonymiser former = Pseudonymiser.formerFromEnvironment(environment, format);
        Pseudonymiser own = isOf(present, recorded) ? present : isOf(former, recorded) ? former : null;
        if (own == null) {
            throw FpwException.configuration("neither " + Pseudonymiser.KEY_VARIABLE + " nor "
                    + Pseudonymiser.FORMER_KEY_VARIABLE + " (or their files) contains the pseudonym key of the last "
                    + "load (fingerprint " + recorded + "), without which nothing can be kept out. Nothing was "
                    + "changed");
        }
        Map<ListedErasure, TombstoneKey> now = new LinkedHashMap<>();
        List<ListedErasure> later = new ArrayList<>();
        for (ListedErasure one : missing) {
            if (one.isMadeUnder(recorded)) {
                now.put(one, one.decrypted(List.of(present, former)));
            } else {
                later.add(one);
            }
        }
        if (now.isEmpty()) {
            throw FpwException.configuration("the erasures of " + ErasureList.days(later) + " were made after the "
                    + "pseudonym key was replaced (fingerprint " + later.get(0).madeUnder() + "), and this warehouse "
                    + "still has the former one (" + recorded + "). Nothing was changed. First replace its keys: set "
                    + Pseudonymiser.KEY_VARIABLE + " (or its file) to the present key, "
                    + Pseudonymiser.FORMER_KEY_VARIABLE + " (or its file) to the former one, and run "
                    + "'fpw rekey --confirm'; then 'fpw erase --again' again");
        }
        return new ErasingAgain(now, List.copyOf(later), own);
    }

    private static boolean isOf(Pseudonymiser given, @Nullable String recorded) {
        return given.fingerprint() != null && !RecordedKey.isOther(recorded, given.fingerprint());
    }

    /** What is applied, for a line. */
    String description() {
        return Plural.of(erasures.size(), "erasure") + " (" + ErasureList.days(erasures.keySet()) + ")";
    }
}
