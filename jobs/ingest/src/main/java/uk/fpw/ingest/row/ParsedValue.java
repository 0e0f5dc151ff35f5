package uk.fpw.ingest.row;

/**
 * A parsed value.
 *
 * @param object String, Long, BigDecimal of scale 9, Boolean, LocalDate or Instant
 * @param ambiguous whether the text matches two points in time, of which the earlier was used
 */
record ParsedValue(Object object, boolean ambiguous) {

    static ParsedValue of(Object object) {
        return new ParsedValue(object, false);
    }
}
