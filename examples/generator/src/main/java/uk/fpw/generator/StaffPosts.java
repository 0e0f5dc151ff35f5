package uk.fpw.generator;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import uk.fpw.generator.SourceTable.Stamps;
import uk.fpw.generator.record.RecordVersion;
import uk.fpw.generator.record.SeededRandom;
import uk.fpw.generator.record.SourceRecord;

/**
 * Staff in post of the digital forensics unit of one replica, in full-time equivalents on the first of each month: six
 * posts, and eight from {@link #ADDED_FROM}, minus vacancies. The number of examinations does not depend on it.
 */
final class StaffPosts {

    /** First month of the two additional examiners. */
    static final LocalDate ADDED_FROM = LocalDate.of(2015, 2, 1);

    private static final BigDecimal POSTS = new BigDecimal("6.0");
    private static final BigDecimal POSTS_ADDED = new BigDecimal("2.0");

    private static final List<BigDecimal> VACANT = List.of(
            new BigDecimal("0.0"),
            new BigDecimal("0.0"),
            new BigDecimal("0.0"),
            new BigDecimal("0.2"),
            new BigDecimal("0.4"),
            new BigDecimal("1.0"));

    private StaffPosts() {}

    /** A row for each month, recorded on the first working day from the fifth of the month on. */
    static SourceTable of(long seed, int replica) {
        SeededRandom random = new SeededRandom(seed, replica, "staff");
        SourceTable table = new SourceTable(
                "staff_posts",
                "staff_in_post",
                Stamps.NONE,
                "line varchar(20)",
                "unit varchar(60)",
                "month_on date",
                "staff decimal(6,2)");
        String prefix = replica == 0 ? "" : replica + "-";
        for (LocalDate month = SyntheticForce.FIRST_DAY;
                !month.isAfter(SyntheticForce.LAST_DAY);
                month = month.plusMonths(1)) {
            BigDecimal posts = month.isBefore(ADDED_FROM) ? POSTS : POSTS.add(POSTS_ADDED);
            LocalDate recordedOn = ForceCalendar.workingFrom(month.plusDays(4));
            String line = prefix + "DFU-" + month.toString().substring(0, 7);
            table.rows.add(new SourceRecord(line)
                    .add(new RecordVersion(
                            ForceCalendar.instant(recordedOn.atTime(10, 0)),
                            month,
                            false,
                            List.of(
                                    line,
                                    "Digital forensics unit",
                                    Audits.text(month),
                                    posts.subtract(random.pick(VACANT)).toPlainString()))));
        }
        return table;
    }
}
