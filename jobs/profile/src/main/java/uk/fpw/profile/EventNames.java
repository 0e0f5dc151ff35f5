package uk.fpw.profile;

import java.util.Set;

/** What the name of a column of dates says of what happened on them. */
final class EventNames {

    /** An item begins to wait. */
    static final Set<String> ENTRIES = PersonalNames.listed(
            "received receipt entered entry submitted reported opened open created logged registered referred admitted "
                    + "admission arrived arrival start started begin began from seized requested raised booked "
                    + "appointed accept accepted application app enrolled joined hired hospitalisation hospitalised");

    /** An item no longer waits. */
    static final Set<String> EXITS = PersonalNames.listed(
            "returned return closed close completed complete finished resolved discharged discharge released ended end "
                    + "stop stopped left leave leaving examined done disposed disposal outcome withdrawn cancelled "
                    + "canceled death died delivered despatched dispatched shipped to until decided ceremony exit");

    /** Something else than an item's wait. */
    static final Set<String> OTHERS = PersonalNames.listed(
            "updated modified changed extracted exported printed loaded due target deadline expected planned birth dob "
                    + "expiry expires review last");

    private EventNames() {}

    /** Whether the name is that of an event or of a change of the row, and so not of a birth. */
    static boolean isEvent(String name) {
        return PersonalNames.kind(name) == null && (has(name, ENTRIES) || has(name, EXITS) || has(name, OTHERS));
    }

    /** Whether one of the words is in the name. */
    static boolean has(String name, Set<String> words) {
        return PersonalNames.words(name).stream().anyMatch(words::contains);
    }
}
