package uk.fpw.nightly.rejection;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Names of the owners' files: the lower-case letters, digits and underscores of the owner's name. */
final class ReportFiles {

    private static final int MAX_LENGTH = 60;
    private static final String NO_OWNER = "no_owner";

    private final Set<String> used = new HashSet<>(Set.of(NO_OWNER));

    /** The name of an owner's file, unique among the owners; {@code no_owner.csv} if the owner is empty. */
    String of(String owner) {
        if (owner.isEmpty()) {
            return NO_OWNER + ".csv";
        }
        String plain =
                owner.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
        String name = plain.isEmpty() ? "owner" : plain.substring(0, Math.min(plain.length(), MAX_LENGTH));
        String free = name;
        for (int number = 2; !used.add(free); number++) {
            free = name + "_" + number;
        }
        return free + ".csv";
    }
}
