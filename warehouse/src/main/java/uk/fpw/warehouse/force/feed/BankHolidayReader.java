package uk.fpw.warehouse.force.feed;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.FolderFiles;

/** Reads {@code bank_holidays.csv}: the header {@code date,name}, then one bank holiday per line. */
public final class BankHolidayReader {

    private BankHolidayReader() {}

    /** The dates in ascending order. Adds an error for each line that does not start with a date. */
    public static List<LocalDate> read(String text, ConfigErrors errors) {
        List<LocalDate> dates = new ArrayList<>();
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.get(0).strip().equals("date,name")) {
            errors.add(
                    FolderFiles.BANK_HOLIDAYS,
                    1,
                    "",
                    "does not start with the header 'date,name'",
                    "add it as the first line");
            return dates;
        }
        for (int i = 1; i < lines.size(); i++) {
            String date = lines.get(i).split(",", 2)[0].strip();
            if (lines.get(i).isBlank()) {
                continue;
            }
            try {
                LocalDate holiday = LocalDate.parse(date);
                if (dates.contains(holiday)) {
                    errors.add(
                            FolderFiles.BANK_HOLIDAYS,
                            i + 1,
                            "date",
                            "'" + date + "' occurs twice",
                            "remove one of the lines");
                }
                dates.add(holiday);
            } catch (DateTimeException noDate) {
                errors.add(
                        FolderFiles.BANK_HOLIDAYS,
                        i + 1,
                        "date",
                        "'" + date + "' is not a date",
                        "use the form 2016-12-26");
            }
        }
        return dates.stream().sorted().toList();
    }
}
