/**
 * The operational systems of the synthetic force "Fenmarch Police (synthetic)" and what is true of them. Nothing here
 * describes a real force or person. Knows nothing of the warehouse, neither Spring nor Spark: only the JDK and JDBC.
 */
@NullMarked
package uk.fpw.generator;

import org.jspecify.annotations.NullMarked;
