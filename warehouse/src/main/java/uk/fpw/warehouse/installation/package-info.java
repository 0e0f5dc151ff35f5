/** Settings of one installation, which are no part of a force folder: {@code installation.yml}. */
@NullMarked
package uk.fpw.warehouse.installation;

import org.jspecify.annotations.NullMarked;
