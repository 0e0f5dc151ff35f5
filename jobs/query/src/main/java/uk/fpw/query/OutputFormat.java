package uk.fpw.query;

/** How an answer is written. */
enum OutputFormat {
    TABLE,
    CSV,
    JSON,
    PARQUET
}
