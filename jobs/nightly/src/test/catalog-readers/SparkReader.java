import org.apache.spark.sql.SparkSession;

/** Counts tables of a catalog with Spark: {@code java SparkReader.java URI TOKEN TABLE...}; one line each. */
final class SparkReader {

    public static void main(String[] arguments) {
        SparkSession spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.extensions", "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions")
                .config("spark.sql.catalog.fpw", "org.apache.iceberg.spark.SparkCatalog")
                .config("spark.sql.catalog.fpw.type", "rest")
                .config("spark.sql.catalog.fpw.uri", arguments[0])
                .config("spark.sql.catalog.fpw.token", arguments[1])
                .getOrCreate();
        for (int i = 2; i < arguments.length; i++) {
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
