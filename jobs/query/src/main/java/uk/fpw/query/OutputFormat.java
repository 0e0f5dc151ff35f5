package uk.fpw.query;

/** Format of a result. */
enum OutputFormat {
    TABLE,
    CSV,
    JSON,
    PARQUET
}
