/**
 * What processes say to each other, each as a file of a run: a request in, a result out. Metrics, the audit and the
 * night read and write them; none of them opens the warehouse for it.
 */
@NullMarked
package uk.fpw.warehouse.message;

import org.jspecify.annotations.NullMarked;
