/*
 * libfinn: fixed integral neural networks.
 *
 * A network F is trained so that its full mixed partial f = d^n F / dx_1 .. dx_n is the function
 * wanted. Every integral of f is then exact, and can be fixed to a value epsilon.
 * (R. Kortvelesy, "Fixed Integral Neural Networks", arXiv 2307.14439.)
 *
 * Quick start
 *     finn_model_options options;
 *     finn_model_options_init(&options);
 *     options.variables = 2; options.lower = lower; options.upper = upper;
 *     finn_model_create(&options, &model, &error);
 *     finn_workspace_create(0, &workspace, &error);
 *     finn_trainer_create(model, &training, &trainer, &error);
 *     finn_trainer_fit_sampler(trainer, model, workspace, sampler, NULL, NULL, &error);
 *     finn_integrand_f64(model, workspace, x, batch, f, &error);
 *
 * Errors        Every fallible function returns a finn_status and takes a finn_error* as its last
 *               argument, which may be NULL. On failure it holds the status and a message that
 *               names the argument, what was given and what was expected. Output handles are set
 *               to NULL and nothing else is changed, unless a function says otherwise. Success
 *               leaves the error as it was. A number that is NaN or infinite gives
 *               FINN_ERROR_NOT_FINITE wherever it stands; so does a result that overflows, in
 *               which case the results are written all the same.
 * Ownership     A handle that comes from *_create or *_clone is released with the *_destroy of its
 *               type, which accepts NULL. All arrays belong to the caller; none is kept after the
 *               call returns, except where a function says so.
 * Threads       The library has no global state and starts no thread at load. A finn_model may be
 *               read by any number of threads at once (all functions that take a const
 *               finn_model*); a finn_workspace and a finn_trainer serve one thread at a time.
 * Arrays        Row-major and contiguous; shapes stand in brackets, slowest index first. The _f32
 *               and _f64 forms accept any model: the suffix is the type of the caller's arrays,
 *               the precision of the model is the type in which it computes.
 * NULL          A pointer must not be NULL unless its description says that it may.
 */
#ifndef FINN_H
#define FINN_H

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#define FINN_API __declspec(dllexport)
#elif defined(__GNUC__)
#define FINN_API __attribute__((visibility("default")))
#else
#define FINN_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* 1. Version ------------------------------------------------------------------------------- */

#define FINN_VERSION_MAJOR 0
#define FINN_VERSION_MINOR 1
#define FINN_VERSION_PATCH 0
/* Compare with finn_version_number(): major * 10000 + minor * 100 + patch. */
#define FINN_VERSION_NUMBER \
  (FINN_VERSION_MAJOR * 10000 + FINN_VERSION_MINOR * 100 + FINN_VERSION_PATCH)
/* The largest number of integration variables of the head mlp, whose cost grows like 2^n, and of
 * the head product, whose cost grows like n; also finn_max_variables() and
 * finn_max_product_variables(). */
#define FINN_MAX_VARIABLES 8
#define FINN_MAX_PRODUCT_VARIABLES 64

/* Version of the library at run time, as FINN_VERSION_NUMBER. Any thread. */
FINN_API int32_t finn_version_number(void);
/* "0.1.0"; static storage. Any thread. */
FINN_API const char* finn_version_string(void);
/* One line on compiler, OpenMP and the active instruction set; static storage. Any thread. */
FINN_API const char* finn_build_info(void);
/* The instruction set whose kernels are in use: "avx512", "avx2", "sse2", "neon", "fma" (one number
 * at a time, with fused multiply-adds) or "portable"; static storage. It is chosen when the library
 * is loaded: the widest that the processor has, or the one that the environment variable FINN_SIMD
 * names, "portable" if that one is not to be had. avx512, avx2, neon and fma give the same bits.
 * Any thread. */
FINN_API const char* finn_instruction_set(void);
/* FINN_MAX_VARIABLES of the library at run time. Any thread. */
FINN_API int32_t finn_max_variables(void);
/* FINN_MAX_PRODUCT_VARIABLES of the library at run time. Any thread. */
FINN_API int32_t finn_max_product_variables(void);

/* 2. Errors -------------------------------------------------------------------------------- */

typedef int32_t finn_status;
enum {
  FINN_OK = 0,
  FINN_ERROR_NULL = 1,       /* a required pointer is NULL */
  FINN_ERROR_ARGUMENT = 2,   /* a value is outside its range, or a handle is not one of ours */
  FINN_ERROR_SIZE = 3,       /* a length or shape does not fit */
  FINN_ERROR_NOT_FINITE = 4, /* an input or a result is NaN or infinite */
  FINN_ERROR_INTEGRAL = 5,   /* the integral of the network cannot be normalised */
  FINN_ERROR_MEMORY = 6,     /* memory was refused */
  FINN_ERROR_CALLBACK = 7,   /* a callback reported an error of its own */
  FINN_ERROR_INTERNAL = 8,   /* a defect of the library; please report it */
  FINN_STOPPED = 9           /* the progress callback asked to stop; the work so far is kept */
};

#define FINN_ERROR_MESSAGE_SIZE 512

/* Supplied by the caller, filled on failure: set struct_size, or use FINN_ERROR_INIT. One whose
 * struct_size is smaller than that of this header is left alone. */
typedef struct finn_error {
  uint64_t struct_size;
  finn_status status;
  char message[FINN_ERROR_MESSAGE_SIZE]; /* always terminated; cut when too long */
} finn_error;

#define FINN_ERROR_INIT                \
  {                                    \
    sizeof(finn_error), FINN_OK, { 0 } \
  }

/* "FINN_ERROR_SIZE" and the like; "FINN_UNKNOWN" for any other number. Any thread. */
FINN_API const char* finn_status_name(finn_status status);
/* One sentence on a status. Any thread. */
FINN_API const char* finn_status_text(finn_status status);

/* 3. Models -------------------------------------------------------------------------------- */

typedef int32_t finn_precision;
enum { FINN_FLOAT64 = 0, FINN_FLOAT32 = 1 };

/* The form of the network; docs/HEADS.md compares them. */
typedef int32_t finn_head;
enum {
  FINN_HEAD_AUTO = 0,   /* PRODUCT, or MLP where a field asks for what only the MLP has */
  FINN_HEAD_MLP = 1,    /* layers of sigma_n(P(W) h + b), as in the paper */
  FINN_HEAD_PRODUCT = 2 /* sum_j c_j prod_i Phi_ij(x_i), Phi_ij increasing: linear in n, kappa 1 */
};

/* The map from free parameters to the weights of a positive network; biases are always free. */
typedef int32_t finn_positivity;
enum {
  FINN_POSITIVITY_NONE = 0,     /* plain weights: f may take either sign */
  FINN_POSITIVITY_ABS = 1,      /* |w|, as in the paper */
  FINN_POSITIVITY_SOFTPLUS = 2, /* log(1 + exp(w)) */
  FINN_POSITIVITY_SQUARE = 3,   /* w^2 */
  FINN_POSITIVITY_EXP = 4,      /* exp(w) */
  FINN_POSITIVITY_AUTO = 5      /* EXP for HEAD_PRODUCT, ABS for HEAD_MLP */
};

typedef int32_t finn_activation;
enum {
  FINN_ACTIVATION_AUTO = 0,  /* sigma_n for a positive network, tanh otherwise */
  FINN_ACTIVATION_SIGMA = 1, /* sigma_n, the (n-1)-fold integral of (1 + erf)/2 */
  /* Not with positivity, because derivatives of theirs change sign. */
  FINN_ACTIVATION_TANH = 2,
  FINN_ACTIVATION_SOFTPLUS = 3, /* log(1 + exp(x)) */
  FINN_ACTIVATION_SINE = 4
};

typedef int32_t finn_last_layer;
enum {
  FINN_LAST_LAYER_LINEAR = 0,
  FINN_LAST_LAYER_SIGMA = 1 /* as the paper prints it: the activation follows here too */
};

typedef int32_t finn_read_out;
enum {
  FINN_READ_OUT_LAST = 0, /* the output is a sum over the last hidden layer */
  FINN_READ_OUT_DENSE = 1 /* over all of them: what three layers and more need to train */
};

typedef int32_t finn_sharing;
enum {
  FINN_SHARING_TRUNK = 0, /* several outputs are different sums over the same units or terms */
  FINN_SHARING_NONE = 1   /* each output has units or terms of its own */
};

typedef int32_t finn_constraint;
enum {
  FINN_CONSTRAINT_AUTO = 0,  /* SCALE with positivity, SHIFT without */
  FINN_CONSTRAINT_NONE = 1,  /* f is the mixed partial of the network as it stands */
  FINN_CONSTRAINT_SCALE = 2, /* f = epsilon f'/I: the paper's equality, singular at I = 0 */
  FINN_CONSTRAINT_SHIFT = 3  /* f = f' + (epsilon - I)/volume: the L2 projection, never singular */
};

typedef int32_t finn_coordinates;
enum {
  FINN_COORDINATES_STANDARD = 0, /* the network sees each x_i mapped to unit variance in the box */
  FINN_COORDINATES_RAW = 1       /* the network sees x as it is */
};

/* What a model is made of. Fill with finn_model_options_init, which sets struct_size, then change
 * what you need. Fields are only ever added at the end: a struct that ends before one of them
 * (struct_size says where) is accepted; what it lacks is 0, and its head is FINN_HEAD_MLP. */
typedef struct finn_model_options {
  uint64_t struct_size;
  int32_t variables;     /* n, 1 .. FINN_MAX_VARIABLES or, with HEAD_PRODUCT,
                            FINN_MAX_PRODUCT_VARIABLES; no default */
  int32_t outputs;       /* m >= 1; default 1 */
  const double* lower;   /* [variables] limits of the domain; finite; no default */
  const double* upper;   /* [variables] each above its lower */
  const int32_t* widths; /* [hidden_layers] of the mlp; may be NULL: two hidden layers of 32 */
  int32_t hidden_layers; /* length of widths, 0 .. 64; ignored while widths is NULL */
  finn_precision precision;
  finn_positivity positivity; /* default FINN_POSITIVITY_AUTO */
  finn_activation activation;
  finn_last_layer last_layer;
  finn_constraint constraint;
  const double* epsilon; /* [outputs] integral over the domain; may be NULL: 1 for each output */
  double floor;          /* share of epsilon spread evenly, in [0, 1); with SCALE only; default 0 */
  finn_coordinates coordinates;
  int32_t reserved; /* 0 */
  uint64_t seed;    /* of the initial parameters; default 0 */
  finn_head head;   /* default FINN_HEAD_AUTO: MLP with widths, activation, last_layer, patterns,
                       read_out or POSITIVITY_NONE, PRODUCT otherwise */
  /* Of the mlp only: */
  int32_t patterns; /* of signs, 1 .. 2^variables, each with hidden layers of its own and with
                       positivity; 0 means 1 */
  finn_read_out read_out;
  /* Of both: */
  finn_sharing sharing;
  /* Of the product only, which takes no widths, last_layer, patterns and read_out: */
  int32_t terms; /* of the sum; 0 means 64 */
  int32_t steps; /* of sigma_1 in each Phi_ij, at most 64; 0 means 4 */
} finn_model_options;

/* A network on a box with its constraint and its parameters. */
typedef struct finn_model finn_model;

/* Writes the defaults into *options and returns FINN_OK, or FINN_ERROR_NULL. Any thread.
 * In C and C++ it is a macro that passes the size of the struct of this header. The function of
 * this name is the one of the first header: it writes the struct of that header and its defaults.
 * Other languages call finn_model_options_init_sized with the size of the struct that they know,
 * which must not be larger than that of the library: FINN_ERROR_ARGUMENT otherwise. */
FINN_API finn_status finn_model_options_init(finn_model_options* options);
FINN_API finn_status finn_model_options_init_sized(finn_model_options* options, uint64_t size);
#define finn_model_options_init(options) \
  finn_model_options_init_sized((options), sizeof(finn_model_options))

/* Makes a model with freshly drawn parameters (the initialisation from the statistics of the
 * domain, docs/INITIALISATION.md). All arrays in options are copied. Any thread. */
FINN_API finn_status finn_model_create(const finn_model_options* options, finn_model** model,
                                       finn_error* error);
/* A copy that shares nothing with the original. Any thread. */
FINN_API finn_status finn_model_clone(const finn_model* model, finn_model** copy,
                                      finn_error* error);
FINN_API void finn_model_destroy(finn_model* model);

/* Draws the parameters anew, from the statistics of rows of x [rows][variables] in the domain
 * instead of those of the domain: for data that fill only a part of it. With HEAD_PRODUCT each term
 * begins at a row. At most 1024 rows, drawn by the seed, are looked at. */
FINN_API finn_status finn_model_initialise_from_data(finn_model* model, const double* x,
                                                     int64_t rows, uint64_t seed,
                                                     finn_error* error);

/* n, m, and the length of the flat parameter vector; 0 for NULL. Any thread. */
FINN_API int32_t finn_model_variables(const finn_model* model);
FINN_API int32_t finn_model_outputs(const finn_model* model);
FINN_API int64_t finn_model_parameter_count(const finn_model* model);

/* Copies the free parameters out of or into the model. HEAD_MLP: layer by layer, weights
 * [out][in], then biases [out]; pattern by pattern, output by output under SHARING_NONE, each with
 * its layers, then under READ_OUT_DENSE the weights [outputs][in] of the hidden layers but the
 * last. HEAD_PRODUCT: slopes w, biases b and, if steps > 1, logits of the shares a, each
 * [variables][terms][steps], then c [outputs][terms]; under SHARING_NONE so for each output.
 * length must be finn_model_parameter_count; values must be finite, in the precision
 * of the model too. Parameters whose integral cannot be normalised may be set; it is the next
 * query that returns FINN_ERROR_INTEGRAL. */
FINN_API finn_status finn_model_get_parameters_f64(const finn_model* model, double* parameters,
                                                   int64_t length, finn_error* error);
FINN_API finn_status finn_model_get_parameters_f32(const finn_model* model, float* parameters,
                                                   int64_t length, finn_error* error);
FINN_API finn_status finn_model_set_parameters_f64(finn_model* model, const double* parameters,
                                                   int64_t length, finn_error* error);
FINN_API finn_status finn_model_set_parameters_f32(finn_model* model, const float* parameters,
                                                   int64_t length, finn_error* error);

/* 4. Workspaces ---------------------------------------------------------------------------- */

/* Scratch memory of an evaluation: grows at first use and is then reused, so that a call repeated
 * with the same sizes allocates nothing. Serves any model, one thread at a time. */
typedef struct finn_workspace finn_workspace;

/* threads: how many threads a call may use; 0 for one per processor, at most 1024. Results are
 * the same bits for every number of threads. */
FINN_API finn_status finn_workspace_create(int32_t threads, finn_workspace** workspace,
                                           finn_error* error);
FINN_API void finn_workspace_destroy(finn_workspace* workspace);

/* 5. Queries ------------------------------------------------------------------------------- */

/* f at points x [batch][variables], into f [batch][outputs]. With positivity and the constraint
 * SCALE or NONE, f >= 0 always, also in float; SHIFT may push it below 0. Points outside the
 * domain are allowed; far outside F grows like a polynomial and may overflow. */
FINN_API finn_status finn_integrand_f64(const finn_model* model, finn_workspace* workspace,
                                        const double* x, int64_t batch, double* f,
                                        finn_error* error);
FINN_API finn_status finn_integrand_f32(const finn_model* model, finn_workspace* workspace,
                                        const float* x, int64_t batch, float* f, finn_error* error);

/* F at points x, constrained like f: only differences over the corners of a box mean anything. */
FINN_API finn_status finn_antiderivative_f64(const finn_model* model, finn_workspace* workspace,
                                             const double* x, int64_t batch, double* F,
                                             finn_error* error);
FINN_API finn_status finn_antiderivative_f32(const finn_model* model, finn_workspace* workspace,
                                             const float* x, int64_t batch, float* F,
                                             finn_error* error);

/* d^|S| F / prod_{i in S} dx_i into values [batch][outputs]; bit i of subset stands for variable
 * i, counted from 0. Subset 0 is F, all ones is f; differenced over the corners of the other
 * variables it is a marginal. With several patterns and with HEAD_PRODUCT beyond 32 variables see
 * docs/HEADS.md. */
FINN_API finn_status finn_mixed_partial_f64(const finn_model* model, finn_workspace* workspace,
                                            uint32_t subset, const double* x, int64_t batch,
                                            double* values, finn_error* error);
FINN_API finn_status finn_mixed_partial_f32(const finn_model* model, finn_workspace* workspace,
                                            uint32_t subset, const float* x, int64_t batch,
                                            float* values, finn_error* error);

/* The integral of f over the box [lower, upper] ([variables] each, lower <= upper, finite), from
 * F at its 2^n corners - HEAD_PRODUCT: from differences one variable at a time, with kappa 1 -
 * always in double, whatever the precision of the model.
 *     value           [outputs]
 *     kappa           [outputs] sum |F| / |sum F|, the condition of the difference: infinite when
 *                     only the sum is 0, 1 when all F are; may be NULL
 *     error_estimate  [outputs] the rounding error to expect in value; may be NULL */
FINN_API finn_status finn_integral(const finn_model* model, finn_workspace* workspace,
                                   const double* lower, const double* upper, double* value,
                                   double* kappa, double* error_estimate, finn_error* error);

/* Vector-Jacobian product of f, for a loss of your own: given f_adjoint [batch][outputs] =
 * dLoss/df, writes
 *     f                  [batch][outputs]   may be NULL
 *     parameter_adjoint  [parameter_count]  dLoss/dparameters, through the constraint as well
 *     x_adjoint          [batch][variables] dLoss/dx; may be NULL
 * The outputs are overwritten, not added to. */
FINN_API finn_status finn_integrand_vjp_f64(const finn_model* model, finn_workspace* workspace,
                                            const double* x, int64_t batch, const double* f_adjoint,
                                            double* f, double* parameter_adjoint, double* x_adjoint,
                                            finn_error* error);
FINN_API finn_status finn_integrand_vjp_f32(const finn_model* model, finn_workspace* workspace,
                                            const float* x, int64_t batch, const float* f_adjoint,
                                            float* f, float* parameter_adjoint, float* x_adjoint,
                                            finn_error* error);

/* 6. Training ------------------------------------------------------------------------------ */

typedef int32_t finn_loss;
enum {
  FINN_LOSS_SQUARED_ERROR = 0,          /* mean over rows and outputs of (f - y)^2 */
  FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD = 1 /* mean of -log f; positivity, not SHIFT */
};

typedef int32_t finn_schedule;
enum {
  FINN_SCHEDULE_COSINE = 0, /* from learning_rate to 0 along half a cosine */
  FINN_SCHEDULE_CONSTANT = 1
};

/* How a model is trained: Adam (Kingma & Ba, arXiv 1412.6980) on mini-batches. */
typedef struct finn_training_options {
  uint64_t struct_size;
  int64_t steps;        /* in all; default 6000 */
  int64_t batch;        /* rows per step; default 0: 512, or all rows of a smaller data set */
  double learning_rate; /* default 0.01 */
  double beta1;         /* default 0.9 */
  double beta2;         /* default 0.999 */
  double adam_epsilon;  /* default 1e-8 */
  finn_loss loss;
  finn_schedule schedule;
  uint64_t seed; /* of shuffles and of the sampler's points; default 0 */
} finn_training_options;

/* State of a training run: the optimiser's moments, the step, the random numbers, the losses. */
typedef struct finn_trainer finn_trainer;

/* What a progress callback is told after each step. */
typedef struct finn_progress {
  uint64_t struct_size;
  int64_t step; /* steps done, 1 .. steps */
  int64_t steps;
  double loss;          /* of this step's mini-batch, before the update */
  double learning_rate; /* of this step */
  double seconds;       /* since this fit call began */
} finn_progress;

/* Return 0 to go on and anything else to stop, which gives FINN_STOPPED also after the last step.
 * Called on the caller's thread. */
typedef int32_t (*finn_progress_callback)(const finn_progress* progress, void* user_data);

/* Supplies the mini-batch of a step, counted from 0. On entry x [batch][variables] holds uniform
 * points of the domain, drawn from the trainer's seed; the callback may overwrite it with any
 * finite points. It fills y [batch][outputs], which is NULL under
 * FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD. Return 0, or anything else to end the fit with
 * FINN_ERROR_CALLBACK, which keeps the steps done. Called on the caller's thread. */
typedef int32_t (*finn_sampler_callback)(int64_t step, int64_t batch, double* x, double* y,
                                         void* user_data);

/* Writes the defaults into *options and returns FINN_OK, or FINN_ERROR_NULL. Any thread. */
FINN_API finn_status finn_training_options_init(finn_training_options* options);

/* A trainer for models of the shape of this one. */
FINN_API finn_status finn_trainer_create(const finn_model* model,
                                         const finn_training_options* options,
                                         finn_trainer** trainer, finn_error* error);
FINN_API void finn_trainer_destroy(finn_trainer* trainer);

/* Trains on rows of x [rows][variables] and y [rows][outputs]; y is NULL under
 * FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD. Rows lie in the domain and are shuffled anew for each pass.
 * Goes on from where the trainer stands until options.steps are done, with as many rows as at the
 * first call. progress may be NULL.
 * Returns FINN_STOPPED when the callback stopped it: model and trainer are valid, and a further
 * call goes on to the same bits as if it had not been stopped. A step whose loss or gradient is
 * not finite ends the fit with FINN_ERROR_NOT_FINITE before it touches the parameters. */
FINN_API finn_status finn_trainer_fit_data(finn_trainer* trainer, finn_model* model,
                                           finn_workspace* workspace, const double* x,
                                           const double* y, int64_t rows,
                                           finn_progress_callback progress, void* user_data,
                                           finn_error* error);
/* The same with mini-batches from a callback; user_data goes to both callbacks. */
FINN_API finn_status finn_trainer_fit_sampler(finn_trainer* trainer, finn_model* model,
                                              finn_workspace* workspace,
                                              finn_sampler_callback sampler,
                                              finn_progress_callback progress, void* user_data,
                                              finn_error* error);

/* Steps done so far; 0 for NULL. */
FINN_API int64_t finn_trainer_steps(const finn_trainer* trainer);
/* Copies the loss of every step done into losses [length], length = finn_trainer_steps. */
FINN_API finn_status finn_trainer_history(const finn_trainer* trainer, double* losses,
                                          int64_t length, finn_error* error);

/* 7. The sigma family ---------------------------------------------------------------------- */

/* The activation of positive networks with its derivatives, for those who want them by themselves:
 *     sigma_n(x) = i^(n-1)erfc(-x) / 2, the (n-1)-fold integral of (1 + erf)/2 (DLMF 7.18),
 *     sigma_0(x) = exp(-x^2) / sqrt(pi),   sigma_k' = sigma_(k-1) for every integer k.
 * Errors, in unit roundoffs of the result: at most 4 for the orders 1 .. 4 and at most 8 for 0 and
 * 5 .. 8 wherever the result is a normal number, one spacing where it is subnormal; never negative
 * for orders >= 0. Measured values: docs/ACCURACY.md. Orders below 0 change sign; their error is
 * relative to (1 + 2|x|)^-k sigma_0(x).
 * Any argument is valid, unlike elsewhere in this header: NaN gives NaN, sigma_k(-inf) = 0,
 * sigma_k(inf) = 0, 1 or inf for k < 1, k = 1 and k > 1. The same bits wherever in the array a
 * number stands, and for every `order` from which the orders are counted down. Any thread. */

/* values [count][length]: values[k * length + i] = sigma_(order - k)(x[i]). order is 1 .. 8, count
 * at least 1, order - count + 1 >= -8, length >= 0. values must not overlap x. */
FINN_API finn_status finn_sigma_f64(int32_t order, int32_t count, const double* x, int64_t length,
                                    double* values, finn_error* error);
FINN_API finn_status finn_sigma_f32(int32_t order, int32_t count, const float* x, int64_t length,
                                    float* values, finn_error* error);

/* logs [length] = log sigma_order(x) and slopes [length] = its derivative, sigma_(order-1) /
 * sigma_order; slopes may be NULL. order is 0 .. 8. Finite for every finite x, also where sigma_n
 * underflows: what is beyond the largest number becomes that number. Errors at most 8 unit
 * roundoffs of the result; of 1, if that is larger, for logs of orders above 1, which have a
 * zero. */
FINN_API finn_status finn_log_sigma_f64(int32_t order, const double* x, int64_t length,
                                        double* logs, double* slopes, finn_error* error);
FINN_API finn_status finn_log_sigma_f32(int32_t order, const float* x, int64_t length, float* logs,
                                        float* slopes, finn_error* error);

/* Repeated integrals of erfc (DLMF 7.18): values [count][length], values[k * length + i] =
 * i^(order - k)erfc(z[i]) = 2 sigma_(order - k + 1)(-z[i]). order is 0 .. 7, down to i^-1erfc(z) =
 * 2 exp(-z^2) / sqrt(pi): 1 <= count <= order + 2. Errors as those of sigma. */
FINN_API finn_status finn_repeated_erfc_f64(int32_t order, int32_t count, const double* z,
                                            int64_t length, double* values, finn_error* error);
FINN_API finn_status finn_repeated_erfc_f32(int32_t order, int32_t count, const float* z,
                                            int64_t length, float* values, finn_error* error);

#ifdef __cplusplus
}
#endif

#endif /* FINN_H */
