package uk.fpw.metrics.wait;

import org.apache.spark.sql.SparkSession;

/** The functions of waiting that the models call. */
public final class WaitFunctions {

    private WaitFunctions() {}

    /** Makes the functions known to the session, for its whole life. */
    public static void register(SparkSession spark) {}
}
