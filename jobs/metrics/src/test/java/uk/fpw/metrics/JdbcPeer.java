package uk.fpw.metrics;

import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/** A plain Spark job that reads a table of PostgreSQL into Parquet files: the peer of {@code bench/run pull}. */
final class JdbcPeer {

    private JdbcPeer() {}

    /** {@code JdbcPeer URL USER PASSWORD ROWS FOLDER}; the table is {@code public.pulled}, its ids are 1 to ROWS. */
    public static void main(String[] arguments) throws IOException {
        try (SparkSession spark = SparkSession.builder()
                .master("local[*]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .getOrCreate()) {
            spark.read()
                    .format("jdbc")
                    .option("url", arguments[0])
                    .option("user", arguments[1])
                    .option("password", arguments[2])
                    .option("dbtable", "public.pulled")
                    .option("fetchsize", 10_000)
                    .option("partitionColumn", "id")
                    .option("lowerBound", 1)
                    .option("upperBound", arguments[3])
                    .option("numPartitions", spark.sparkContext().defaultParallelism())
                    .load()
                    .write()
                    .option("compression", "zstd")
                    .parquet(arguments[4]);
        }
    }
}
