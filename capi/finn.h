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

/* Users of the static library on Windows define FINN_STATIC; the CMake target libfinn::finn_static
 * does so by itself. FINN_BUILDING is for the build of the library alone. */
#if defined(FINN_STATIC)
#define FINN_API
#elif defined(_WIN32) && defined(FINN_BUILDING)
#define FINN_API __declspec(dllexport)
#elif defined(_WIN32)
#define FINN_API __declspec(dllimport)
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
  FINN_STOPPED = 9,          /* the progress callback asked to stop; the work so far is kept */
  FINN_ERROR_FILE = 10,      /* a file cannot be read or written */
  FINN_ERROR_FORMAT = 11     /* bytes are not what their format says */
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
  FINN_HEAD_AUTO = 0,   /* MLP if any field is set that only the MLP has, else PRODUCT */
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
  FINN_CONSTRAINT_AUTO = 0,      /* SCALE with positivity, SHIFT without */
  FINN_CONSTRAINT_NONE = 1,      /* f is the mixed partial of the network as it stands */
  FINN_CONSTRAINT_SCALE = 2,     /* f = J f'/I: the paper's equality, singular at I = 0 */
  FINN_CONSTRAINT_SHIFT = 3,     /* f = f' + (J - I)/volume: the L2 projection, never singular */
  FINN_CONSTRAINT_PROJECTION = 4 /* the nearest f' + g, in L2, that meets all linear_constraints */
};

/* What J, the integral of f over the domain, has to be. */
typedef int32_t finn_bound;
enum {
  FINN_BOUND_EQUAL = 0,   /* epsilon */
  FINN_BOUND_AT_MOST = 1, /* at most epsilon */
  FINN_BOUND_AT_LEAST = 2,
  FINN_BOUND_BETWEEN = 3 /* at least lower_epsilon and at most epsilon */
};

/* How J follows I, the integral of the network, within its bounds; docs/CONSTRAINTS.md. */
typedef int32_t finn_approach;
enum {
  FINN_APPROACH_HARD = 0,   /* J = I, or the bound that I is beyond */
  FINN_APPROACH_SMOOTH = 1, /* a smooth increasing function of I; not with BOUND_EQUAL */
  FINN_APPROACH_LEARNED = 2 /* J is trained by itself: a function of parameters tau [outputs], the
                               last ones of the model. BOUND_EQUAL: any J (SCALE: above 0), which
                               begins at epsilon */
};

/* One of the linear constraints of FINN_CONSTRAINT_PROJECTION: the integral over a sub-box of
 * prod_i x_i^powers[i] f is to be value. With a domain limits and powers are those of u. Set
 * struct_size, or use FINN_LINEAR_CONSTRAINT_INIT, in each element of an array: it is the same in
 * all of them, and the distance from one to the next. Fields are only ever added at the end. */
typedef struct finn_linear_constraint {
  uint64_t struct_size;
  const double* lower; /* [variables] of the sub-box, within the domain; NULL: that of the domain */
  const double* upper; /* [variables] */
  const int32_t* powers; /* [variables] each 0 .. 8, above 0 in at most three of them; NULL: all 0,
                            the integral itself */
  const double* value;   /* [outputs] */
} finn_linear_constraint;

#define FINN_LINEAR_CONSTRAINT_INIT \
  { sizeof(finn_linear_constraint), NULL, NULL, NULL, NULL }

/* How f depends on conditions c beside x: f(x | c) has the integral that the constraint says for
 * every c. docs/CONDITIONING.md compares the forms. */
typedef int32_t finn_conditioning;
enum {
  FINN_CONDITIONING_AUTO = 0,         /* MODULATION */
  FINN_CONDITIONING_MODULATION = 1,   /* a network of c moves biases and scales units and sums */
  FINN_CONDITIONING_HYPERNETWORK = 2, /* a network of c moves all parameters, as in the paper */
  FINN_CONDITIONING_INPUTS = 3        /* biases are linear in c, as if c were further inputs of
                                         every hidden unit, free in sign; no condition_widths */
};

typedef int32_t finn_coordinates;
enum {
  FINN_COORDINATES_STANDARD = 0, /* the network sees each x_i mapped to unit variance in the box */
  FINN_COORDINATES_RAW = 1       /* the network sees x as it is */
};

/* A region other than a box, with the map that makes a box of it: section 8. */
typedef struct finn_domain finn_domain;

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
  const double* epsilon; /* [outputs] integral over the domain; may be NULL: 1 for each output;
                            NULL with PROJECTION */
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
  int32_t terms;             /* of the sum; 0 means 64 */
  int32_t steps;             /* of sigma_1 in each Phi_ij, at most 64; 0 means 4 */
  const finn_domain* domain; /* may be NULL: the box [lower, upper]; otherwise variables is that of
                                the domain, at most FINN_MAX_VARIABLES, and lower and upper are
                                NULL; may be destroyed once the model is made */
  finn_bound bound;          /* with SCALE and SHIFT; default FINN_BOUND_EQUAL */
  finn_approach approach;    /* default FINN_APPROACH_HARD */
  const double* lower_epsilon; /* [outputs] with BOUND_BETWEEN, each below its epsilon */
  double softness; /* SMOOTH with SHIFT, AT_MOST or AT_LEAST: width, in units of the integral, of
                      the transition at the bound, > 0;
                      0 means 1 */
  const finn_linear_constraint* linear_constraints; /* [linear_constraint_count], with PROJECTION */
  int32_t linear_constraint_count;                  /* at most 64 */
  int32_t sample_epsilon; /* 1: epsilon is NULL and belongs to the sample: the last columns of a
                             row, [outputs]; not with LEARNED and BETWEEN; default 0 */
  int32_t conditions;     /* q >= 0: columns of a row after x; default 0 */
  finn_conditioning conditioning;
  const double* condition_lower;   /* [conditions] the range of c, by which it is standardised, no
                                      limit; may be NULL: [-1, 1] */
  const double* condition_upper;   /* [conditions] */
  const int32_t* condition_widths; /* [condition_layers] hidden layers of the network of c; may be
                                      NULL: two of 32 */
  int32_t condition_layers;        /* 0 .. 64; ignored while condition_widths is NULL */
  int32_t condition_reserved;      /* 0 */
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

/* Draws the parameters anew, from the statistics of rows of x [rows][columns] in the domain
 * instead of those of the domain: for data that fill only a part of it. Conditions are not looked
 * at: f(x | c) begins as f(x). With HEAD_PRODUCT each term
 * begins at a row. At most 1024 rows, drawn by the seed, are looked at. */
FINN_API finn_status finn_model_initialise_from_data(finn_model* model, const double* x,
                                                     int64_t rows, uint64_t seed,
                                                     finn_error* error);

/* n, m, and the length of the flat parameter vector; 0 for NULL. Any thread. */
FINN_API int32_t finn_model_variables(const finn_model* model);
FINN_API int32_t finn_model_outputs(const finn_model* model);
/* The length of a row of points, x in all functions below: the variables, then the conditions, then
 * with sample_epsilon the epsilon of that sample for each output. 0 for NULL. Any thread. */
FINN_API int32_t finn_model_columns(const finn_model* model);
FINN_API int64_t finn_model_parameter_count(const finn_model* model);

/* Copies the free parameters out of or into the model. HEAD_MLP: layer by layer, weights
 * [out][in], then biases [out]; pattern by pattern, output by output under SHARING_NONE, each with
 * its layers, then under READ_OUT_DENSE the weights [outputs][in] of the hidden layers but the
 * last. HEAD_PRODUCT: slopes w, biases b and, if steps > 1, logits of the shares a, each
 * [variables][terms][steps], then c [outputs][terms]; under SHARING_NONE so for each output. With
 * conditions the network of c follows, layer by layer, weights [out][in] and biases [out]; last,
 * under APPROACH_LEARNED, tau [outputs]. length must be finn_model_parameter_count; values must be
 * finite, in the precision of the model too. Parameters whose integral cannot be normalised may be
 * set; it is the next query that returns FINN_ERROR_INTEGRAL. */
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

/* threads: how many threads a call may use, at most 1024; 0 for the number that OpenMP takes, which
 * is OMP_NUM_THREADS or, where that is not set, one per processor. A call starts no more of them
 * than it has tiles of 32 or 64 points. Where the system refuses a thread, the workspace goes on
 * with fewer. Results are the same bits for every number of threads. */
FINN_API finn_status finn_workspace_create(int32_t threads, finn_workspace** workspace,
                                           finn_error* error);
FINN_API void finn_workspace_destroy(finn_workspace* workspace);

/* 5. Queries ------------------------------------------------------------------------------- */

/* f at points x [batch][columns], into f [batch][outputs]. With positivity and the constraint
 * SCALE or NONE, f >= 0 always, also in float; SHIFT may push it below 0. Points outside a box that
 * is no finn_domain are allowed; far outside F grows like a polynomial and may overflow. Outside a
 * finn_domain f is 0 and F that of the u that finn_domain_to_box gives.
 * With conditions or sample_epsilon each row is normalised by itself, in the precision of the
 * model; FINN_ERROR_INTEGRAL names the row that cannot be. */
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
 * variables it is a marginal. With a finn_domain the derivatives of a proper subset are those in u,
 * at u(x); but where it covers all variables of a factor of finn_domain_product, they are those in
 * x, times the weight of that factor: marginals over whole factors are densities of x. With several
 * patterns and with HEAD_PRODUCT beyond 32 variables see docs/HEADS.md. */
FINN_API finn_status finn_mixed_partial_f64(const finn_model* model, finn_workspace* workspace,
                                            uint32_t subset, const double* x, int64_t batch,
                                            double* values, finn_error* error);
FINN_API finn_status finn_mixed_partial_f32(const finn_model* model, finn_workspace* workspace,
                                            uint32_t subset, const float* x, int64_t batch,
                                            float* values, finn_error* error);

/* The integral of f over the box [lower, upper] ([variables] each, lower <= upper, finite), from
 * F at its 2^n corners - HEAD_PRODUCT: from differences one variable at a time, with kappa 1 -
 * always in double, whatever the precision of the model. With a finn_domain the limits are those of
 * u, within finn_domain_limits unless u_i is x_i itself, and the integral is over their image.
 *     value           [outputs]
 *     kappa           [outputs] sum |F| / |sum F|, the condition of the difference: infinite when
 *                     only the sum is 0, 1 when all F are; may be NULL
 *     error_estimate  [outputs] the rounding error to expect in value; may be NULL */
FINN_API finn_status finn_integral(const finn_model* model, finn_workspace* workspace,
                                   const double* lower, const double* upper, double* value,
                                   double* kappa, double* error_estimate, finn_error* error);

/* The integral of f(x | c) over a box for each of count conditions, given [count][columns -
 * variables]: conditions, and then epsilons with sample_epsilon. For a model without such columns
 * given may be NULL, and every row is finn_integral, which takes such models only. value, kappa and
 * error_estimate are [count][outputs]; the last two may be NULL. */
FINN_API finn_status finn_integral_given(const finn_model* model, finn_workspace* workspace,
                                         const double* lower, const double* upper,
                                         const double* given, int64_t count, double* value,
                                         double* kappa, double* error_estimate, finn_error* error);

/* Vector-Jacobian product of f, for a loss of your own: given f_adjoint [batch][outputs] =
 * dLoss/df, writes
 *     f                  [batch][outputs]   may be NULL
 *     parameter_adjoint  [parameter_count]  dLoss/dparameters, through the constraint as well
 *     x_adjoint          [batch][columns] dLoss/dx, with conditions and epsilons; may be NULL
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

/* What each option does, when to use it and what it costs: docs/TRAINING.md. */

typedef int32_t finn_loss;
enum {
  FINN_LOSS_SQUARED_ERROR = 0,           /* mean over rows and outputs of (f - y)^2 */
  FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD = 1, /* mean of -log f; positivity, not SHIFT */
  FINN_LOSS_ABSOLUTE_ERROR = 2,          /* mean of |f - y| */
  FINN_LOSS_HUBER = 3,           /* r = f - y: mean of r^2 / 2, linear where |r| > huber_delta */
  FINN_LOSS_POISSON_PROCESS = 4, /* f is the intensity of a point process and x its events: mean of
                                    -log f, plus the integral of f over the domain / poisson_events;
                                    positivity, not SHIFT, no conditions, and an integral that is
                                    not fixed: CONSTRAINT_NONE, LEARNED, or a bound other than
                                    EQUAL */
  FINN_LOSS_CUSTOM = 5           /* of your own: finn_trainer_set_loss */
};

typedef int32_t finn_schedule;
enum {
  FINN_SCHEDULE_COSINE = 0, /* from learning_rate to final_learning_rate along half a cosine */
  FINN_SCHEDULE_CONSTANT = 1,
  FINN_SCHEDULE_LINEAR = 2,      /* to final_learning_rate along a line */
  FINN_SCHEDULE_STEP = 3,        /* times decay_factor after every decay_interval steps */
  FINN_SCHEDULE_EXPONENTIAL = 4, /* the same, in each step by its share */
  FINN_SCHEDULE_ONE_CYCLE = 5    /* from learning_rate / 25 up to it, then down to
                                    final_learning_rate, along cosines */
};

typedef int32_t finn_optimiser;
enum {
  FINN_OPTIMISER_ADAM = 0,  /* Kingma & Ba, arXiv 1412.6980 */
  FINN_OPTIMISER_ADAMW = 1, /* with decoupled weight decay: Loshchilov & Hutter, arXiv 1711.05101 */
  FINN_OPTIMISER_SGD = 2,   /* gradient descent with momentum */
  FINN_OPTIMISER_LBFGS = 3  /* on all rows, or on the batch of the first step, kept for all steps;
                               learning_rate and schedule are not used */
};

/* How a model is trained. Fields are only ever added at the end: a struct that ends before one of
 * them (struct_size says where; the first one ended with seed) is accepted, and what it lacks takes
 * its default. */
typedef struct finn_training_options {
  uint64_t struct_size;
  int64_t steps;        /* in all; default 6000 */
  int64_t batch;        /* rows per step; default 0: 512 (L-BFGS: all), or all rows of a smaller
                           data set */
  double learning_rate; /* default 0.01 */
  double beta1;         /* default 0.9 */
  double beta2;         /* default 0.999 */
  double adam_epsilon;  /* default 1e-8 */
  finn_loss loss;
  finn_schedule schedule;
  uint64_t seed; /* of shuffles, of the sampler's points and of the rows held out; default 0 */
  finn_optimiser optimiser;  /* default FINN_OPTIMISER_ADAM */
  int32_t nesterov;          /* SGD: 1 for Nesterov's momentum; default 0 */
  double weight_decay;       /* AdamW; default 0.01 */
  double momentum;           /* SGD, in [0, 1); default 0.9 */
  int64_t lbfgs_memory;      /* L-BFGS: pairs kept, 1 .. 1000; default 10 */
  double gradient_tolerance; /* L-BFGS: converged when no entry is larger; default 1e-8 */
  double loss_tolerance;     /* L-BFGS: converged when a step gains a smaller share; default 1e-9 */
  int64_t warmup_steps;      /* steps in which the rate first rises, fewer than steps; default 0 */
  double final_learning_rate;  /* cosine, linear, one cycle; 0 .. learning_rate; default 0 */
  int64_t decay_interval;      /* step, exponential; default 1000 */
  double decay_factor;         /* step, exponential, in (0, 1]; default 0.5 */
  double gradient_clip;        /* largest norm of a gradient; default 0: any; not with L-BFGS */
  double huber_delta;          /* default 1 */
  double poisson_events;       /* events in one realisation; default 0: as many as there are rows */
  double validation_share;     /* of the rows of a data set, held out, in [0, 1); default 0 */
  int64_t validation_interval; /* steps between looks at the rows held out; default 50 */
  int64_t patience; /* looks without a new best before the fit ends; default 0: it does not */
  double min_delta; /* by how much a new best must be better; default 0 */
} finn_training_options;

/* State of a training run: the optimiser's moments, the step, the random numbers, the losses, the
 * rows held out and the best parameters. */
typedef struct finn_trainer finn_trainer;

/* What a progress callback is told after each step. */
typedef struct finn_progress {
  uint64_t struct_size;
  int64_t step; /* steps done, 1 .. steps */
  int64_t steps;
  double loss;            /* of this step's mini-batch, before the update */
  double learning_rate;   /* of this step */
  double seconds;         /* since this fit call began */
  double validation_loss; /* the last one of the rows held out; NaN before the first */
} finn_progress;

/* Return 0 to go on and anything else to stop, which gives FINN_STOPPED also after the last step.
 * Called on the caller's thread. */
typedef int32_t (*finn_progress_callback)(const finn_progress* progress, void* user_data);

/* Supplies the mini-batch of a step, counted from 0. On entry x [batch][columns] holds uniform
 * points of the domain, drawn from the trainer's seed; with a finn_domain they are uniform in u,
 * so in x too where the determinant is constant. Conditions are uniform in [condition_lower,
 * condition_upper], epsilons are 1. The callback may overwrite it with any finite
 * points. It fills y [batch][outputs], which is NULL under FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD and
 * FINN_LOSS_POISSON_PROCESS. Return 0, or anything else to end the fit with FINN_ERROR_CALLBACK,
 * which keeps the steps done. Called on the caller's thread. */
typedef int32_t (*finn_sampler_callback)(int64_t step, int64_t batch, double* x, double* y,
                                         void* user_data);

/* A loss of your own, of a whole batch: f [batch][outputs] at the points x [batch][columns], and
 * the targets y [batch][outputs], NULL where the data has none. It writes *loss and f_adjoint
 * [batch][outputs] = dloss/df, which is 0 on entry and is NULL where only the value is wanted, for
 * rows held out. step counts from 0. Return 0, or anything else to end the fit with
 * FINN_ERROR_CALLBACK, which keeps the steps done. Called on the caller's thread. */
typedef int32_t (*finn_loss_callback)(int64_t step, int64_t batch, const double* x, const double* y,
                                      const double* f, double* f_adjoint, double* loss,
                                      void* user_data);

/* Writes the defaults into *options and returns FINN_OK, or FINN_ERROR_NULL. Any thread.
 * The name is a macro that passes the size of the struct with it; the function of that name writes
 * the struct of version 0.1.0, for programs that were built with it. */
FINN_API finn_status finn_training_options_init(finn_training_options* options);
FINN_API finn_status finn_training_options_init_sized(finn_training_options* options,
                                                      uint64_t struct_size);
#define finn_training_options_init(options) \
  finn_training_options_init_sized((options), sizeof(finn_training_options))

/* A trainer for this model and others that differ from it in their parameters alone. */
FINN_API finn_status finn_trainer_create(const finn_model* model,
                                         const finn_training_options* options,
                                         finn_trainer** trainer, finn_error* error);
FINN_API void finn_trainer_destroy(finn_trainer* trainer);

/* The loss of FINN_LOSS_CUSTOM, to be set before a fit; the trainer keeps both pointers, and no
 * checkpoint does. */
FINN_API finn_status finn_trainer_set_loss(finn_trainer* trainer, finn_loss_callback loss,
                                           void* user_data, finn_error* error);

/* Holds these rows out, in place of a share of the data: x [rows][columns], y [rows][outputs]
 * (NULL where the loss takes none) and weights [rows], which may be NULL. They are copied. Before
 * the first step only. */
FINN_API finn_status finn_trainer_set_validation(finn_trainer* trainer, const finn_model* model,
                                                 const double* x, const double* y,
                                                 const double* weights, int64_t rows,
                                                 finn_error* error);

/* Trains on rows of x [rows][columns] and y [rows][outputs]; y is NULL under
 * FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD and FINN_LOSS_POISSON_PROCESS, and may be NULL under
 * FINN_LOSS_CUSTOM. Rows lie in the domain and are shuffled anew for each pass.
 * Goes on from where the trainer stands until the run is over (finn_trainer_outcome), with as many
 * rows as at the first call. progress may be NULL.
 * Returns FINN_STOPPED when the callback stopped it: model and trainer are valid, and a further
 * call goes on to the same bits as if it had not been stopped. A step whose loss, gradient or
 * update is not finite ends the fit with FINN_ERROR_NOT_FINITE: parameters and optimiser are those
 * of the step before.
 * With rows held out, the run ends with the parameters that were best on them. */
FINN_API finn_status finn_trainer_fit_data(finn_trainer* trainer, finn_model* model,
                                           finn_workspace* workspace, const double* x,
                                           const double* y, int64_t rows,
                                           finn_progress_callback progress, void* user_data,
                                           finn_error* error);
/* finn_trainer_fit_data where row i counts weights[i] times: weights [rows], >= 0, may be NULL. The
 * loss is the mean of weight times loss, so weights of mean 1 keep its scale. Not with
 * FINN_LOSS_CUSTOM. */
FINN_API finn_status finn_trainer_fit_weighted(finn_trainer* trainer, finn_model* model,
                                               finn_workspace* workspace, const double* x,
                                               const double* y, const double* weights, int64_t rows,
                                               finn_progress_callback progress, void* user_data,
                                               finn_error* error);
/* Trains on mini-batches that a callback fills; user_data goes to both callbacks. */
FINN_API finn_status finn_trainer_fit_sampler(finn_trainer* trainer, finn_model* model,
                                              finn_workspace* workspace,
                                              finn_sampler_callback sampler,
                                              finn_progress_callback progress, void* user_data,
                                              finn_error* error);

typedef int32_t finn_file_format;
enum {
  FINN_FILE_CSV = 0, /* a line a row, numbers between commas; a first line of names, empty lines and
                        lines that begin with # are passed over */
  FINN_FILE_FLOAT64 = 1, /* numbers of 64 bits and no more, least significant byte first */
  FINN_FILE_FLOAT32 = 2  /* the same of 32 bits */
};

/* Trains on rows from a file, which may be larger than memory: x [columns], then y [outputs]
 * where the loss takes targets (FINN_LOSS_CUSTOM does), then a weight if weighted is 1 and not 0.
 * The same bits as finn_trainer_fit_weighted with these rows. The file is read once to check it,
 * before the first step, and then row by row; 8 bytes of memory a row for the order of the rows,
 * and 8 more for a CSV file. Bad files give FINN_ERROR_FILE, FINN_ERROR_FORMAT or the status of
 * the bad number, in messages that name path, line (or row) and column, counted from 1. */
FINN_API finn_status finn_trainer_fit_file(finn_trainer* trainer, finn_model* model,
                                           finn_workspace* workspace, const char* path,
                                           finn_file_format format, int32_t weighted,
                                           finn_progress_callback progress, void* user_data,
                                           finn_error* error);

typedef int32_t finn_outcome;
enum {
  FINN_OUTCOME_UNFINISHED = 0,
  FINN_OUTCOME_STEPS_DONE = 1,
  FINN_OUTCOME_EARLY_STOPPED = 2, /* patience came to its end */
  FINN_OUTCOME_CONVERGED = 3,     /* L-BFGS: one of the tolerances is met */
  FINN_OUTCOME_STALLED = 4        /* L-BFGS: rounding leaves no step that lowers the loss */
};

/* Checkpoints: the whole state of a run - options, moments, random numbers, order of the rows, rows
 * held out, history, best parameters, outcome - together with the parameters of its model. A run
 * that goes on from one gives the same bits as one that never stopped. The format is described in
 * docs/TRAINING.md; nothing in it is executed, and bytes that are damaged or hostile give
 * FINN_ERROR_FORMAT and change nothing. A checkpoint holds no data and no callbacks: make the
 * model with the options and the domain it had, and give the same rows. */

/* Writes the checkpoint into buffer [capacity], and its size in bytes to *size, which must not be
 * NULL. With buffer NULL only the size; FINN_ERROR_SIZE when capacity is too small, or the
 * model none that the trainer can train. */
FINN_API finn_status finn_trainer_save(const finn_trainer* trainer, const finn_model* model,
                                       void* buffer, int64_t capacity, int64_t* size,
                                       finn_error* error);
/* A trainer from the size bytes at buffer, which gives model the parameters. FINN_ERROR_SIZE when
 * the model is another: network, domain, limits, coordinates, conditions, constraint or precision;
 * the message names what differs. A custom loss is to be set again. */
FINN_API finn_status finn_trainer_load(finn_model* model, const void* buffer, int64_t size,
                                       finn_trainer** trainer, finn_error* error);
/* finn_trainer_save and _load with a file. It is written beside path, flushed to the disk and
 * renamed: whatever fails, a file that was there before is whole. Links are followed, a file keeps
 * its mode, and what is not a regular file is refused. Errors of the system give FINN_ERROR_FILE.
 */
FINN_API finn_status finn_trainer_save_file(const finn_trainer* trainer, const finn_model* model,
                                            const char* path, finn_error* error);
FINN_API finn_status finn_trainer_load_file(finn_model* model, const char* path,
                                            finn_trainer** trainer, finn_error* error);

/* How the run stands, or ended; FINN_OUTCOME_UNFINISHED for NULL. */
FINN_API finn_outcome finn_trainer_outcome(const finn_trainer* trainer);
/* The smallest loss of the rows held out, and after how many steps it was seen: 0, and an infinite
 * loss, when there was none. Either may be NULL. */
FINN_API finn_status finn_trainer_best(const finn_trainer* trainer, double* validation_loss,
                                       int64_t* step, finn_error* error);
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

/* 8. Domains ------------------------------------------------------------------------------- */

/* A domain is a region of x, a box of u and a map x = r(u) between them. The model's F and its
 * constraint live in the box; f(x) = f_u(u(x)) w(x) with the weight w = 1/|det dr/du|, so that the
 * integral of f over the region is that of f_u over the box (u-substitution, eq. 12-14 of the
 * paper). Which u each has, and which to use when: docs/DOMAINS.md.
 *
 * All functions make a domain that any thread may use and no one can change; it is released with
 * finn_domain_destroy, while models and domains that were made of it live on. All arrays are
 * copied. They fail on what is no region: a radius or scale that is not in 1e-100 .. 1e100, a
 * singular matrix, a polygon that is not convex, and so on, and on more than 32 domains over one
 * another, each made of the one below. x and u count 1e-12 of the size of the region as still
 * inside; a point of the edge that was rounded to float may lie further out, with f = 0. */

/* How fast the weight du/dx falls off on an unbounded axis; z is distance / scale. */
typedef int32_t finn_tail;
enum {
  FINN_TAIL_GAUSSIAN = 0,    /* like exp(-z^2/2) */
  FINN_TAIL_EXPONENTIAL = 1, /* like exp(-z) */
  FINN_TAIL_RATIONAL = 2     /* like 1/z^2 */
};

/* Called by finn_domain_star for a unit vector direction [variables]: writes the distance from the
 * centre to the edge, above 0, and returns 0; anything else fails with FINN_ERROR_CALLBACK. Called
 * on any thread of a workspace, and on several at once. */
typedef int32_t (*finn_radius_callback)(const double* direction, double* radius, void* user_data);
/* Called by finn_domain_map, on any thread: reads from [variables], writes to [variables]. */
typedef int32_t (*finn_map_callback)(const double* from, double* to, void* user_data);
typedef int32_t (*finn_determinant_callback)(const double* u, double* determinant, void* user_data);
/* Called once with the user data of a domain when the last domain and model that use it are gone,
 * and also if the domain could not be made; not if the struct_size of finn_map_options is none that
 * the library knows, as it reads nothing else of it then. It must not throw: what a callback in C++
 * throws is dropped, and what it has not done by then stays undone. */
typedef void (*finn_release_callback)(void* user_data);

/* A map of your own. Set struct_size, and what you do not need to NULL. */
typedef struct finn_map_options {
  uint64_t struct_size;
  int32_t variables;
  int32_t reserved;                      /* 0 */
  const double* lower;                   /* [variables] the box of u */
  const double* upper;                   /* [variables] */
  finn_map_callback to_point;            /* x = r(u), called for u in the box only */
  finn_map_callback to_box;              /* u of x; may be NULL: Newton's method */
  finn_determinant_callback determinant; /* det dr/du at u, of any sign; may be NULL: differences */
  void* user_data;                       /* goes to all callbacks */
  finn_release_callback release;         /* may be NULL */
} finn_map_options;

/* The box [lower, upper] as a domain: like the box of a model, but with f = 0 outside. u = x. */
FINN_API finn_status finn_domain_box(int32_t variables, const double* lower, const double* upper,
                                     finn_domain** domain, finn_error* error);
/* The whole line, one variable. u in [0, 1] is the share of a normal, logistic or Cauchy density
 * with z = (x - centre)/scale. */
FINN_API finn_status finn_domain_line(double centre, double scale, finn_tail tail,
                                      finn_domain** domain, finn_error* error);
/* [end, infinity) for direction = 1 and (-infinity, end] for -1, one variable. u in [0, 1] is the
 * share below x of a density of z = |x - end|/scale: half-normal, exponential, or 1/(1 + z)^2. */
FINN_API finn_status finn_domain_half_line(double end, int32_t direction, double scale,
                                           finn_tail tail, finn_domain** domain, finn_error* error);
/* corner + sum_i u_i edges_i, u in [0, 1]^n: corner [variables], edges [variables][variables], an
 * edge in each row. */
FINN_API finn_status finn_domain_parallelepiped(int32_t variables, const double* corner,
                                                const double* edges, finn_domain** domain,
                                                finn_error* error);
/* matrix y + offset for all y of another domain: matrix [variables][variables], row-major, offset
 * [variables]. u is that of y. The condition number of the matrix, once its rows and columns are
 * brought to size 1, is at most 1e6. An affine image of an affine image counts as one. */
FINN_API finn_status finn_domain_affine(const finn_domain* inner, const double* matrix,
                                        const double* offset, finn_domain** domain,
                                        finn_error* error);
/* centre [2]. u = (share of the area from the centre outwards, angle in [0, 2 pi]). */
FINN_API finn_status finn_domain_disk(const double* centre, double radius, finn_domain** domain,
                                      finn_error* error);
/* 0 <= inner < outer. */
FINN_API finn_status finn_domain_annulus(const double* centre, double inner, double outer,
                                         finn_domain** domain, finn_error* error);
/* The part of an annulus with from <= angle <= to <= from + 2 pi; inner may be 0. */
FINN_API finn_status finn_domain_sector(const double* centre, double inner, double outer,
                                        double from, double to, finn_domain** domain,
                                        finn_error* error);
/* semi_axes [2] along the coordinate axes, then turned by `turn` radians. u is that of the disk. */
FINN_API finn_status finn_domain_ellipse(const double* centre, const double* semi_axes, double turn,
                                         finn_domain** domain, finn_error* error);
/* A disk by the map that the paper prints: u = (radius, angle), w = 1/radius, singular at the
 * centre, where radii below 1e-8 of the disk's count as that. */
FINN_API finn_status finn_domain_polar(const double* centre, double radius, finn_domain** domain,
                                       finn_error* error);
/* centre [3]. u = (share of the volume from the centre outwards, cosine of the angle from the third
 * axis, azimuth in [0, 2 pi]). */
FINN_API finn_status finn_domain_ball(const double* centre, double radius, finn_domain** domain,
                                      finn_error* error);
/* 0 <= inner < outer. */
FINN_API finn_status finn_domain_shell(const double* centre, double inner, double outer,
                                       finn_domain** domain, finn_error* error);
/* A disk in the first two variables times bottom <= x_3 <= top; centre [2]. */
FINN_API finn_status finn_domain_cylinder(const double* centre, double radius, double bottom,
                                          double top, finn_domain** domain, finn_error* error);
/* The convex hull of vertices [variables + 1][variables]; a triangle for two variables. */
FINN_API finn_status finn_domain_simplex(int32_t variables, const double* vertices,
                                         finn_domain** domain, finn_error* error);
/* A convex polygon: vertices [count][2], count >= 3, in either order around it. A vertex that is
 * the same as the one before it - the last one may be the first - or that lies on a side is left
 * out. */
FINN_API finn_status finn_domain_polygon(const double* vertices, int64_t count,
                                         finn_domain** domain, finn_error* error);
/* centre + t radius(d) d for all unit vectors d and 0 <= t <= 1, in two or three variables, centre
 * [variables]. u is that of the disk or ball. release may be NULL. */
FINN_API finn_status finn_domain_star(int32_t variables, const double* centre,
                                      finn_radius_callback radius, void* user_data,
                                      finn_release_callback release, finn_domain** domain,
                                      finn_error* error);
/* All points whose variables, one after the other, lie in the factors: factors [count], together at
 * most FINN_MAX_VARIABLES variables. u of a factor belongs to that factor alone. */
FINN_API finn_status finn_domain_product(const finn_domain* const* factors, int32_t count,
                                         finn_domain** domain, finn_error* error);
/* A map of your own. It is tried at 100 points of the box: fails, naming the point, when the round
 * trip comes back elsewhere, the determinant is not that of differences of to_point, or vanishes,
 * or changes its sign. A point that neither to_box nor Newton's method leads back to is outside. */
FINN_API finn_status finn_domain_map(const finn_map_options* options, finn_domain** domain,
                                     finn_error* error);
FINN_API void finn_domain_destroy(finn_domain* domain);

/* The number of variables; 0 for NULL. Any thread. */
FINN_API int32_t finn_domain_variables(const finn_domain* domain);
/* The box of u, into lower and upper [variables]. Any thread. */
FINN_API finn_status finn_domain_limits(const finn_domain* domain, double* lower, double* upper,
                                        finn_error* error);
/* x [count][variables] = r(u) for u [count][variables]; u outside the box is moved to its edge. The
 * infinite ends of an axis give the points with a share of 2^-64 or 2^-53 beyond. Any thread. */
FINN_API finn_status finn_domain_to_point(const finn_domain* domain, const double* u, int64_t count,
                                          double* x, finn_error* error);
/* u [count][variables] of x [count][variables], and log_weight [count] = log w, which is -infinity
 * for a point outside and may be NULL. u of a point outside lies on the edge of the box, so that a
 * cdf, the integral from the lower limits to u, is defined everywhere. Any thread. */
FINN_API finn_status finn_domain_to_box(const finn_domain* domain, const double* x, int64_t count,
                                        double* u, double* log_weight, finn_error* error);

#ifdef __cplusplus
}
#endif

#endif /* FINN_H */
