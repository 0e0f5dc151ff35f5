package uk.fpw.query;

/** How an answer is written. */
enum Format {
    TABLE,
    CSV,
    JSON,
    PARQUET
}
