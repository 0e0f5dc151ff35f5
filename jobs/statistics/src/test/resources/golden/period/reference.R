# Comparisons of two periods by R: poisson.test, fisher.test, t.test and p.adjust of package stats. Writes rates.csv,
# scaled.csv, fisher.csv, means.csv and holm.csv into the working directory:
#
#   Rscript reference.R
#
# Here with R 4.2.2. The interval of scaled rates has no function in R: its ends are found as the roots of
# |share - x| = z sqrt(x (1 - x) phi / n), which is what the score test does not reject.
options(digits = 15)
number <- function(x) sprintf("%.15g", x)
write <- function(rows, file) write.csv(as.data.frame(rows), file, row.names = FALSE, quote = FALSE)
set.seed(20151118)

rates <- rbind(
  c(142, 21, 150, 20), c(0, 20, 7, 22), c(5, 20, 0, 22), c(1, 60, 1, 61), c(30, 21, 30, 21), c(12, 63, 40, 62),
  c(999, 245, 1203, 244), c(25000, 251, 26100, 252), c(3, 5, 11, 250),
  cbind(rpois(12, 60), sample(18:23, 12, TRUE), rpois(12, 70), sample(18:23, 12, TRUE)))
write(t(apply(rates, 1, function(r) {
  test <- poisson.test(c(r[1], r[3]), c(r[2], r[4]))
  c(later = number(r[1]), later_days = number(r[2]), earlier = number(r[3]), earlier_days = number(r[4]),
    ratio = number(unname(test$estimate)), low = number(test$conf.int[1]), high = number(test$conf.int[2]),
    p = number(test$p.value))
})), "rates.csv")

scaled <- cbind(rates[rates[, 1] > 0 & rates[, 3] > 0, ], phi = 1 + round(3 * runif(sum(rates[, 1] > 0 & rates[, 3] > 0)), 2))
write(t(apply(scaled, 1, function(r) {
  n <- (r[1] + r[3]) / r[5]
  share <- r[1] / (r[1] + r[3])
  expected <- r[2] / (r[2] + r[4])
  z <- qnorm(0.975)
  end <- function(from, to) uniroot(function(x) (share - x)^2 - z^2 * x * (1 - x) / n, c(from, to), tol = 1e-15)$root
  ratio <- function(x) x / (1 - x) * r[4] / r[2]
  deviate <- (share - expected) / sqrt(expected * (1 - expected) / n)
  c(later = number(r[1]), later_days = number(r[2]), earlier = number(r[3]), earlier_days = number(r[4]),
    phi = number(r[5]), low = number(ratio(end(1e-12, share))), high = number(ratio(end(share, 1 - 1e-12))),
    p = number(2 * pnorm(-abs(deviate))))
})), "scaled.csv")

shares <- rbind(
  c(56, 70, 48, 80), c(9, 10, 3, 10), c(6, 7, 2, 7), c(0, 10, 0, 12), c(10, 10, 0, 20), c(34, 70, 3, 7),
  c(400, 1000, 460, 1010), c(12000, 30000, 11000, 29500), cbind(rbinom(8, 60, 0.3), 60, rbinom(8, 75, 0.4), 75))
write(t(apply(shares, 1, function(r) {
  c(later = number(r[1]), later_total = number(r[2]), earlier = number(r[3]), earlier_total = number(r[4]),
    p = number(fisher.test(matrix(c(r[1], r[2] - r[1], r[3], r[4] - r[3]), 2))$p.value))
})), "fisher.csv")

means <- lapply(1:6, function(i) list(round(rnorm(5 * i + 3, 2, 9)), round(rnorm(4 * i + 4, -1, 4))))
write(t(sapply(means, function(m) {
  test <- t.test(m[[1]], m[[2]])
  c(later = paste(m[[1]], collapse = " "), earlier = paste(m[[2]], collapse = " "),
    difference = number(mean(m[[1]]) - mean(m[[2]])), low = number(test$conf.int[1]),
    high = number(test$conf.int[2]), p = number(test$p.value))
})), "means.csv")

p <- c(runif(9), 0.001, 0.0004, 0.02, 0.02, 1e-12, 1)
write(cbind(p = number(p), adjusted = number(p.adjust(p, "holm"))), "holm.csv")
