package uk.fpw.nightly.rejection;

import uk.fpw.model.CodeWords;

/** What the owner of a feed can do about a rejected row. */
public final class Remedies {

    private Remedies() {}

    /** The remedy, as a sentence. */
    public static String of(Rejection rejection) {
        return switch (rejection.kind()) {
            case Rejection.FAILED -> "Correct the extract as the message says, and deliver it again.";
            case Rejection.REPEATED -> "Deliver each row once. Nothing is lost: the first of the rows was loaded.";
            case Rejection.UNREADABLE ->
                "Correct the values in the source. If their form is right, tell the warehouse team, which can allow"
                        + " it.";
            case Rejection.SUPERSEDED -> "Nothing: the latest version of each of the rows counts.";
            default -> {
                CodeWords words = CodeWords.of(rejection.code());
                yield words == null ? CodeWords.REMEDY_OF_RULES : words.remedy();
            }
        };
    }
}
