package uk.fpw.warehouse.force.feed;

import com.fasterxml.jackson.databind.JsonNode;
import uk.fpw.warehouse.force.yaml.DefinitionFile;

/** Checks that the source of the date of a feed's data exists and is usable. */
record FreshnessCheck(DefinitionFile feed) {

    private static final String DATED_BY = "freshness.dated_by";

    void check() {
        JsonNode datedBy = feed.at(DATED_BY);
        if (datedBy.isTextual()) {
            ofFile(datedBy.textValue());
            return;
        }
        if (!datedBy.isObject()) {
            return;
        }
        boolean hasControlFile = datedBy.has("control_file");
        boolean isOfDatabase = feed.text("file") == null;
        if (datedBy.has("column") == hasControlFile) {
            feed.error(DATED_BY, "must contain either column or control_file", "set one of them");
            return;
        }
        if (hasControlFile && isOfDatabase) {
            feed.error(DATED_BY + ".control_file", "is set, but a database has no files", "use {column: ...}");
        }
        pattern();
        if (!hasControlFile) {
            column(isOfDatabase);
        }
    }

    private void ofFile(String datedBy) {
        String file = feed.text("file");
        if (file == null) {
            feed.error(DATED_BY, "is " + datedBy + ", but a database has no files", "use {column: ...}");
            return;
        }
        if (FileNamePattern.problem(file) != null) {
            return;
        }
        boolean isDated = FileNamePattern.isDated(file);
        if (datedBy.equals("file_name") && !isDated) {
            feed.error(
                    DATED_BY,
                    "is file_name, but the file name '" + file + "' does not contain a date",
                    "add {date} to file, or use modification_time, {column: ...} or {control_file: ...}");
        } else if (datedBy.equals("modification_time") && isDated) {
            feed.error(DATED_BY, "is modification_time, but the file name '" + file + "' has a date", "use file_name");
        }
    }

    private void pattern() {
        String field = DATED_BY + ".pattern";
        String pattern = feed.text(field);
        if (pattern == null) {
            return;
        }
        if (feed.has(DATED_BY + ".column")) {
            feed.error(field, "is set, but a column has its own pattern", "remove it");
            return;
        }
        String problem = DatePatterns.problem(pattern, Feed.Type.DATE);
        if (problem != null) {
            feed.error(field, problem, "use the pattern in which the control file writes its date, such as dd/MM/yyyy");
        }
    }

    private void column(boolean isOfDatabase) {
        String field = DATED_BY + ".column";
        FeedColumns columns = new FeedColumns(feed);
        DefinitionFile.Part column = columns.column(field);
        if (column != null
                && columns.requireType(
                        field, column, FeedColumns.TEMPORAL, "choose a column of type date, instant or local_time")
                && isOfDatabase) {
            columns.refusePattern(field, column);
        }
    }
}
