package uk.fpw.report.page;

/** Which changed figures of the past are shown first. */
final class ChangeOrder {

    /** In words, to follow on "the largest". */
    static final String WORDS = "those of the last 13 months first";

    /**
     * The same for {@code order by}: figures that readers have just used come first; then the largest differences. A
     * figure that was not available, or no longer is, has no difference.
     */
    static final String SQL = """
            period_start_on < new_as_at - interval 13 month,
            abs(new_value - replaced_value) desc nulls last,
            period_start_on desc,
            queue,
            measure,
            exit_reason
            """;

    private ChangeOrder() {}
}
