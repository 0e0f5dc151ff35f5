package uk.fpw.metrics.staging;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The functions that the SQL of a force folder may call: those whose result depends only on their arguments, and that
 * access nothing else. Other functions of Spark read files and URLs (in XML and schemas), call Java or Python, or put
 * row values into messages. Functions of later Spark versions are not allowed until they are added here.
 */
final class AllowedFunctions {

    private static final String AGGREGATES = """
            any any_value approx_count_distinct array_agg avg bit_and bit_or bit_xor bool_and bool_or collect_list \
            collect_set corr
            count count_if covar_pop covar_samp every first first_value grouping grouping_id kurtosis last last_value \
            listagg max
            max_by mean median min min_by mode percentile percentile_cont percentile_disc regr_avgx regr_avgy regr_count
            regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy skewness some std stddev stddev_pop \
            stddev_samp string_agg
            sum try_avg try_sum var_pop var_samp variance
            """;

    private static final String WINDOWS =
            "cume_dist dense_rank lag lead nth_value ntile percent_rank rank row_number window window_time "
                    + "session_window";

    private static final String CONDITIONS = """
            between coalesce if ifnull nanvl nullif nullifzero nvl nvl2 when zeroifnull and equal_null ilike in isnan \
            isnotnull
            isnull like not or regexp regexp_like rlike ! < <= <=> = == > >=
            """;

    private static final String CONVERSIONS =
            "bigint binary boolean cast date decimal double float int smallint string time timestamp tinyint typeof";

    private static final String DATES = """
            add_months convert_timezone date_add date_diff date_format date_from_unix_date date_part date_sub \
            date_trunc dateadd
            datediff datepart day dayname dayofmonth dayofweek dayofyear extract from_unixtime from_utc_timestamp hour \
            last_day
            make_date make_dt_interval make_interval make_time make_timestamp make_timestamp_ltz make_timestamp_ntz
            make_ym_interval minute month monthname months_between next_day quarter second time_diff time_trunc \
            timestamp_micros
            timestamp_millis timestamp_seconds to_date to_time to_timestamp to_timestamp_ltz to_timestamp_ntz \
            to_unix_timestamp
            to_utc_timestamp trunc try_make_interval try_make_timestamp try_make_timestamp_ltz try_make_timestamp_ntz \
            try_to_date
            try_to_time try_to_timestamp unix_date unix_micros unix_millis unix_seconds unix_timestamp weekday \
            weekofyear year
            """;

    private static final String NUMBERS = """
            % * + - / abs acos acosh asin asinh atan atan2 atanh bin bround cbrt ceil ceiling conv cos cosh cot csc \
            degrees div e exp
            expm1 factorial floor greatest hex hypot least ln log log10 log1p log2 mod negative pi pmod positive pow \
            power radians
            rint round sec sign signum sin sinh sqrt tan tanh try_add try_divide try_mod try_multiply try_subtract unhex
            width_bucket & << >> >>> ^ | ~ bit_count bit_get getbit shiftleft shiftright shiftrightunsigned
            """;

    private static final String TEXTS = """
            ascii base64 bit_length btrim char char_length character_length chr collate collation concat concat_ws \
            contains decode
            elt encode endswith find_in_set format_number format_string initcap instr is_valid_utf8 lcase left len \
            length
            levenshtein locate lower lpad ltrim luhn_check make_valid_utf8 mask octet_length overlay position printf \
            quote
            regexp_count regexp_extract regexp_extract_all regexp_instr regexp_replace regexp_substr repeat replace \
            reverse right
            rpad rtrim sentences soundex space split split_part startswith substr substring substring_index to_binary \
            to_char
            to_number to_varchar translate trim try_to_binary try_to_number try_validate_utf8 ucase unbase64 upper \
            validate_utf8
            crc32 hash md5 sha sha1 sha2 xxhash64 parse_url try_parse_url try_url_decode url_decode url_encode
            """;

    private static final String COLLECTIONS = """
            array array_append array_compact array_contains array_distinct array_except array_insert array_intersect \
            array_join
            array_max array_min array_position array_prepend array_remove array_repeat array_size array_sort array_union
            arrays_overlap arrays_zip cardinality element_at flatten get sequence size slice sort_array try_element_at \
            aggregate
            exists filter forall map_filter map_zip_with reduce transform transform_keys transform_values zip_with map \
            map_concat
            map_contains_key map_entries map_from_arrays map_from_entries map_keys map_values str_to_map named_struct \
            struct
            explode explode_outer inline inline_outer posexplode posexplode_outer stack
            """;

    private static final String JSON = """
            from_json get_json_object json_array_length json_object_keys json_tuple schema_of_json to_json \
            is_variant_null parse_json
            try_parse_json try_variant_get variant_get
            """;

    private static final Set<String> NAMES = Stream.of(
                    AGGREGATES, WINDOWS, CONDITIONS, CONVERSIONS, DATES, NUMBERS, TEXTS, COLLECTIONS, JSON)
            .flatMap(names -> Arrays.stream(names.strip().split("\\s+")))
            .collect(Collectors.toUnmodifiableSet());

    /** More arguments than this are options of a reader or writer. */
    private static final Map<String, Integer> ARGUMENTS = Map.of("from_json", 2, "schema_of_json", 1, "to_json", 1);

    /**
     * Harmless to call. Rejected only after analysis, because that message says more than that they are not allowed.
     */
    private static final Set<String> JUDGED_LATER = Set.of(
            "curdate",
            "current_catalog",
            "current_database",
            "current_date",
            "current_schema",
            "current_time",
            "current_timestamp",
            "current_timezone",
            "localtimestamp",
            "monotonically_increasing_id",
            "now",
            "rand",
            "randn",
            "random",
            "randstr",
            "shuffle",
            "spark_partition_id",
            "uniform",
            "uuid",
            "version");

    private AllowedFunctions() {}

    /** Whether a call of a function with this number of arguments may be analysed. */
    static boolean contain(String name, int arguments) {
        return JUDGED_LATER.contains(name)
                || (NAMES.contains(name) && arguments <= ARGUMENTS.getOrDefault(name, Integer.MAX_VALUE));
    }
}
