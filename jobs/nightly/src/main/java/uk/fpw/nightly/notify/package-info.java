/** Tells people and machines of releases, failed runs and missed deadlines, by e-mail and a webhook. */
@NullMarked
package uk.fpw.nightly.notify;

import org.jspecify.annotations.NullMarked;
