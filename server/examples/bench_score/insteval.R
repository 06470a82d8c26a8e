# InstEval by lme4, for `make bench-score`.
#   Rscript insteval.R export FILE     writes the data: rep, customer, rating
#   Rscript insteval.R time            prints CPU seconds of fit and all standard errors, and the BLAS, as JSON
#   Rscript insteval.R tight FILE      writes the same deviance's optimum, polished, as the engine writes its own
suppressMessages(library(lme4))
data(InstEval)
arguments <- commandArgs(trailingOnly = TRUE)
what <- arguments[1]
formula <- y ~ 1 + (1 | s) + (1 | d)

if (what == "export") {
  data <- data.frame(rep = as.integer(InstEval$d), customer = as.integer(InstEval$s), rating = InstEval$y)
  write.csv(data, arguments[2], row.names = FALSE, quote = FALSE)
}

if (what == "time") {
  start <- proc.time()
  model <- lmer(formula, InstEval)
  effects <- ranef(model, condVar = TRUE)
  used <- proc.time() - start
  cat(sprintf('{"cpu_s": %.3f, "blas": "%s"}\n', used[["user.self"]] + used[["sys.self"]], sessionInfo()$BLAS))
}

if (what == "tight") {
  parsed <- lFormula(formula, InstEval)
  deviance <- do.call(mkLmerDevfun, parsed)
  theta <- optimizeLmer(deviance)$par
  # Newton's method by central differences; fourth order, since the optimum is wanted to ten digits.
  slope <- function(f, x, k, h) {
    at <- function(d) { x[k] <- x[k] + d; f(x) }
    (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h)
  }
  gradient <- function(x) c(slope(deviance, x, 1, 2e-3), slope(deviance, x, 2, 2e-3))
  for (step in 1:3) {
    columns <- lapply(1:2, function(k) {
      up <- down <- theta
      up[k] <- up[k] + 1e-3
      down[k] <- down[k] - 1e-3
      (gradient(up) - gradient(down)) / 2e-3
    })
    theta <- theta - solve(do.call(cbind, columns), gradient(theta))
  }
  value <- deviance(theta)
  model <- mkMerMod(environment(deviance), list(par = theta, fval = value, conv = 0, message = NULL), parsed$reTrms, parsed$fr)
  effects <- ranef(model, condVar = TRUE)
  numbers <- function(values) paste0("[", paste(sprintf("%.17g", values), collapse = ","), "]")
  factor <- function(effect) sprintf('{"blup": %s, "conditional_sd": %s}', numbers(effect[[1]]), numbers(sqrt(as.vector(attr(effect, "postVar")))))
  s2 <- sigma(model)^2
  cat(sprintf('{"rep": %s, "customer": %s, "variance": %s, "reml": %.17g}\n', factor(effects$d), factor(effects$s),
    numbers(c(theta[2]^2 * s2, theta[1]^2 * s2, s2)), value), file = arguments[2])
}
