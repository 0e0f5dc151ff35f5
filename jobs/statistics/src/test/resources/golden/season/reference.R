# The F test of twelve months by R's lm and anova: season.csv and season_expected.json.
#   Rscript reference.R        (R 4.2.2, base only)
# A year is twelve months counted back from the latest one, so that only the earliest may be incomplete. Both tests compare the additive model
# of months and years with a smaller one: years alone (11 degrees of freedom), years and a straight trend (10).
set.seed(20261202)
wave <- function(n, size) size * sqrt(2) * sin(2 * pi * (seq_len(n) - 1) / 12)
series <- list(
    no_season_24 = round(100 + 10 * rnorm(24), 3),
    no_season_60 = round(100 + 10 * rnorm(60), 3),
    season_24 = round(100 + 10 * (rnorm(24) + wave(24, 1.5)), 3),
    season_35 = round(100 + 10 * (rnorm(35) + wave(35, 1)), 3),
    season_47_years_differ = round(100 + 10 * (rnorm(47) + wave(47, 2)) + rep(c(0, 30, 10, -20), each = 12)[1:47], 3),
    trend_36 = round(100 + 10 * rnorm(36) + 4 * seq_len(36), 3),
    weak_25 = round(100 + 10 * (rnorm(25) + wave(25, 0.4)), 3),
    airpassengers_144 = as.numeric(AirPassengers),
    deaths_72 = as.numeric(USAccDeaths),
    december_36 = round(100 + 3 * rnorm(36) - 25 * (seq_len(36) %% 12 == 0), 3))
test <- function(y) {
    n <- length(y)
    place <- rev((seq_len(n) - 1) %% 12)
    year <- rev((seq_len(n) - 1) %/% 12)
    d <- data.frame(y = y, month = factor(place), year = factor(year), t = seq_len(n))
    full <- lm(y ~ year + month, d)
    season <- anova(lm(y ~ year, d), full)
    beyond <- anova(lm(y ~ year + t, d), full)
    mean_square <- sum(resid(full)^2) / full$df.residual
    list(months = n, residual_df = full$df.residual, f = season$F[2], p = season[["Pr(>F)"]][2],
         f_beyond_trend = beyond$F[2], p_beyond_trend = beyond[["Pr(>F)"]][2],
         size = sqrt(max(0, season[["Sum of Sq"]][2] - 11 * mean_square) / n / mean_square))
}
rows <- do.call(rbind, lapply(names(series), function(name)
    data.frame(series = name, month = seq_along(series[[name]]), value = series[[name]])))
write.csv(rows, "season.csv", row.names = FALSE, quote = FALSE)
number <- function(x) if (is.character(x)) x else trimws(formatC(x, digits = 17, format = "g"))
lines <- vapply(names(series), function(name) {
    found <- test(series[[name]])
    sprintf('"%s": {%s}', name, paste(sprintf('"%s": %s', names(found), vapply(found, number, "")), collapse = ", "))
}, "")
writeLines(c("{", paste0("  ", lines, c(rep(",", length(lines) - 1), "")), "}"), "season_expected.json")
