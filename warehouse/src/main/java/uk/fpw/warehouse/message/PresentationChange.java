package uk.fpw.warehouse.message;

import java.time.LocalDate;

/**
 * A field of a queue by which earlier releases charted or judged it otherwise, although they counted it alike.
 *
 * @param since business date of the first release with the present value, without interruption since
 * @param before the value in the release before that one
 */
public record PresentationChange(LocalDate since, String before) {}
