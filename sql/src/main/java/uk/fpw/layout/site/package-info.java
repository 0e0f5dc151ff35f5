/** Input of the program that makes the pages of a release: facts that are not in the files of the release. */
@NullMarked
package uk.fpw.layout.site;

import org.jspecify.annotations.NullMarked;
