import org.apache.spark.sql.SparkSession;

/** Counts tables of a catalog with Spark: {@code java SparkReader.java URI TOKEN STORE TABLE...}; one line each. */
final class SparkReader {

    public static void main(String[] arguments) {
        SparkSession.Builder builder = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.extensions", "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions")
                .config("spark.sql.catalog.fpw", "org.apache.iceberg.spark.SparkCatalog")
                .config("spark.sql.catalog.fpw.type", "rest")
                .config("spark.sql.catalog.fpw.uri", arguments[0])
                .config("spark.sql.catalog.fpw.token", arguments[1]);
        if (!arguments[2].isEmpty()) {
            builder.config("spark.sql.catalog.fpw.s3.endpoint", arguments[2])
                    .config("spark.sql.catalog.fpw.s3.path-style-access", "true");
        }
        SparkSession spark = builder.getOrCreate();
        for (int i = 3; i < arguments.length; i++) {
            System.out.println(arguments[i] + " " + spark.table("fpw." + arguments[i]).count());
        }
        try {
            spark.sql("delete from fpw.mart.dim_queue");
            System.out.println("written");
        } catch (RuntimeException refused) {
            System.out.println("refused");
        }
        spark.stop();
    }
}
