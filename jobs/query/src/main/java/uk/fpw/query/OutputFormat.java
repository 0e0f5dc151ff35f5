package uk.fpw.query;

/** Format of a result. */
public enum OutputFormat {
    TABLE,
    CSV,
    JSON,
    PARQUET
}
