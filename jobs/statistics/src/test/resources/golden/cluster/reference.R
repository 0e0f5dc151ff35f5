# Variances by contributor of survival curves, quantiles, restricted means and shares by reason, and the robust score
# test, by R's package survival. Reads DATASET.csv and writes DATASET_expected.json, both in the working directory:
#
#   Rscript reference.R
#
# Here with R 4.2.2 and survival 3.5-3. "cases" was made by cases() below (seed 20151231) and is copied; "kidney" is
# survival's data set of that name: times to infection at a catheter, two a patient (McGilchrist and Aisbett,
# Biometrics 1991), in no order of days and without late entry.
library(survival)

cases <- function() {
  set.seed(20151231)
  rows <- list()
  for (case in 1:45) {
    devices <- sample(c(1, 1, 2, 3, 5, 10), 1)
    received <- sample(-60:120, 1)
    shared <- 1 + floor(rexp(1, 1 / 40))
    for (device in seq_len(devices)) {
      # devices of a case leave together or by themselves; some on the day on which they were received
      wait <- if (runif(1) < 0.5) shared else sample(c(0, floor(rexp(1, 1 / 40))), 1, prob = c(0.1, 0.9))
      first <- max(0, -received)
      last <- 150 - received
      if (wait >= first) {
        reason <- sample(c("examined", "returned", "withdrawn"), 1, prob = c(0.6, 0.25, 0.15))
        rows[[length(rows) + 1]] <- data.frame(
          contributor = case, group = if (case %% 2) "before" else "after",
          stratum = if (runif(1) < 0.4) "urgent" else "standard", first_day = first, exit_day = min(wait, last),
          reason = if (wait <= last) reason else "")
      }
    }
  }
  rows <- do.call(rbind, rows)
  # a case with devices in both groups
  rows$group[rows$contributor %in% c(7, 12)] <- rep(c("before", "after"), length.out = sum(rows$contributor %in% c(7, 12)))
  cbind(item = seq_len(nrow(rows)), rows)
}

reasons <- c("examined", "returned", "withdrawn")
number <- function(x) ifelse(is.na(x), "null", sprintf("%.17g", x))
array <- function(x) paste0("[", paste(number(unname(x)), collapse = ", "), "]")
object <- function(fields) paste0("{", paste0('"', names(fields), '": ', unlist(fields), collapse = ",\n"), "}")

# residuals() evaluates the call of its fit again, so rows is a global variable
reference <- function() {
  probabilities <- c(0.25, 0.5, 0.75, 0.9, 0.95)
  fit <- survfit(Surv(first_day - 1, exit_day, event) ~ 1, data = rows, id = item, cluster = contributor, start.time = 0,
                 conf.type = "log-log")
  curve <- summary(fit, censored = TRUE)
  quantiles <- quantile(fit, probs = probabilities)
  horizon <- 90
  # residuals() leaves out what happens on the day of start.time, so its days are one later and begin at 0
  later <- survfit(Surv(first_day, exit_day + 1, event) ~ 1, data = rows, id = item, cluster = contributor)
  # the area under the curve: derivative by item, added up by contributor
  area <- residuals(later, times = horizon + 1, type = "auc")
  incidence <- survfit(Surv(first_day, exit_day + 1, how) ~ 1, data = rows, id = item, cluster = contributor)
  shares <- summary(incidence, censored = TRUE)
  fields <- list(
    r = paste0('"', R.version$major, ".", R.version$minor, ", survival ", packageVersion("survival"), '"'),
    time = array(curve$time), still_waiting = array(curve$surv), standard_error = array(curve$std.err),
    low = array(curve$lower), high = array(curve$upper),
    quantile = array(quantiles$quantile), quantile_low = array(quantiles$lower), quantile_high = array(quantiles$upper),
    horizon = horizon, restricted_mean = number(summary(fit, rmean = horizon)$table[["rmean"]]),
    restricted_mean_standard_error = number(sqrt(sum(tapply(area, rows$contributor, sum)^2))),
    share_time = array(shares$time - 1))
  for (reason in reasons[reasons %in% rows$reason]) {
    at <- match(reason, shares$states)
    fields[[paste0("share_", reason)]] <- array(shares$pstate[, at])
    # summary(incidence)$std.err adds up by item, although a cluster is given: the derivatives by item, by contributor
    by_item <- residuals(incidence, times = shares$time, type = "pstate")
    by_contributor <- apply(by_item[, , at], 2, function(column) sqrt(sum(tapply(column, rows$contributor, sum)^2)))
    fields[[paste0("share_standard_error_", reason)]] <- array(by_contributor)
  }
  # the score of Breslow's likelihood at 0 is observed less expected, also where several exits share a day
  test <- coxph(Surv(first_day - 1, exit_day, event) ~ is_before + cluster(contributor), rows, ties = "breslow")
  within <- coxph(Surv(first_day - 1, exit_day, event) ~ is_before + strata(stratum) + cluster(contributor), rows,
                  ties = "breslow")
  fields$robust_score <- number(test$rscore)
  fields$robust_score_within_strata <- number(within$rscore)
  object(fields)
}

if (!file.exists("cases.csv")) write.csv(cases(), "cases.csv", row.names = FALSE, quote = FALSE, na = "")
if (!file.exists("kidney.csv")) {
  write.csv(data.frame(item = seq_len(nrow(kidney)), contributor = kidney$id, group = ifelse(kidney$sex == 1, "before", "after"),
                       stratum = ifelse(kidney$age < 45, "younger", "older"), first_day = 0, exit_day = kidney$time,
                       reason = ifelse(kidney$status == 1, "examined", "")), "kidney.csv", row.names = FALSE, quote = FALSE)
}
for (dataset in c("cases", "kidney")) {
  rows <- read.csv(paste0(dataset, ".csv"), na.strings = NULL, colClasses = c(reason = "character"))
  rows$is_before <- as.integer(rows$group == "before")
  rows$event <- as.integer(rows$reason != "")
  rows$how <- factor(ifelse(rows$reason == "", "censored", rows$reason), c("censored", reasons))
  writeLines(reference(), paste0(dataset, "_expected.json"))
}
