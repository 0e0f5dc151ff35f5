package uk.fpw.warehouse.force.queue;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Collectors;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.FolderFiles;

/** Checks a calendar of a service beyond its structure: its name, its dates and whether bank holidays are known. */
public record CalendarCheck(DefinitionFile calendar) {

    /**
     * Reports each error.
     *
     * @param bankHolidaysAreListed whether the folder lists any bank holiday
     */
    public void check(boolean bankHolidaysAreListed) {
        String name = calendar.text("calendar");
        if (name != null && Service.WITHOUT_CALENDAR.contains(name)) {
            calendar.error(
                    "calendar",
                    "'" + name + "' needs no calendar: every queue may name it in service",
                    "rename the calendar and its file, or remove the file");
        }
        if (calendar.at("except_bank_holidays").asBoolean() && !bankHolidaysAreListed) {
            calendar.error(
                    "except_bank_holidays",
                    "is true, but " + FolderFiles.BANK_HOLIDAYS + " lists no bank holiday",
                    "list them there, or write false");
        }
        Map<String, String> closed = calendar.texts("closed").stream()
                .collect(Collectors.toMap(
                        DefinitionFile.Entry::text, DefinitionFile.Entry::path, (first, again) -> first));
        calendar.texts("closed").forEach(CalendarCheck::exists);
        for (DefinitionFile.Entry opened : calendar.texts("open")) {
            exists(opened);
            String also = closed.get(opened.text());
            if (also != null) {
                opened.error(opened.text() + " is also in " + also, "remove one of the two");
            }
        }
    }

    /** Other forms than that of a date are reported by the schema. */
    private static void exists(DefinitionFile.Entry date) {
        if (!date.text().matches("\\d{4}-\\d{2}-\\d{2}")) {
            return;
        }
        try {
            LocalDate.parse(date.text());
        } catch (DateTimeException noSuchDay) {
            date.error("there is no date '" + date.text() + "'", "write an existing date, such as 2015-01-31");
        }
    }
}
