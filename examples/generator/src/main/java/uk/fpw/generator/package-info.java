/**
 * The operational systems of the synthetic force "Fenmarch Police (synthetic)" and its true figures. Nothing here
 * describes a real force or person. Independent of the warehouse, Spring and Spark: uses only the JDK and JDBC.
 */
@NullMarked
package uk.fpw.generator;

import org.jspecify.annotations.NullMarked;
