package uk.fpw.warehouse.store.erasure;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.privacy.TombstoneKey;

/**
 * An erasure as the list knows it: what is needed to apply it again, but no key, value or pseudonym. Whoever has the
 * pseudonym key can verify a guess, so it is personal data.
 *
 * @param erasureId identifier in {@code ops.erasure}
 * @param force short name of the force
 * @param warehouses ids of the warehouses to which it was applied
 * @param cause kind, ground, reason and by whom, as recorded
 * @param endsOn last business date on which the rows are kept out
 * @param key key of all hashes
 * @param madeUnder fingerprint, without the format of keys, of the pseudonym key that the stored pseudonyms had
 * @param tombstones what keeps rows out, by hashes of what the source sends
 * @param stored what recognises rows and texts in a warehouse, by hashes of what it stores
 * @param restriction null unless the rows are kept in a sealed file
 */
public record ListedErasure(
        String erasureId,
        String force,
        Set<UUID> warehouses,
        Cause cause,
        LocalDate endsOn,
        Key key,
        String madeUnder,
        List<Tombstone> tombstones,
        Stored stored,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Restriction restriction) {

    public ListedErasure {
        requireNonNull(erasureId, "erasure_id: missing");
        requireNonNull(force, "force: missing");
        requireNonNull(cause, "cause: missing");
        requireNonNull(endsOn, "ends_on: missing");
        requireNonNull(key, "key: missing");
        requireNonNull(madeUnder, "made_under: missing");
        requireNonNull(stored, "stored: missing");
        warehouses = Set.copyOf(requireNonNull(warehouses, "warehouses: missing"));
        tombstones = List.copyOf(requireNonNull(tombstones, "tombstones: missing"));
    }

    /**
     * Why rows were erased, and by whom.
     *
     * @param kind {@code person}, {@code case} or {@code row}
     * @param feed feed of rows with a key; null otherwise
     * @param by operating-system user
     * @param startedAt when it was first applied
     */
    public record Cause(
            String kind, @Nullable String feed, String ground, String reason, String by, Instant startedAt) {
        public Cause {
            requireNonNull(kind, "kind: missing");
            requireNonNull(ground, "ground: missing");
            requireNonNull(reason, "reason: missing");
            requireNonNull(by, "by: missing");
            requireNonNull(startedAt, "started_at: missing");
        }
    }

    /**
     * The random key of the hashes.
     *
     * @param id identifier in {@code ops.tombstone_key}
     * @param createdUnder fingerprint of the pseudonym key when it was created, without the format of keys
     * @param encrypted the key as in {@code ops.tombstone_key}, by the fingerprint of the pseudonym key under which it
     *     is encrypted; one, or two while the pseudonym key is being replaced
     */
    public record Key(String id, String createdUnder, Instant createdAt, Map<String, String> encrypted) {
        public Key {
            requireNonNull(id, "key id: missing");
            requireNonNull(createdUnder, "created_under: missing");
            requireNonNull(createdAt, "created_at: missing");
            encrypted = Map.copyOf(requireNonNull(encrypted, "encrypted: missing"));
        }
    }

    /**
     * A tombstone as in {@code ops.tombstone}.
     *
     * @param feed feed of a row; null for a value
     * @param readings how the columns were read, one a line; null if unknown
     */
    public record Tombstone(
            String kind,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String feed,

            String hash,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String readings) {
        public Tombstone {
            requireNonNull(kind, "kind of a tombstone: missing");
            requireNonNull(hash, "hash of a tombstone: missing");
        }
    }

    /**
     * Hashes of what a warehouse stores. Keys and pseudonyms are hashed as they are written in base 32.
     *
     * @param rows hashes of keys of rows by feed
     * @param values hashes of pseudonyms
     * @param words hashes of what people wrote, without difference of case, by number of characters
     */
    public record Stored(Map<String, Set<String>> rows, Set<String> values, Map<Integer, Set<String>> words) {
        public Stored {
            rows = Map.copyOf(requireNonNull(rows, "rows: missing"));
            values = Set.copyOf(requireNonNull(values, "values: missing"));
            words = Map.copyOf(requireNonNull(words, "words: missing"));
        }
    }

    /**
     * What distinguishes a restriction from an erasure.
     *
     * @param reviewOn when it is to be decided whether the rows must still be kept
     * @param liftedAt when it was lifted, after which a warehouse may have the rows; null while it stands
     */
    public record Restriction(
            LocalDate reviewOn,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Instant liftedAt) {
        public Restriction {
            requireNonNull(reviewOn, "review_on: missing");
        }
    }

    /** Whether a warehouse may have the rows, because it is a restriction that was lifted. */
    public boolean isLifted() {
        return restriction != null && restriction.liftedAt() != null;
    }

    /** The same restriction, lifted. */
    public ListedErasure lifted(Instant at) {
        return restriction == null ? this : with(new Restriction(restriction.reviewOn(), at), endsOn);
    }

    /** An erasure of the rows of this restriction, of which no sealed file is kept any longer. */
    public ListedErasure withoutSealedFile(LocalDate until) {
        return with(null, until);
    }

    private ListedErasure with(@Nullable Restriction changed, LocalDate until) {
        return new ListedErasure(
                erasureId, force, warehouses, cause, until, key, madeUnder, tombstones, stored, changed);
    }

    /** Whether the stored pseudonyms were those of that key; true if no key is known. */
    public boolean isMadeUnder(@Nullable String fingerprint) {
        return fingerprint == null || madeUnder.equals(Pseudonymiser.withoutFormat(fingerprint));
    }

    /**
     * The key of the hashes.
     *
     * @param under pseudonym keys that may decrypt it; those without a key are ignored
     * @throws FpwException with {@code CONFIGURATION} if none of them does
     */
    public TombstoneKey decrypted(List<Pseudonymiser> under) {
        for (Pseudonymiser one : under) {
            String encrypted =
                    one.fingerprint() == null ? null : key.encrypted().get(fingerprint(one));
            if (encrypted != null) {
                return TombstoneKey.decrypt(encrypted, one);
            }
        }
        throw FpwException.configuration("the erasure of " + day() + " is listed under the pseudonym key with "
                + "fingerprint " + String.join(" or ", key.encrypted().keySet()) + ", which is not given; set "
                + Pseudonymiser.KEY_VARIABLE + " (or its file) to that key and, if this warehouse has another one, "
                + Pseudonymiser.FORMER_KEY_VARIABLE + " (or its file) to the key of this warehouse");
    }

    /** Date on which it was first applied, in UTC. */
    public String day() {
        return cause.startedAt().toString().substring(0, 10);
    }

    /** The same, applied to another warehouse too. */
    ListedErasure in(UUID warehouse) {
        Set<UUID> all = new HashSet<>(warehouses);
        all.add(warehouse);
        return new ListedErasure(erasureId, force, all, cause, endsOn, key, madeUnder, tombstones, stored, restriction);
    }

    /** The same, also encrypted under another key; unchanged if it is not encrypted under the former one. */
    ListedErasure alsoUnder(Pseudonymiser before, Pseudonymiser after) {
        return key.encrypted().containsKey(fingerprint(before))
                ? with(encrypted -> {
                    Map<String, String> both = new HashMap<>(encrypted);
                    both.put(fingerprint(after), decrypted(List.of(before)).encrypt(after));
                    return both;
                })
                : this;
    }

    /** The same, encrypted under this key only; unchanged if it is not encrypted under it. */
    ListedErasure onlyUnder(Pseudonymiser present) {
        String own = fingerprint(present);
        return with(encrypted -> {
            String kept = encrypted.get(own);
            return kept == null ? encrypted : Map.of(own, kept);
        });
    }

    private ListedErasure with(UnaryOperator<Map<String, String>> encrypted) {
        return new ListedErasure(
                erasureId,
                force,
                warehouses,
                cause,
                endsOn,
                new Key(key.id(), key.createdUnder(), key.createdAt(), encrypted.apply(key.encrypted())),
                madeUnder,
                tombstones,
                stored,
                restriction);
    }

    private static String fingerprint(Pseudonymiser of) {
        return Pseudonymiser.withoutFormat(String.valueOf(of.fingerprint()));
    }

    /** Contains no hash. */
    @Override
    public String toString() {
        return "erasure " + erasureId;
    }
}
