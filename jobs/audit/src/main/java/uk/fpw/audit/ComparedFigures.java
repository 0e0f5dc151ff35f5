package uk.fpw.audit;

/**
 * The figures of months and weeks that were over on the replaced release's date, and of that date itself, with their
 * values in both releases: as the table {@code compared_figure}, whose {@code is_known} says that where a value is
 * null no feed was missing.
 */
final class ComparedFigures {

    private ComparedFigures() {}

    /**
     * Makes the table; {@link ReplacedTables} must be shown.
     *
     * @param replacedAsAt business date of the replaced release, such as {@code 2016-01-12}
     */
    static void find(AuditSession session, String replacedAsAt) {
        session.createTable(
                "compared_figure", AuditQuery.named("compared_figure").with("as_at", replacedAsAt));
    }
}
