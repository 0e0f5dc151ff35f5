package uk.fpw.profile;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the name of a column says of its values: whether they are likely to identify people, or to be the number of a
 * case or thing that leads to people.
 */
final class PersonalNames {

    /** The only date that is personal data; the date of an arrest is not. */
    static final String DATE_OF_BIRTH = "date of birth";

    /** Dates of many years under a name that says of no event. */
    static final String MAYBE_DATE_OF_BIRTH = "perhaps a date of birth";

    /** What the law protects most (UK GDPR, article 9). */
    static final String SPECIAL_CATEGORY = "special category data of a person";

    static final String NAME_OF_A_PERSON = "name of a person";

    static final String NUMBER_OF_A_PERSON = "number of a person";

    /** Words in column names, by their meaning; the first match counts. */
    private static final List<Map.Entry<String, Set<String>>> KINDS = List.of(
            Map.entry("e-mail address", Set.of("email", "mail")),
            Map.entry("telephone number", listed("phone telephone mobile tel fax msisdn imei imsi")),
            Map.entry(
                    DATE_OF_BIRTH,
                    listed("dob doby birth birthday birthdate birthdt bdate bday dateofbirth yob born geb")),
            Map.entry(
                    NUMBER_OF_A_PERSON,
                    listed("nhs nino ni ssn passport licence license pnc pncid cro croid prisoner")),
            Map.entry("address", listed("address addr street postcode zip zipcode uprn house flat")),
            Map.entry("place", listed("latitude longitude lat lon lng easting northing geocode coordinates ip")),
            Map.entry("vehicle", Set.of("vrm", "vrn", "numberplate", "plate", "vin")),
            Map.entry(
                    NAME_OF_A_PERSON,
                    listed("surname forename forenames firstname lastname fullname middlename initials alias "
                            + "nickname officer "
                            + "victim suspect offender complainant witness defendant detainee nominal "
                            + "informant caller investigator "
                            + "examiner assessor supervisor oic sio author username user staff collar "
                            + "warrant parent guardian child")));

    /** Words that refer to a person in combination with another word, such as created by. */
    private static final Set<String> ACTIONS =
            listed("created updated modified entered assigned closed opened reported seized allocated owned submitted");

    /** What may have a name and is no person. */
    private static final Set<String> THINGS =
            listed("station ward unit team department dept type category district area region beat sector queue status "
                    + "stage file table column system force offence crime event product device model make provider "
                    + "supplier "
                    + "organisation organization agency school code class group service reason subject source "
                    + "method town "
                    + "city county lsoa site location");

    /** What is measured or graded of a person, which names nobody. */
    private static final Set<String> ATTRIBUTES =
            listed("age ages years months weeks days hours minutes height weight rank grade role gender sex salary pay "
                    + "band score total sum average mean");

    /** What the law protects most, whatever is beside it. */
    private static final Set<String> SPECIAL = listed(
            "ethnicity ethnic race racial religion religious faith belief sexuality disability disabled political");

    /** The same if it is said of a person. */
    private static final Set<String> SPECIAL_OF_PEOPLE = listed("orientation nationality health");

    /** Beside a word for a person, the name of a number that each person has. */
    private static final Set<String> PERSONAL_NUMBERS = listed("id no number num nr ref reference collar warrant");

    private static final Set<String> REFERENCES =
            listed("exhibit case crime incident occurrence custody referral ref reference urn submission record report "
                    + "request enquiry inquiry serial tag log");

    private static final Set<String> NUMBERS = listed("id no number num nr ref reference urn key code");

    private static final Set<String> FREE_TEXT =
            listed("notes note comment comments description narrative summary remarks details text statement "
                    + "circumstances memo");

    /** Words that are common in table headers; a first line without any of them may be a row of data. */
    private static final Set<String> HEADER_WORDS =
            listed("id no number num ref reference date time dt on at type status name code count total case exhibit "
                    + "device crime incident reason outcome priority unit team received opened closed created "
                    + "updated start "
                    + "end from to by category description value year month day location area district force "
                    + "source officer "
                    + "email phone address postcode key flag is has grade result lsoa longitude latitude surname "
                    + "forename "
                    + "notes title label first last");

    private PersonalNames() {}

    /** What people's data a column of that name is likely to hold; null if the name says nothing. */
    static @Nullable String kind(String name) {
        Set<String> words = words(name);
        if (words.stream().anyMatch(SPECIAL::contains) && !words.contains("count")) {
            return SPECIAL_CATEGORY;
        }
        for (Map.Entry<String, Set<String>> kind : KINDS) {
            if (words.stream().anyMatch(kind.getValue()::contains)) {
                return kind.getKey().equals(NAME_OF_A_PERSON) ? kindOfPerson(words) : kind.getKey();
            }
        }
        if (words.contains("name") && words.stream().noneMatch(THINGS::contains)) {
            return NAME_OF_A_PERSON;
        }
        return words.contains("by") && words.stream().anyMatch(ACTIONS::contains) ? NAME_OF_A_PERSON : null;
    }

    /** What is said by a name with a word for a person: an officer, their number or age, or a staff team. */
    private static @Nullable String kindOfPerson(Set<String> words) {
        if (words.contains("name")) {
            return NAME_OF_A_PERSON;
        }
        if (words.stream().anyMatch(SPECIAL_OF_PEOPLE::contains)) {
            return SPECIAL_CATEGORY;
        }
        if (words.stream().anyMatch(THINGS::contains)
                || words.stream().anyMatch(ATTRIBUTES::contains)
                || words.contains("protection")
                || words.contains("count")) {
            return null;
        }
        return words.stream().anyMatch(PERSONAL_NUMBERS::contains) ? NUMBER_OF_A_PERSON : NAME_OF_A_PERSON;
    }

    /** Whether the name is that of a number of a case or thing, such as {@code exhibit_ref}. */
    static boolean isReference(String name) {
        Set<String> words = words(name);
        boolean isAlone =
                words.size() == 1 && (words.contains("exhibit") || words.contains("case") || words.contains("urn"));
        return isAlone
                || words.contains("reference")
                || words.contains("ref")
                || (words.stream().anyMatch(REFERENCES::contains)
                        && words.stream().anyMatch(NUMBERS::contains));
    }

    /** Whether the name is that of a free text. */
    static boolean isFreeText(String name) {
        return words(name).stream().anyMatch(FREE_TEXT::contains);
    }

    /** Whether the name is one that headers usually have, such as {@code Address1}. */
    static boolean isUsualHeader(String name) {
        return words(name).stream().map(word -> word.replaceAll("\\d+$", "")).anyMatch(HEADER_WORDS::contains);
    }

    /** Whether the column is likely to be true or false. */
    static boolean isFlag(String name) {
        Set<String> words = words(name);
        return words.stream().anyMatch(Set.of("is", "has", "flag", "deleted", "active", "yn")::contains);
    }

    /** Words separated by blanks. */
    static Set<String> listed(String words) {
        return Set.of(words.split(" ", -1));
    }

    /** The words of a name, in lower case: {@code OpenDt}, {@code open_dt} and {@code Open dt} have the same. */
    static Set<String> words(String name) {
        String parted = name.replaceAll("([a-z])([A-Z])", "$1 $2").replaceAll("[^A-Za-z0-9]+", " ");
        Set<String> words = new LinkedHashSet<>(
                List.of(parted.strip().toLowerCase(Locale.ROOT).split(" ", -1)));
        words.remove("");
        return words;
    }
}
