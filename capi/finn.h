/*
 * libfinn: fixed integral neural networks.
 *
 * A network F is trained so that its full mixed partial f = d^n F / dx_1 .. dx_n is the function
 * wanted: a density, an intensity, a velocity. Every integral of f is then exact, and can be fixed
 * to a target. (R. Kortvelesy, "Fixed Integral Neural Networks", arXiv 2307.14439.)
 *
 * Quick start: the density of rows x [rows][2] in a box
 *     finn_network_mixture(2, 1, NULL, &network, &error);
 *     finn_domain_open_box(2, lower, upper, &domain, &error);
 *     finn_model_create(network, domain, NULL, NULL, FINN_FLOAT64, 0, &model, &error);
 *     finn_workspace_create(0, &workspace, &error);
 *     finn_training_options_init(&training, sizeof training);
 *     training.loss = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
 *     finn_trainer_create(model, &training, &trainer, &error);
 *     finn_trainer_fit_data(trainer, workspace, x, NULL, NULL, rows, NULL, NULL, &error);
 *     finn_integrand_f64(model, workspace, points, batch, f, batch, &error);
 *     finn_model_save(model, "density.safetensors", &error);
 *
 * Errors        Every fallible function returns a finn_status and takes a finn_error* as its last
 *               argument, which may be NULL. On failure it holds the status and a message that
 *               names the argument, what was given and what was expected. Output handles are set
 *               to NULL and nothing else is changed, unless a function says otherwise. Success
 *               leaves the error as it was. A number that is NaN or infinite gives
 *               FINN_ERROR_NOT_FINITE wherever it stands; so does a result that overflows, in
 *               which case the results are written all the same.
 * Ownership     A handle that a function writes through a pointer is the caller's and is released
 *               with the *_destroy of its type, which accepts NULL. What was made of a handle lives
 *               on when that is destroyed: a model keeps its parts, a trainer its model. All arrays
 *               belong to the caller; none is kept after the call returns.
 * Threads       The library has no global state and starts no thread at load. Networks, domains,
 *               constraints and conditionings never change and serve any number of threads and
 *               models at once. A finn_model may be read by any number of threads at once (all
 *               functions that take a const finn_model*); a finn_workspace and a finn_trainer serve
 *               one thread at a time, and a fit changes the model of its trainer.
 * Arrays        Row-major and contiguous; shapes stand in brackets, slowest index first. Beside an
 *               array that a function fills stands its length in numbers, which has to be that of
 *               its shape: FINN_ERROR_SIZE otherwise. The _f32 and _f64 forms accept any model: the
 *               suffix is the type of the caller's arrays, the precision of the model is the type
 *               in which it computes.
 * Structs       A struct that the caller fills begins with struct_size, the size of the struct in
 *               the caller's header, and only ever grows at its end. NAME_init(&options, sizeof
 *               options) sets it and writes the defaults. The library takes a shorter struct than
 *               its own, with the default of each field that is missing, and refuses a longer one.
 * Callbacks     Each has a user_data of its own. One that is kept beyond the call that hands it
 * over has a release function, which may be NULL: it is called once with user_data when the library
 * has no use for the callback any more, also when that call fails. No callback may throw or jump
 * out of the library. NULL          A pointer must not be NULL unless its description says that it
 * may.
 *
 * docs/ABI.md has the rules by which this header may change.
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

/* Enumerations have 32 bits, which C before C23 has no way to say: finn_enums_have_32_bits below
 * does not compile where that is not so (-fshort-enums). */
#if defined(__cplusplus) && (__cplusplus >= 201103L || defined(_MSC_VER))
#define FINN_INT32 : int32_t
#elif defined(__STDC_VERSION__) && __STDC_VERSION__ >= 202311L
#define FINN_INT32 : int32_t
#else
#define FINN_INT32
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* 1. Version ------------------------------------------------------------------------------- */

#define FINN_VERSION_MAJOR 0
#define FINN_VERSION_MINOR 2
#define FINN_VERSION_PATCH 0
/* Compare with finn_version_number(): major * 10000 + minor * 100 + patch. */
#define FINN_VERSION_NUMBER \
  (FINN_VERSION_MAJOR * 10000 + FINN_VERSION_MINOR * 100 + FINN_VERSION_PATCH)
/* The largest number of variables of an mlp, whose cost grows like 2^n, and of a domain with a map;
 * also finn_max_variables(). */
#define FINN_MAX_VARIABLES 8
/* The largest number of variables of a mixture, whose cost grows like n; also
 * finn_max_mixture_variables(). */
#define FINN_MAX_MIXTURE_VARIABLES 64
/* The largest number of hidden layers of a network. */
#define FINN_MAX_HIDDEN_LAYERS 64

/* Version of the library at run time, as FINN_VERSION_NUMBER. Any thread. */
FINN_API int32_t finn_version_number(void);
/* "0.2.0"; static storage. Any thread. */
FINN_API const char* finn_version_string(void);
/* One line on compiler, kind of threads and the active instruction set; static storage. Any thread.
 */
FINN_API const char* finn_build_info(void);
/* The instruction set whose kernels are in use: "avx512", "avx2", "sse2", "neon", "fma" (one number
 * at a time, with fused multiply-adds) or "portable"; static storage. It is chosen when the library
 * is loaded: the widest that the processor has, or the one that the environment variable FINN_SIMD
 * names, "portable" if that one is not to be had. avx512, avx2, neon and fma give the same bits.
 * Any thread. */
FINN_API const char* finn_instruction_set(void);
/* FINN_MAX_VARIABLES of the library at run time. Any thread. */
FINN_API int32_t finn_max_variables(void);
/* FINN_MAX_MIXTURE_VARIABLES of the library at run time. Any thread. */
FINN_API int32_t finn_max_mixture_variables(void);

/* 2. Errors -------------------------------------------------------------------------------- */

typedef enum finn_status FINN_INT32 {
  FINN_OK = 0,
  FINN_ERROR_NULL = 1,       /* a required pointer is NULL */
  FINN_ERROR_ARGUMENT = 2,   /* a value is outside its range, or a handle is not one of ours */
  FINN_ERROR_SIZE = 3,       /* a length or shape does not fit */
  FINN_ERROR_NOT_FINITE = 4, /* an input or a result is NaN or infinite */
  FINN_ERROR_INTEGRAL = 5,   /* the integral of the network cannot be normalised */
  FINN_ERROR_MEMORY = 6,     /* memory was refused */
  FINN_ERROR_CALLBACK = 7,   /* a callback reported an error of its own */
  FINN_ERROR_INTERNAL = 8,   /* a defect of the library; please report it */
  FINN_ERROR_FILE = 9,       /* a file cannot be read or written */
  FINN_ERROR_FORMAT = 10     /* bytes are not what their format says */
} finn_status;

typedef char finn_enums_have_32_bits[sizeof(finn_status) == 4 ? 1 : -1];

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

/* Called once with the user_data of a callback that the library has kept and has no use for any
 * more. It must not throw: what a callback in C++ throws is dropped, and what it has not done by
 * then stays undone. */
typedef void (*finn_release_callback)(void* user_data);

/* 3. Options by name ----------------------------------------------------------------------- */

/* Every field of every options struct stands in one table, with its default, its limits and a
 * sentence; docs/OPTIONS.md is that table. A program that reads options from a command line or a
 * configuration file, and a binding, find and set them by name. */

/* The options structs below. */
typedef enum finn_options_kind FINN_INT32 {
  FINN_OPTIONS_MIXTURE = 0,      /* finn_mixture_options */
  FINN_OPTIONS_MLP = 1,          /* finn_mlp_options */
  FINN_OPTIONS_CONSTRAINT = 2,   /* finn_constraint_options */
  FINN_OPTIONS_CONDITIONING = 3, /* finn_conditioning_options */
  FINN_OPTIONS_TRAINING = 4,     /* finn_training_options */
  FINN_OPTIONS_CHAIN = 5         /* finn_chain_options */
} finn_options_kind;

typedef enum finn_option_type FINN_INT32 {
  FINN_OPTION_INTEGER = 0, /* "64" */
  FINN_OPTION_NUMBER = 1,  /* "0.01", "1e-8" */
  FINN_OPTION_FLAG = 2,    /* "true" or "false" */
  FINN_OPTION_CHOICE = 3,  /* one of choices: "adamw" */
  FINN_OPTION_INTEGERS = 4 /* "64, 64"; nothing for none */
} finn_option_type;

/* What the table says of one option. All strings have static storage. */
typedef struct finn_option {
  uint64_t struct_size;
  const char* name; /* that of the field */
  const char* default_value;
  const char* choices;    /* of a choice, separated by ", "; "" otherwise */
  const char* applies_to; /* what the option is for: "sgd"; "" for everything that takes it */
  const char* sentence;   /* what it does */
  double least;           /* of an integer or number, or of each of several integers */
  double most;
  finn_option_type type;
  int32_t least_is_excluded; /* 1: the value is above least */
  int32_t most_is_excluded;  /* 1: the value is below most */
} finn_option;

/* The number of options of a struct; 0 for an unknown kind. Any thread. */
FINN_API int32_t finn_option_count(finn_options_kind kind);
/* Writes the row of the table with this index, 0 .. finn_option_count - 1, into *option, whose
 * struct_size is set by the caller. Any thread. */
FINN_API finn_status finn_option_row(finn_options_kind kind, int32_t index, finn_option* option,
                                     finn_error* error);
/* Sets the option of this name in *options, a struct of this kind, to a value in the form that its
 * type says. A name that is not there is refused with the nearest one that is, a value outside its
 * limits with the limits. Any thread. */
FINN_API finn_status finn_option_set(finn_options_kind kind, void* options, const char* name,
                                     const char* value, finn_error* error);
/* Writes the value of the option of this name, as finn_option_set reads it, into value [capacity]
 * with a terminating 0, and the bytes that it takes with that 0 into *size, which may be NULL.
 * value may be NULL: only the size. Any thread. */
FINN_API finn_status finn_option_get(finn_options_kind kind, const void* options, const char* name,
                                     char* value, int64_t capacity, int64_t* size,
                                     finn_error* error);

/* 4. Domains ------------------------------------------------------------------------------- */

/* A domain is a region of x, a box of u and a map x = r(u) between them. The model's F and its
 * constraint live in the box; f(x) = f_u(u(x)) w(x) with the weight w = 1/|det dr/du|, so that the
 * integral of f over the region is that of f_u over the box (u-substitution, eq. 12-14 of the
 * paper). Which u each has, and which to use when: docs/DOMAINS.md.
 *
 * Every model has a domain; finn_domain_open_box is the usual one. All functions make a domain that
 * any thread may use and no one can change. All arrays are copied. They fail on what is no region:
 * a radius or scale that is not in 1e-100 .. 1e100, a singular matrix, a polygon that is not
 * convex, and so on, and on more than 32 domains over one another, each made of the one below. x
 * and u count 1e-12 of the size of the region as still inside; a point of the edge that was rounded
 * to float may lie further out, with f = 0. */

/* A region with its map. */
typedef struct finn_domain finn_domain;

/* How fast the weight du/dx falls off on an unbounded axis; z is distance / scale. */
typedef enum finn_tail FINN_INT32 {
  FINN_TAIL_GAUSSIAN = 0,    /* like exp(-z^2/2) */
  FINN_TAIL_EXPONENTIAL = 1, /* like exp(-z) */
  FINN_TAIL_RATIONAL = 2     /* like 1/z^2 */
} finn_tail;

/* Where a half-line goes from its end. */
typedef enum finn_direction FINN_INT32 {
  FINN_UPWARD = 0,  /* [end, infinity) */
  FINN_DOWNWARD = 1 /* (-infinity, end] */
} finn_direction;

/* Called by finn_domain_star for a unit vector direction [variables]: writes the distance from the
 * centre to the edge, above 0, and returns 0; anything else fails with FINN_ERROR_CALLBACK. Called
 * on any thread of a workspace, and on several at once. */
typedef int32_t (*finn_radius_callback)(const double* direction, double* radius, void* user_data);
/* Called by finn_domain_map, on any thread: reads from [variables], writes to [variables]. */
typedef int32_t (*finn_map_callback)(const double* from, double* to, void* user_data);
typedef int32_t (*finn_determinant_callback)(const double* u, double* determinant, void* user_data);

/* A map of your own. release is called once the last domain and model that use the map are gone,
 * and also if the domain could not be made; not if struct_size is none that the library knows, as
 * it reads nothing else of the struct then. */
typedef struct finn_map_options {
  uint64_t struct_size;
  const char* name; /* by which a model file finds the map again; may be NULL: the model cannot be
                       saved */
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

/* Writes NULL and 0 into all fields but struct_size. FINN_ERROR_NULL for NULL, FINN_ERROR_SIZE for
 * a size that the library does not know. Any thread. */
FINN_API finn_status finn_map_options_init(finn_map_options* options, uint64_t struct_size);

/* The box [lower, upper], each lower below its upper and finite. f goes on outside of it, where it
 * means nothing; up to FINN_MAX_MIXTURE_VARIABLES variables. u = x. */
FINN_API finn_status finn_domain_open_box(int32_t variables, const double* lower,
                                          const double* upper, finn_domain** domain,
                                          finn_error* error);
/* The same box with f = 0 outside; up to FINN_MAX_VARIABLES variables, like all that follow. */
FINN_API finn_status finn_domain_box(int32_t variables, const double* lower, const double* upper,
                                     finn_domain** domain, finn_error* error);
/* The whole line, one variable. u in [0, 1] is the share of a normal, logistic or Cauchy density
 * with z = (x - centre)/scale. */
FINN_API finn_status finn_domain_line(double centre, double scale, finn_tail tail,
                                      finn_domain** domain, finn_error* error);
/* From end to infinity or minus infinity, one variable. u in [0, 1] is the
 * share below x of a density of z = |x - end|/scale: half-normal, exponential, or 1/(1 + z)^2. */
FINN_API finn_status finn_domain_half_line(double end, finn_direction direction, double scale,
                                           finn_tail tail, finn_domain** domain, finn_error* error);
/* corner + sum_i u_i edges_i, u in [0, 1]^n: corner [variables], edges [variables][variables], an
 * edge in each row. */
FINN_API finn_status finn_domain_parallelepiped(int32_t variables, const double* corner,
                                                const double* edges, finn_domain** domain,
                                                finn_error* error);
/* matrix y + offset for all y of another domain: matrix [variables][variables], row-major, offset
 * [variables]. u is that of y. The condition number of the matrix, once its rows and columns are
 * brought to size 1, is at most 1e6. An affine image of an affine image counts as one, an
 * open box as a box. */
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
 * [variables]. u is that of the disk or ball. A model file finds the domain again by its name,
 * which may be NULL: the model cannot be saved then. */
FINN_API finn_status finn_domain_star(const char* name, int32_t variables, const double* centre,
                                      finn_radius_callback radius, void* user_data,
                                      finn_release_callback release, finn_domain** domain,
                                      finn_error* error);
/* All points whose variables, one after the other, lie in the factors: factors [count], together at
 * most FINN_MAX_VARIABLES variables; an open box counts as a box. u of a factor belongs to that
 * factor alone. */
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
/* The kind of its map - "open box", "half-line" and so on - of static storage; "" for NULL. A disk
 * is a "sector", a ball a "shell", a cylinder a "product", and what is skewed or turned is
 * "affine". Any thread. */
FINN_API const char* finn_domain_kind(const finn_domain* domain);
/* The name that a star or a map was given; NULL without one. It lives as long as the domain. */
FINN_API const char* finn_domain_name(const finn_domain* domain);
/* The box of u, into lower and upper [variables]; length is that of each. Any thread. */
FINN_API finn_status finn_domain_limits(const finn_domain* domain, double* lower, double* upper,
                                        int64_t length, finn_error* error);
/* x [count][variables] = r(u) for u [count][variables]; u outside the box is moved to its edge. The
 * infinite ends of an axis give the points with a share of 2^-64 or 2^-53 beyond. Any thread. */
FINN_API finn_status finn_domain_to_point(const finn_domain* domain, const double* u, int64_t count,
                                          double* x, int64_t length, finn_error* error);
/* u [count][variables] of x [count][variables], and log_weight [count] = log w, which is -infinity
 * for a point outside and may be NULL; length is that of u. u of a point outside lies on the edge
 * of the box, so that a cdf, the integral from the lower limits to u, is defined everywhere. Of an
 * open box u is x, and log w is 0 everywhere. Any thread. */
FINN_API finn_status finn_domain_to_box(const finn_domain* domain, const double* x, int64_t count,
                                        double* u, int64_t length, double* log_weight,
                                        finn_error* error);

/* 5. Networks ------------------------------------------------------------------------------ */

/* The form of F and its sizes, without parameters; docs/NETWORKS.md compares the forms. */
typedef struct finn_network finn_network;

typedef enum finn_network_form FINN_INT32 {
  FINN_NETWORK_MIXTURE = 0,
  FINN_NETWORK_MLP = 1
} finn_network_form;

/* The map from free parameters to the weights of a positive network; biases are always free. */
typedef enum finn_positivity FINN_INT32 {
  FINN_POSITIVITY_NONE = 0,     /* plain weights: f may take either sign; not of a mixture */
  FINN_POSITIVITY_ABS = 1,      /* |w|, as in the paper */
  FINN_POSITIVITY_SOFTPLUS = 2, /* log(1 + exp(w)) */
  FINN_POSITIVITY_SQUARE = 3,   /* w^2 */
  FINN_POSITIVITY_EXP = 4       /* exp(w) */
} finn_positivity;

typedef enum finn_activation FINN_INT32 {
  FINN_ACTIVATION_AUTO = 0,  /* sigma_n for a positive network, tanh otherwise */
  FINN_ACTIVATION_SIGMA = 1, /* sigma_n, the (n-1)-fold integral of (1 + erf)/2 */
  /* Not with positivity, because derivatives of theirs change sign. */
  FINN_ACTIVATION_TANH = 2,
  FINN_ACTIVATION_SOFTPLUS = 3, /* log(1 + exp(x)) */
  FINN_ACTIVATION_SINE = 4
} finn_activation;

typedef enum finn_sharing FINN_INT32 {
  FINN_SHARING_TRUNK = 0, /* several outputs are different sums over the same units or components */
  FINN_SHARING_NONE = 1   /* each output has units or components of its own */
} finn_sharing;

typedef enum finn_input_scaling FINN_INT32 {
  FINN_INPUT_SCALING_STANDARD =
      0,                      /* the network sees each u_i mapped to unit variance in the box */
  FINN_INPUT_SCALING_NONE = 1 /* the network sees u as it is */
} finn_input_scaling;

/* sum_j c_j prod_i Phi_ij(x_i): each component j is a product of increasing functions of one
 * variable, each a mixture of cdfs of normals. Linear in n, with condition numbers of 1. */
typedef struct finn_mixture_options {
  uint64_t struct_size;
  int32_t components;         /* of the sum, 1 .. 65536; default 64 */
  int32_t normals_per_axis;   /* in each Phi_ij, 1 .. 64; default 4 */
  finn_positivity positivity; /* default EXP; not NONE */
  finn_sharing sharing;
  finn_input_scaling input_scaling;
  int32_t reserved; /* 0 */
} finn_mixture_options;

/* Layers of sigma_n(P(W) h + b), as in the paper. */
typedef struct finn_mlp_options {
  uint64_t struct_size;
  int32_t hidden_layers;                  /* 0 .. FINN_MAX_HIDDEN_LAYERS; default 2 */
  int32_t widths[FINN_MAX_HIDDEN_LAYERS]; /* of each of them, 1 .. 65536; default 32 */
  finn_positivity positivity;             /* default ABS */
  finn_activation activation;
  int32_t output_activation; /* 1: the activation follows on the output too, as the paper prints it;
                                default 0 */
  int32_t orthants;   /* 1 .. 2^variables sign patterns, each with hidden layers of its own; above 1
                         with positivity only; default 1 */
  int32_t axis_units; /* 0 .. 64: cdfs of normals of each variable that the first layer sees beside
                         x, with positivity; default 8; 0 is the network of the paper */
  int32_t skip; /* 1: the output is a sum over all hidden layers and not the last alone; not with
                   output_activation; default 0 */
  finn_sharing sharing;
  finn_input_scaling input_scaling;
  int32_t reserved; /* 0 */
} finn_mlp_options;

/* Write the defaults. FINN_ERROR_NULL for NULL, FINN_ERROR_SIZE for a size that the library does
 * not know. Any thread. */
FINN_API finn_status finn_mixture_options_init(finn_mixture_options* options, uint64_t struct_size);
FINN_API finn_status finn_mlp_options_init(finn_mlp_options* options, uint64_t struct_size);

/* variables is 1 .. FINN_MAX_MIXTURE_VARIABLES, outputs 1 .. 65536. options may be NULL: the
 * defaults. Any thread. */
FINN_API finn_status finn_network_mixture(int32_t variables, int32_t outputs,
                                          const finn_mixture_options* options,
                                          finn_network** network, finn_error* error);
/* variables is 1 .. FINN_MAX_VARIABLES, outputs 1 .. 65536. options may be NULL: the defaults. Any
 * thread. */
FINN_API finn_status finn_network_mlp(int32_t variables, int32_t outputs,
                                      const finn_mlp_options* options, finn_network** network,
                                      finn_error* error);
FINN_API void finn_network_destroy(finn_network* network);

/* The form; FINN_NETWORK_MIXTURE for NULL. Any thread. */
FINN_API finn_network_form finn_network_get_form(const finn_network* network);
/* 0 for NULL. Any thread. */
FINN_API int32_t finn_network_variables(const finn_network* network);
FINN_API int32_t finn_network_outputs(const finn_network* network);
/* Copies the options of which the network was made into *options, whose struct_size is set by the
 * caller; for FINN_ACTIVATION_AUTO the activation that it stood for. FINN_ERROR_ARGUMENT for a
 * network of the other form. Any thread. */
FINN_API finn_status finn_network_get_mixture(const finn_network* network,
                                              finn_mixture_options* options, finn_error* error);
FINN_API finn_status finn_network_get_mlp(const finn_network* network, finn_mlp_options* options,
                                          finn_error* error);

/* 6. Constraints --------------------------------------------------------------------------- */

/* What the integral J of f over the domain has to be, and how f is made of f', the mixed partial of
 * the network, whose integral is I, to have it; V is the volume of the box of u.
 * docs/CONSTRAINTS.md derives all of them. f has the integral exactly, whatever the parameters. */
typedef struct finn_constraint finn_constraint;

typedef enum finn_constraint_form FINN_INT32 {
  FINN_CONSTRAINT_NONE = 0,
  FINN_CONSTRAINT_EQUAL = 1,
  FINN_CONSTRAINT_BOUNDED = 2,
  FINN_CONSTRAINT_LEARNED = 3,
  FINN_CONSTRAINT_PER_ROW = 4,
  FINN_CONSTRAINT_LINEAR = 5
} finn_constraint_form;

typedef enum finn_method FINN_INT32 {
  FINN_METHOD_SCALE = 0, /* f = J f'/I: the paper's equality; keeps f >= 0, singular at I = 0 */
  FINN_METHOD_SHIFT = 1  /* f = f' + (J - I)/V: the nearest in L2, never singular */
} finn_method;

/* What the target of a row is to its integral. */
typedef enum finn_bound FINN_INT32 {
  FINN_BOUND_EQUAL = 0,
  FINN_BOUND_AT_MOST = 1,
  FINN_BOUND_AT_LEAST = 2
} finn_bound;

/* How J follows I within its bounds. */
typedef enum finn_transition FINN_INT32 {
  FINN_TRANSITION_CLIP = 0,   /* J = I, or the bound that I is beyond */
  FINN_TRANSITION_SMOOTH = 1, /* a smooth increasing function of I */
  FINN_TRANSITION_LEARNED = 2 /* J is trained by itself: one more parameter for each output */
} finn_transition;

typedef struct finn_constraint_options {
  uint64_t struct_size;
  double uniform_share;    /* of J, spread evenly over the domain, in [0, 1); with SCALE only;
                              keeps log f finite; default 0 */
  double transition_width; /* of SMOOTH at one bound with SHIFT, in units of the integral, above 0;
                              default 1 */
} finn_constraint_options;

/* Writes the defaults. FINN_ERROR_NULL for NULL, FINN_ERROR_SIZE for a size that the library does
 * not know. Any thread. */
FINN_API finn_status finn_constraint_options_init(finn_constraint_options* options,
                                                  uint64_t struct_size);

/* In all functions that follow options may be NULL: the defaults. Any thread. */

/* f is the mixed partial of the network as it stands. */
FINN_API finn_status finn_constraint_none(finn_constraint** constraint, finn_error* error);
/* J is target [outputs]; with SCALE and a positive network above 0. */
FINN_API finn_status finn_constraint_equal(finn_method method, int32_t outputs,
                                           const double* target,
                                           const finn_constraint_options* options,
                                           finn_constraint** constraint, finn_error* error);
/* J is at least lower [outputs] and at most upper [outputs], each lower below its upper; one of the
 * two may be NULL: no bound on that side. SMOOTH with SCALE needs a positive network. */
FINN_API finn_status finn_constraint_bounded(finn_method method, int32_t outputs,
                                             const double* lower, const double* upper,
                                             finn_transition transition,
                                             const finn_constraint_options* options,
                                             finn_constraint** constraint, finn_error* error);
/* J is any number, with SCALE any above 0, which is trained by itself and begins at start
 * [outputs]. */
FINN_API finn_status finn_constraint_learned(finn_method method, int32_t outputs,
                                             const double* start,
                                             const finn_constraint_options* options,
                                             finn_constraint** constraint, finn_error* error);
/* The targets of a row are its last columns, one for each output. transition is CLIP for
 * FINN_BOUND_EQUAL, CLIP or SMOOTH otherwise. */
FINN_API finn_status finn_constraint_per_row(finn_method method, finn_bound bound, int32_t outputs,
                                             finn_transition transition,
                                             const finn_constraint_options* options,
                                             finn_constraint** constraint, finn_error* error);
/* The nearest f' + g in L2 for which all of count integrals, 1 .. 64, hold at once: that of
 * prod_i u_i^powers[i] f over the box [lower, upper] is value. lower, upper and powers are
 * [count][variables], value is [count][outputs]. -infinity and infinity stand for the limits of the
 * domain, and lower and upper may be NULL: those limits everywhere. Powers are 0 .. 8, above 0 in
 * at most three variables; powers may be NULL: all 0, the integrals themselves. variables is at
 * most FINN_MAX_VARIABLES. */
FINN_API finn_status finn_constraint_linear(int32_t variables, int32_t outputs, int32_t count,
                                            const double* lower, const double* upper,
                                            const int32_t* powers, const double* value,
                                            finn_constraint** constraint, finn_error* error);
FINN_API void finn_constraint_destroy(finn_constraint* constraint);

/* FINN_CONSTRAINT_NONE for NULL. Any thread. */
FINN_API finn_constraint_form finn_constraint_get_form(const finn_constraint* constraint);
/* The outputs it was made for; 0 for NULL and for finn_constraint_none, which takes any. */
FINN_API int32_t finn_constraint_outputs(const finn_constraint* constraint);
/* The least and the largest J of each output, into lower and upper [outputs], length each:
 * -infinity and infinity where there is no bound. FINN_ERROR_ARGUMENT for those without such
 * numbers of their own, which are PER_ROW and LINEAR. Any thread. */
FINN_API finn_status finn_constraint_bounds(const finn_constraint* constraint, double* lower,
                                            double* upper, int64_t length, finn_error* error);

/* 7. Conditionings ------------------------------------------------------------------------- */

/* How f depends on conditions c (covariates, context) beside x: f(x | c) has the integral that the
 * constraint says for every c. docs/CONDITIONING.md compares the forms. */
typedef struct finn_conditioning finn_conditioning;

typedef enum finn_conditioning_form FINN_INT32 {
  FINN_CONDITIONING_NONE = 0, /* of NULL: no conditions */
  FINN_CONDITIONING_FILM = 1,
  FINN_CONDITIONING_HYPERNETWORK = 2,
  FINN_CONDITIONING_INPUTS = 3
} finn_conditioning_form;

/* The network of c. */
typedef struct finn_conditioning_options {
  uint64_t struct_size;
  int32_t hidden_layers;                  /* 0 .. FINN_MAX_HIDDEN_LAYERS; default 2 */
  int32_t widths[FINN_MAX_HIDDEN_LAYERS]; /* of each of them, 1 .. 65536; default 64 */
  int32_t reserved;                       /* 0 */
} finn_conditioning_options;

/* Writes the defaults. FINN_ERROR_NULL for NULL, FINN_ERROR_SIZE for a size that the library does
 * not know. Any thread. */
FINN_API finn_status finn_conditioning_options_init(finn_conditioning_options* options,
                                                    uint64_t struct_size);

/* In the functions that follow: conditions is 1 .. 65536. lower and upper [conditions], each lower
 * below its upper, are the range of c, by which c is standardised; it is no limit. Both may be
 * NULL: [-1, 1] until the rows of a first fit say where they lie (standardise of
 * finn_training_options). options may be NULL: the defaults. Any thread. */

/* Feature-wise linear modulation (Perez et al. 2018): a network of c moves the biases or the
 * centres of normals and scales the units and sums. The usual choice. */
FINN_API finn_status finn_conditioning_film(int32_t conditions, const double* lower,
                                            const double* upper,
                                            const finn_conditioning_options* options,
                                            finn_conditioning** conditioning, finn_error* error);
/* A hypernetwork (Ha et al. 2016), as in the paper: a network of c moves all parameters. */
FINN_API finn_status finn_conditioning_hypernetwork(int32_t conditions, const double* lower,
                                                    const double* upper,
                                                    const finn_conditioning_options* options,
                                                    finn_conditioning** conditioning,
                                                    finn_error* error);
/* Biases, or centres of normals, are linear in c, as if c were further inputs of every hidden unit,
 * free in sign. */
FINN_API finn_status finn_conditioning_inputs(int32_t conditions, const double* lower,
                                              const double* upper, finn_conditioning** conditioning,
                                              finn_error* error);
FINN_API void finn_conditioning_destroy(finn_conditioning* conditioning);

/* FINN_CONDITIONING_NONE for NULL. Any thread. */
FINN_API finn_conditioning_form finn_conditioning_get_form(const finn_conditioning* conditioning);
/* The number of conditions; 0 for NULL. Any thread. */
FINN_API int32_t finn_conditioning_conditions(const finn_conditioning* conditioning);
/* The range of c, into lower and upper [conditions], length each. Any thread. */
FINN_API finn_status finn_conditioning_limits(const finn_conditioning* conditioning, double* lower,
                                              double* upper, int64_t length, finn_error* error);
/* Copies the options of which it was made into *options, whose struct_size is set by the caller.
 * Any thread. */
FINN_API finn_status finn_conditioning_get_options(const finn_conditioning* conditioning,
                                                   finn_conditioning_options* options,
                                                   finn_error* error);

/* 8. Models -------------------------------------------------------------------------------- */

typedef enum finn_precision FINN_INT32 { FINN_FLOAT64 = 0, FINN_FLOAT32 = 1 } finn_precision;

/* Parts put together, and parameters. */
typedef struct finn_model finn_model;

/* Makes a model with freshly drawn parameters (the initialisation from the statistics of the
 * domain, docs/INITIALISATION.md). constraint may be NULL: J = 1 for each output, by SCALE for a
 * positive network and by SHIFT otherwise. conditioning may be NULL: no conditions. FINN_ERROR_SIZE
 * when parts have different numbers of variables or outputs; docs/ABI.md lists the few other pairs
 * of parts that do not go together, all for reasons of mathematics. Any thread. */
FINN_API finn_status finn_model_create(const finn_network* network, const finn_domain* domain,
                                       const finn_constraint* constraint,
                                       const finn_conditioning* conditioning,
                                       finn_precision precision, uint64_t seed, finn_model** model,
                                       finn_error* error);
/* A copy that shares nothing with the original but the parts, which never change. Any thread. */
FINN_API finn_status finn_model_clone(const finn_model* model, finn_model** copy,
                                      finn_error* error);
FINN_API void finn_model_destroy(finn_model* model);

/* The parts of a model, each as a handle of the caller's. *constraint is what NULL stood for, too;
 * *conditioning is NULL for a model without conditions. Any thread. */
FINN_API finn_status finn_model_network(const finn_model* model, finn_network** network,
                                        finn_error* error);
FINN_API finn_status finn_model_domain(const finn_model* model, finn_domain** domain,
                                       finn_error* error);
FINN_API finn_status finn_model_constraint(const finn_model* model, finn_constraint** constraint,
                                           finn_error* error);
FINN_API finn_status finn_model_conditioning(const finn_model* model,
                                             finn_conditioning** conditioning, finn_error* error);
/* FINN_FLOAT64 for NULL. Any thread. */
FINN_API finn_precision finn_model_precision(const finn_model* model);
/* n, m, and the length of the flat parameter vector; 0 for NULL. Any thread. */
FINN_API int32_t finn_model_variables(const finn_model* model);
FINN_API int32_t finn_model_outputs(const finn_model* model);
/* The length of a row of points, x in all functions below: the variables, then the conditions, then
 * with finn_constraint_per_row the target of that row for each output. 0 for NULL. Any thread. */
FINN_API int32_t finn_model_columns(const finn_model* model);
FINN_API int64_t finn_model_parameter_count(const finn_model* model);

/* Writes a description of the model, without its parameters, as one JSON object in UTF-8 with a
 * terminating 0 into json [capacity], and the bytes that it takes with that 0 into *size, which may
 * be NULL. json may be NULL: only the size. The object is that of model files: docs/FILES.md. Any
 * thread. */
FINN_API finn_status finn_model_describe(const finn_model* model, char* json, int64_t capacity,
                                         int64_t* size, finn_error* error);

/* Draws the parameters anew, from the statistics of rows of x [rows][columns] in the domain
 * instead of those of the domain: for data that fill only a part of it. Coordinates become those of
 * the rows, and so does the range of conditions without limits; f(x | c) begins as f(x). The first
 * fit of a fresh model does the same and more by itself (standardise). Each component of a mixture
 * begins at a row, as wide as the rows around it lie apart, and the first one as wide as the
 * domain. At most 1024 rows, drawn by the seed, are looked at. */
FINN_API finn_status finn_model_initialise_from_data(finn_model* model, const double* x,
                                                     int64_t rows, uint64_t seed,
                                                     finn_error* error);

/* Copies the free parameters out of or into the model. Mlp: layer by layer, weights [out][in], then
 * biases [out], with axis units before them log slopes log w and centres m, each [variables]
 * [axis_units]; orthant by orthant, output by output under SHARING_NONE, each with its layers, then
 * with skip the weights [outputs][in] of the hidden layers but the last. Mixture: log slopes log w,
 * centres m and, if normals_per_axis > 1, logits of the shares a, each [variables][components]
 * [normals_per_axis], then c [outputs][components]; under SHARING_NONE so for each output. With
 * conditions the network of c follows, layer by layer, weights [out][in] and biases [out]; then,
 * where J is learned, its free parameter tau [outputs]. Last come the standards, which no optimiser
 * moves and whose gradient is 0: mean and log spread, each [variables], of x in units of the box;
 * mean and log spread, each [conditions], of c in units of their limits; the log unit of f
 * [outputs]. All of them are 0 until a first fit (docs/INITIALISATION.md); where the exponential of
 * a logarithm is not finite or 0, FINN_ERROR_ARGUMENT. length must be finn_model_parameter_count;
 * values must be finite, in the precision of the model too. Parameters whose integral cannot be
 * normalised may be set; it is the next query that returns FINN_ERROR_INTEGRAL. */
FINN_API finn_status finn_model_get_parameters_f64(const finn_model* model, double* parameters,
                                                   int64_t length, finn_error* error);
FINN_API finn_status finn_model_get_parameters_f32(const finn_model* model, float* parameters,
                                                   int64_t length, finn_error* error);
FINN_API finn_status finn_model_set_parameters_f64(finn_model* model, const double* parameters,
                                                   int64_t length, finn_error* error);
FINN_API finn_status finn_model_set_parameters_f32(finn_model* model, const float* parameters,
                                                   int64_t length, finn_error* error);

/* Files of models -------------------------------------------------------------------------- */

/* A file holds the whole model - network, domain, constraint, conditioning, precision, parameters -
 * and is loaded by a program that knows nothing of it; the loaded model gives the same bits. The
 * format is safetensors: the parameters can be read by every program that reads it, and a versioned
 * description stands in its metadata (docs/FILES.md). What a file says is trusted in nothing: bytes
 * that are damaged or hostile give FINN_ERROR_FORMAT. Loading takes as much memory as making the
 * parts and the model does, and at most 8 times the bytes of the file beside it; no memory is taken
 * for parameters that the file does not have.
 *
 * A domain with callbacks, a star or a map, is stored by its name. The program that loads it makes
 * a domain of that name and passes it in domains [count], in any order; domains may be NULL for a
 * count of 0. FINN_ERROR_ARGUMENT, with the name, when it is not among them or is another. */

/* Writes the file without a name, flushes it to the disk and puts it at path at once: whatever
 * fails, a file that was there before is whole, and nothing is left beside it. Only a process that
 * is killed at the moment of replacing one may leave PATH.saving, which is whole; the next save
 * takes it over. Links are followed, a file keeps its mode, and what is not a regular file is
 * refused. Errors of the system give FINN_ERROR_FILE. */
FINN_API finn_status finn_model_save(const finn_model* model, const char* path, finn_error* error);
FINN_API finn_status finn_model_load(const char* path, const finn_domain* const* domains,
                                     int32_t count, finn_model** model, finn_error* error);
/* Writes the bytes of the file into buffer [capacity], and their number into *size. With buffer
 * NULL only the number; FINN_ERROR_SIZE when capacity is too small. */
FINN_API finn_status finn_model_save_bytes(const finn_model* model, void* buffer, int64_t capacity,
                                           int64_t* size, finn_error* error);
FINN_API finn_status finn_model_load_bytes(const void* bytes, int64_t size,
                                           const finn_domain* const* domains, int32_t count,
                                           finn_model** model, finn_error* error);

/* 9. Workspaces ---------------------------------------------------------------------------- */

/* Scratch memory of an evaluation: grows at first use and is then reused, so that a call repeated
 * with the same sizes allocates nothing. Serves any model, one thread at a time. */
typedef struct finn_workspace finn_workspace;

/* threads: how many threads a call may use, at most 1024. 0: as many as the environment variable
 * FINN_THREADS says; without it OMP_NUM_THREADS, the first number of its list; without both one per
 * processor on which this process may run. They are read when the library is loaded.
 * FINN_ERROR_ARGUMENT where FINN_THREADS is needed and is no number from 1 to 1024; what is wrong
 * with OMP_NUM_THREADS is ignored.
 * A call starts no more threads than it has tiles of 32 or 64 points, when it first needs them.
 * They are the workspace's own and end with it; they take no signals. Where the system refuses a
 * thread, the workspace goes on with fewer. The child of a fork may go on with the workspaces that
 * its thread has. Results are the same bits for every number of threads. A library that was
 * configured for OpenMP uses its threads instead, for which other rules hold, and one configured
 * without threads has the caller's alone (docs/THREADS.md). */
FINN_API finn_status finn_workspace_create(int32_t threads, finn_workspace** workspace,
                                           finn_error* error);
/* Ends the threads of the workspace. */
FINN_API void finn_workspace_destroy(finn_workspace* workspace);

/* 10. Queries ------------------------------------------------------------------------------ */

/* f at points x [batch][columns], into f [batch][outputs]. With a positive network and the method
 * SCALE, or without a constraint, f >= 0 always, also in float; SHIFT may push it below 0. Points
 * outside an open box are allowed; far outside F grows like a polynomial and may overflow. Outside
 * any other domain f is 0 and F that of the u that finn_domain_to_box gives.
 * f is per volume of x, in the precision of the model: with FINN_FLOAT32 it is 0, or the call fails
 * with FINN_ERROR_NOT_FINITE, where many variables of small or large size make it no float. Log
 * likelihoods are not touched by that (docs/TRAINING.md).
 * With conditions or targets per row each row is normalised by itself, in the precision of the
 * model; FINN_ERROR_INTEGRAL names the row that cannot be. */
FINN_API finn_status finn_integrand_f64(const finn_model* model, finn_workspace* workspace,
                                        const double* x, int64_t batch, double* f, int64_t length,
                                        finn_error* error);
FINN_API finn_status finn_integrand_f32(const finn_model* model, finn_workspace* workspace,
                                        const float* x, int64_t batch, float* f, int64_t length,
                                        finn_error* error);

/* F at points x [batch][columns], into F [batch][outputs], constrained like f: only differences
 * over the corners of a box mean anything. */
FINN_API finn_status finn_antiderivative_f64(const finn_model* model, finn_workspace* workspace,
                                             const double* x, int64_t batch, double* F,
                                             int64_t length, finn_error* error);
FINN_API finn_status finn_antiderivative_f32(const finn_model* model, finn_workspace* workspace,
                                             const float* x, int64_t batch, float* F,
                                             int64_t length, finn_error* error);

/* d^|S| F / prod_{i in S} dx_i into values [batch][outputs]; bit i of subset stands for variable
 * i, counted from 0. Subset 0 is F, all ones is f; differenced over the corners of the other
 * variables it is a marginal. With a domain that maps, the derivatives of a proper subset are those
 * in u, at u(x); but where it covers all variables of a factor of finn_domain_product, they are
 * those in x, times the weight of that factor: marginals over whole factors are densities of x. Of
 * an mlp with several orthants see docs/NETWORKS.md. */
FINN_API finn_status finn_mixed_partial_f64(const finn_model* model, finn_workspace* workspace,
                                            uint64_t subset, const double* x, int64_t batch,
                                            double* values, int64_t length, finn_error* error);
FINN_API finn_status finn_mixed_partial_f32(const finn_model* model, finn_workspace* workspace,
                                            uint64_t subset, const float* x, int64_t batch,
                                            float* values, int64_t length, finn_error* error);

/* Any derivative of F: d^|k| F / prod_i dx_i^k_i into values [batch][outputs], k = orders
 * [variables], each 0 .. 8. All 1 is f, all 0 is F, f with one 2 in it a component of the gradient
 * of f, with a 3 or two 2 an entry of its Hessian. Of an mlp the orders add up to at most 8, of a
 * mixture to at most 72. Where u_i of the domain is not x_i itself an order is 0 or 1, and the
 * derivative is that of finn_mixed_partial; FINN_ERROR_ARGUMENT names the variable, or the sum,
 * that is too much. What a constraint adds is differentiated as well; LINEAR without what is not
 * smooth at the edges of its boxes. docs/DERIVATIVES.md has the cost and the error. */
FINN_API finn_status finn_derivative_f64(const finn_model* model, finn_workspace* workspace,
                                         const int32_t* orders, const double* x, int64_t batch,
                                         double* values, int64_t length, finn_error* error);
FINN_API finn_status finn_derivative_f32(const finn_model* model, finn_workspace* workspace,
                                         const int32_t* orders, const float* x, int64_t batch,
                                         float* values, int64_t length, finn_error* error);

/* In which coordinates the limits of an integral are given. */
typedef enum finn_limits FINN_INT32 {
  FINN_LIMITS_X = 0, /* those of the points x. The map of the domain has to take one variable at a
                        time - boxes, lines, half-lines, products and diagonal affine images of
                        them: FINN_ERROR_ARGUMENT for any other. Beyond the domain f is 0, so that
                        limits may be infinite; those of an open box have to be finite */
  FINN_LIMITS_U = 1  /* those of the box of u, within finn_domain_limits unless u_i is x_i itself;
                        the integral is over their image */
} finn_limits;

/* The integral of f over the box [lower, upper] ([variables] each, lower <= upper), from F at its
 * 2^n corners - of a mixture: from differences one variable at a time, with condition number 1 -
 * always in double, whatever the precision of the model.
 *     value             [outputs]
 *     condition_number  [outputs] sum |F| / |sum F| of the difference: infinite when only the sum
 * is 0, 1 when all F are; may be NULL error_estimate    [outputs] the rounding error to expect in
 * value; may be NULL length is that of each of them. */
FINN_API finn_status finn_integral(const finn_model* model, finn_workspace* workspace,
                                   finn_limits limits, const double* lower, const double* upper,
                                   double* value, double* condition_number, double* error_estimate,
                                   int64_t length, finn_error* error);

/* The integral of f(x | c) over a box for each of count conditions [count][columns - variables]:
 * conditions, and then the targets of a row with finn_constraint_per_row. For a model without such
 * columns conditions may be NULL, and every row is finn_integral, which takes such models only.
 * value, condition_number and error_estimate are [count][outputs], of length numbers each; the last
 * two may be NULL. */
FINN_API finn_status finn_conditional_integral(const finn_model* model, finn_workspace* workspace,
                                               finn_limits limits, const double* lower,
                                               const double* upper, const double* conditions,
                                               int64_t count, double* value,
                                               double* condition_number, double* error_estimate,
                                               int64_t length, finn_error* error);

/* Vector-Jacobian product of f, for a loss of your own: given f_adjoint [batch][outputs] =
 * dLoss/df, writes
 *     f                  [batch][outputs]   may be NULL
 *     parameter_adjoint  [parameter_count]  dLoss/dparameters, through the constraint as well
 *     x_adjoint          [batch][columns]   dLoss/dx, with conditions and targets; may be NULL
 * each with its length, which is not looked at where the array is NULL. The arrays are overwritten,
 * not added to. */
FINN_API finn_status finn_integrand_vjp_f64(const finn_model* model, finn_workspace* workspace,
                                            const double* x, int64_t batch, const double* f_adjoint,
                                            double* f, int64_t f_length, double* parameter_adjoint,
                                            int64_t parameter_length, double* x_adjoint,
                                            int64_t x_length, finn_error* error);
FINN_API finn_status finn_integrand_vjp_f32(const finn_model* model, finn_workspace* workspace,
                                            const float* x, int64_t batch, const float* f_adjoint,
                                            float* f, int64_t f_length, float* parameter_adjoint,
                                            int64_t parameter_length, float* x_adjoint,
                                            int64_t x_length, finn_error* error);

/* Vector-Jacobian product of any derivative of F, of these orders [variables], as
 * finn_derivative_f64 takes them: given values_adjoint [batch][outputs], writes
 *     values             [batch][outputs]   may be NULL
 *     parameter_adjoint  [parameter_count]
 *     x_adjoint          [batch][columns]   with conditions and targets; may be NULL
 * as finn_integrand_vjp_f64 does for f. x_adjoint is all derivatives of one order more at the cost
 * of one. Outside of a domain that maps, variables whose u is clamped to its box have the adjoint
 * 0; outside of a disk and the like all of them have. Of a model in float the adjoints are sums in
 * float. */
FINN_API finn_status finn_derivative_vjp_f64(const finn_model* model, finn_workspace* workspace,
                                             const int32_t* orders, const double* x, int64_t batch,
                                             const double* values_adjoint, double* values,
                                             int64_t values_length, double* parameter_adjoint,
                                             int64_t parameter_length, double* x_adjoint,
                                             int64_t x_length, finn_error* error);

/* Vector-Jacobian product of finn_conditional_integral, for a loss that integrals over a box enter:
 * given value_adjoint [count][outputs], writes
 *     value              [count][outputs]              may be NULL
 *     parameter_adjoint  [parameter_count]
 *     lower_adjoint      [variables]                   sums over the rows; both may be NULL
 *     upper_adjoint      [variables]                   with limit_length
 *     condition_adjoint  [count][columns - variables]  may be NULL
 * each with its length, which is not looked at where the array is NULL. Everything is in double,
 * whatever the precision of the model. The adjoint of a limit beyond the domain is 0. */
FINN_API finn_status finn_conditional_integral_vjp(
    const finn_model* model, finn_workspace* workspace, finn_limits limits, const double* lower,
    const double* upper, const double* conditions, int64_t count, const double* value_adjoint,
    double* value, int64_t value_length, double* parameter_adjoint, int64_t parameter_length,
    double* lower_adjoint, double* upper_adjoint, int64_t limit_length, double* condition_adjoint,
    int64_t condition_length, finn_error* error);

/* 11. Distributions ------------------------------------------------------------------------ */

/* What a positive model knows as a distribution: f of one output divided by its integral. From one
 * antiderivative come densities, cdfs, probabilities of boxes, marginals, conditionals, quantiles
 * and samples, all of one distribution and none by fitting anything again.
 * docs/DISTRIBUTIONS.md has the formula, the cost and the error of each.
 *
 * A distribution is a snapshot: later changes of the model do not reach it. It never changes, and
 * any number of threads may ask it at once, each with a workspace of its own. marginal, given and
 * truncated make new ones of it, in any order and as often as wanted, which share the snapshot and
 * cost next to nothing. Everything is computed in double, whatever the precision of the model.
 *
 * Variables are counted from 0 as they stand in the distribution at hand: after a marginal of 2 and
 * 0 these are 0 and 1. A row x [columns] holds the variables, then what is given, in the order in
 * which it was, then the conditions of the model; given [given_columns] is that without the
 * variables, and may be NULL where it has no columns. Targets of rows (finn_constraint_per_row)
 * cancel and are no columns here.
 *
 * Where the domain has a map for each variable - a box, a line, a half-line, products and diagonal
 * affine images of them - everything is in x. On any other domain, such as a disk, a distribution
 * has its density, its samples and what is computed from them; the other functions give
 * FINN_ERROR_ARGUMENT. */
typedef struct finn_distribution finn_distribution;

/* That of an output of the model, 0 for the only one. FINN_ERROR_ARGUMENT for a model whose f may
 * be negative: a network without positivity, or a constraint other than none and those that scale.
 * FINN_ERROR_INTEGRAL where f has no integral above 0. Any thread. */
FINN_API finn_status finn_distribution_create(const finn_model* model, int32_t output,
                                              finn_distribution** distribution, finn_error* error);
FINN_API void finn_distribution_destroy(finn_distribution* distribution);

/* That of variables [count], in this order, whatever the others are. Any thread. */
FINN_API finn_status finn_distribution_marginal(const finn_distribution* distribution,
                                                const int32_t* variables, int32_t count,
                                                finn_distribution** marginal, finn_error* error);
/* That of the other variables where variables [count] have the values that each row says; at least
 * one variable has to be left. Any thread. */
FINN_API finn_status finn_distribution_given(const finn_distribution* distribution,
                                             const int32_t* variables, int32_t count,
                                             finn_distribution** given, finn_error* error);
/* That within lower and upper [variables] each, which may be infinite, divided by the probability
 * of that box; FINN_ERROR_ARGUMENT where nothing of the distribution is left. Any thread. */
FINN_API finn_status finn_distribution_truncated(const finn_distribution* distribution,
                                                 const double* lower, const double* upper,
                                                 finn_distribution** truncated, finn_error* error);

/* How many variables it has, and the columns of a row x and of a row given; 0 for NULL. Any
 * thread. */
FINN_API int32_t finn_distribution_variables(const finn_distribution* distribution);
FINN_API int32_t finn_distribution_columns(const finn_distribution* distribution);
FINN_API int32_t finn_distribution_given_columns(const finn_distribution* distribution);
/* The limits between which it has its probability, into lower and upper [variables], length each;
 * infinite on unbounded domains. Any thread. */
FINN_API finn_status finn_distribution_support(const finn_distribution* distribution, double* lower,
                                               double* upper, int64_t length, finn_error* error);

/* In what follows results are of length numbers each, those of their shape. FINN_ERROR_ARGUMENT
 * names the row where a value given lies outside of the distribution, and FINN_ERROR_INTEGRAL where
 * nothing is left to divide by. */

/* The density at x [rows][columns], into density [rows]; outside of the distribution 0. */
FINN_API finn_status finn_distribution_density(const finn_distribution* distribution,
                                               finn_workspace* workspace, const double* x,
                                               int64_t rows, double* density, int64_t length,
                                               finn_error* error);
/* Its logarithm, into log_density [rows]; outside of the distribution -infinity. That of a mixture
 * is finite everywhere else, also where the density is too small for a number. */
FINN_API finn_status finn_distribution_log_density(const finn_distribution* distribution,
                                                   finn_workspace* workspace, const double* x,
                                                   int64_t rows, double* log_density,
                                                   int64_t length, finn_error* error);
/* P(X_1 <= x_1, .., X_n <= x_n) at x [rows][columns], whose variables may be infinite, into cdf
 * [rows]. Small values keep their digits. */
FINN_API finn_status finn_distribution_cdf(const finn_distribution* distribution,
                                           finn_workspace* workspace, const double* x, int64_t rows,
                                           double* cdf, int64_t length, finn_error* error);
/* P(X_1 > x_1, .., X_n > x_n) likewise: of one variable 1 - cdf, with its digits where that is
 * small. */
FINN_API finn_status finn_distribution_survival(const finn_distribution* distribution,
                                                finn_workspace* workspace, const double* x,
                                                int64_t rows, double* survival, int64_t length,
                                                finn_error* error);
/* The probability of a box for each row: from lower to upper [rows][variables], which may be
 * infinite, into value [rows]; never negative. error_estimate [rows] is the error to expect in it,
 * and may be NULL. given [rows][given_columns]. */
FINN_API finn_status finn_distribution_probability(const finn_distribution* distribution,
                                                   finn_workspace* workspace, const double* lower,
                                                   const double* upper, const double* given,
                                                   int64_t rows, double* value,
                                                   double* error_estimate, int64_t length,
                                                   finn_error* error);
/* That of boxes [lower, lower + width], for boxes so narrow that lower + width has too few digits
 * of width; finite, width >= 0. */
FINN_API finn_status finn_distribution_probability_of_width(
    const finn_distribution* distribution, finn_workspace* workspace, const double* lower,
    const double* width, const double* given, int64_t rows, double* value, double* error_estimate,
    int64_t length, finn_error* error);

/* The gradient of the log density at x [rows][columns] by every column of a row - variables, what
 * is given, conditions - into gradient [rows][columns]; 0 in rows outside of the distribution. That
 * of a mixture by variables and by what is given is right also where the density is too small for
 * a number; by conditions FINN_ERROR_NOT_FINITE names such a row. */
FINN_API finn_status finn_distribution_log_density_gradient(const finn_distribution* distribution,
                                                            finn_workspace* workspace,
                                                            const double* x, int64_t rows,
                                                            double* gradient, int64_t length,
                                                            finn_error* error);
/* The gradient of the cdf at x [rows][columns] by every column, into gradient [rows][columns]; 0 by
 * a variable that is infinite or beyond the distribution. */
FINN_API finn_status finn_distribution_cdf_gradient(const finn_distribution* distribution,
                                                    finn_workspace* workspace, const double* x,
                                                    int64_t rows, double* gradient, int64_t length,
                                                    finn_error* error);
/* The gradient of finn_distribution_probability: by lower and by upper [rows][variables], which
 * have limit_length, and by given [rows][given_columns]; any of the three may be NULL. */
FINN_API finn_status finn_distribution_probability_gradient(
    const finn_distribution* distribution, finn_workspace* workspace, const double* lower,
    const double* upper, const double* given, int64_t rows, double* lower_gradient,
    double* upper_gradient, int64_t limit_length, double* given_gradient, int64_t given_length,
    finn_error* error);

/* Where the cdf is p [rows], 0 .. 1, into x [rows]: the limits for 0 and 1, which on an unbounded
 * domain are the farthest points that it has numbers for. Of a distribution of one variable;
 * FINN_ERROR_ARGUMENT for any other. given [rows][given_columns]. */
FINN_API finn_status finn_distribution_quantile(const finn_distribution* distribution,
                                                finn_workspace* workspace, const double* p,
                                                const double* given, int64_t rows, double* x,
                                                int64_t length, finn_error* error);
/* u_k = P(X_k <= x_k | x_1 .. x_(k-1)) at x [rows][columns], into u [rows][variables]: uniform on
 * the unit cube where x follows the distribution (Rosenblatt 1952). */
FINN_API finn_status finn_distribution_rosenblatt(const finn_distribution* distribution,
                                                  finn_workspace* workspace, const double* x,
                                                  int64_t rows, double* u, int64_t length,
                                                  finn_error* error);
/* The x [rows][variables] of u [rows][variables], 0 .. 1: conditional quantiles, one variable after
 * the other. given [rows][given_columns]. */
FINN_API finn_status finn_distribution_inverse_rosenblatt(const finn_distribution* distribution,
                                                          finn_workspace* workspace,
                                                          const double* u, const double* given,
                                                          int64_t rows, double* x, int64_t length,
                                                          finn_error* error);

/* At x [rows][columns], what finn_distribution_rosenblatt and its inverse change by:
 *     jacobian  [rows][variables][columns]    du_k by every column; may be NULL
 *     inverse   [rows][variables][variables]  dx_k/du_j at the u of this x; may be NULL
 * Both are triangular in the variables: u_k depends on x_1 .. x_k. Along x = x(u, given) of fixed u
 * dx/dgiven is -inverse times the columns of jacobian behind the variables. FINN_ERROR_NOT_FINITE
 * where the density is 0, so that u has no inverse, and inverse is asked for. */
FINN_API finn_status finn_distribution_rosenblatt_jacobian(
    const finn_distribution* distribution, finn_workspace* workspace, const double* x, int64_t rows,
    double* jacobian, int64_t jacobian_length, double* inverse, int64_t inverse_length,
    finn_error* error);

/* Samples, into x [rows][variables]. Sample i of a seed, i >= 0, is the same whatever the threads
 * and however many are drawn at once; these are the samples from first on. given
 * [rows][given_columns] are the values under which each is drawn. */
FINN_API finn_status finn_distribution_sample(const finn_distribution* distribution,
                                              finn_workspace* workspace, uint64_t seed,
                                              int64_t first, const double* given, int64_t rows,
                                              double* x, int64_t length, finn_error* error);

/* Mean [rows][variables] and covariance [rows][variables][variables] for each row of given
 * [rows][given_columns], with the errors to expect in them, of the same shapes and lengths; any of
 * the four may be NULL. In closed form for a mixture where x is u, otherwise by quadrature. */
FINN_API finn_status finn_distribution_moments(const finn_distribution* distribution,
                                               finn_workspace* workspace, const double* given,
                                               int64_t rows, double* mean, double* mean_error,
                                               int64_t mean_length, double* covariance,
                                               double* covariance_error, int64_t covariance_length,
                                               finn_error* error);

/* Called with x [count][variables]: writes values [count][outputs] and returns 0; anything else
 * fails with FINN_ERROR_CALLBACK. On the caller's thread. */
typedef int32_t (*finn_expectation_callback)(const double* x, int64_t count, double* values,
                                             void* user_data);

/* The functions that follow look at samples, 2 .. 2^28, of a seed under one row of given
 * [given_columns], and say by how much the result would differ with another seed: standard_error,
 * which may be NULL. */

/* The mean of what the callback says of x, into value [outputs], and its standard_error [outputs];
 * length is outputs. */
FINN_API finn_status finn_distribution_expectation(
    const finn_distribution* distribution, finn_workspace* workspace,
    finn_expectation_callback callback, void* user_data, const double* given, int64_t samples,
    uint64_t seed, double* value, double* standard_error, int64_t length, finn_error* error);
/* The mean of -log density, in nats. */
FINN_API finn_status finn_distribution_entropy(const finn_distribution* distribution,
                                               finn_workspace* workspace, const double* given,
                                               int64_t samples, uint64_t seed, double* value,
                                               double* standard_error, finn_error* error);
/* The density above which the smallest region lies that holds this probability, 0 < probability <
 * 1: the highest-density region is where finn_distribution_density is at least *level. */
FINN_API finn_status finn_distribution_density_level(const finn_distribution* distribution,
                                                     finn_workspace* workspace, const double* given,
                                                     double probability, int64_t samples,
                                                     uint64_t seed, double* level,
                                                     double* standard_error, finn_error* error);
/* Where the density is highest, into x [variables], length, with the logarithm of the density there
 * into *log_density, which may be NULL: the best of a few peaks that are climbed from samples. */
FINN_API finn_status finn_distribution_mode(const finn_distribution* distribution,
                                            finn_workspace* workspace, const double* given,
                                            int64_t samples, uint64_t seed, double* x,
                                            int64_t length, double* log_density, finn_error* error);

/* 12. Training ----------------------------------------------------------------------------- */

/* What each option does, when to use it and what it costs: docs/TRAINING.md. */

typedef enum finn_loss FINN_INT32 {
  FINN_LOSS_SQUARED_ERROR = 0,           /* mean over rows and outputs of (f - y)^2 */
  FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD = 1, /* mean of -log f; f >= 0 */
  FINN_LOSS_ABSOLUTE_ERROR = 2,          /* mean of |f - y| */
  FINN_LOSS_HUBER = 3,           /* r = f - y: mean of r^2 / 2, linear where |r| > huber_delta */
  FINN_LOSS_POISSON_PROCESS = 4, /* f is the intensity of a point process and x its events: mean of
                                    -log f, plus the integral of f over the domain / poisson_events;
                                    f >= 0, no conditions, and an integral that is not fixed: no
                                    constraint, LEARNED, or BOUNDED */
  FINN_LOSS_CUSTOM = 5,          /* of your own: finn_trainer_set_loss */
  FINN_LOSS_INTERVAL_LIKELIHOOD = 6 /* bins, rounded and censored rows: mean of -log of the mass of
                                       a row, whose variables are known or lie in intervals. A row
                                       of x has their lower ends, then conditions, and a row of y
                                       [variables] their upper ends; where both are the same the
                                       variable is known, and f is the density of these. Ends may
                                       be infinite, and what lies outside the domain is cut off; at
                                       most 6 intervals a row. f >= 0, one output, and a domain
                                       whose map takes one variable at a time where there are
                                       intervals */
} finn_loss;

/* What a loss compares with y. */
typedef enum finn_loss_of FINN_INT32 {
  FINN_LOSS_OF_INTEGRAND = 0,     /* f */
  FINN_LOSS_OF_ANTIDERIVATIVE = 1 /* F, as finn_antiderivative gives it: under positivity it grows
                                     with every variable of an mlp, which is monotone regression.
                                     Not for log likelihoods. Most fits want no constraint */
} finn_loss_of;

typedef enum finn_schedule FINN_INT32 {
  FINN_SCHEDULE_COSINE = 0, /* from learning_rate to final_learning_rate along half a cosine */
  FINN_SCHEDULE_CONSTANT = 1,
  FINN_SCHEDULE_LINEAR = 2,      /* to final_learning_rate along a line */
  FINN_SCHEDULE_STEP = 3,        /* times decay_factor after every decay_interval steps */
  FINN_SCHEDULE_EXPONENTIAL = 4, /* the same, in each step by its share */
  FINN_SCHEDULE_ONE_CYCLE = 5    /* from learning_rate / 25 up to it, then down to
                                    final_learning_rate, along cosines */
} finn_schedule;

typedef enum finn_optimiser FINN_INT32 {
  FINN_OPTIMISER_ADAM = 0,  /* Kingma & Ba, arXiv 1412.6980 */
  FINN_OPTIMISER_ADAMW = 1, /* with decoupled weight decay: Loshchilov & Hutter, arXiv 1711.05101 */
  FINN_OPTIMISER_SGD = 2,   /* gradient descent with momentum */
  FINN_OPTIMISER_LBFGS = 3  /* on all rows, or on the batch of the first step, kept for all steps;
                               learning_rate and schedule are not used */
} finn_optimiser;

/* How a model is trained. */
typedef struct finn_training_options {
  uint64_t struct_size;
  int64_t steps;        /* in all; default 6000 */
  int64_t batch;        /* rows per step; default 0: 512 (L-BFGS: all), or all rows of a smaller
                           data set */
  double learning_rate; /* default 0.01 */
  double beta1;         /* default 0.9 */
  double beta2;         /* default 0.999 */
  double adam_epsilon;  /* of the root mean square of the gradient; default 1e-8 */
  finn_loss loss;
  finn_schedule schedule;
  uint64_t seed; /* of shuffles, of the sampler's points and of the validation rows; default 0 */
  finn_optimiser optimiser;  /* default FINN_OPTIMISER_ADAM */
  int32_t nesterov;          /* SGD: 1 for Nesterov's momentum; default 0 */
  double weight_decay;       /* AdamW; default 0.01 */
  double momentum;           /* SGD, in [0, 1); default 0.9 */
  int64_t lbfgs_memory;      /* L-BFGS: pairs kept, 1 .. 1000; default 10 */
  double gradient_tolerance; /* L-BFGS: converged when no entry is larger than this share of the
                                largest one at first; default 1e-8 */
  double loss_tolerance;     /* L-BFGS: converged when a step gains a smaller share; default 1e-9 */
  int64_t warmup_steps;      /* steps in which the rate first rises, fewer than steps; default 0 */
  double final_learning_rate;  /* cosine, linear, one cycle; 0 .. learning_rate; default 0 */
  int64_t decay_interval;      /* step, exponential; default 1000 */
  double decay_factor;         /* step, exponential, in (0, 1]; default 0.5 */
  double gradient_clip;        /* largest norm of a gradient; default 0: any; not with L-BFGS */
  double huber_delta;          /* default 1 */
  double poisson_events;       /* events in one realisation; default 0: as many as there are rows */
  double validation_share;     /* of the rows of a data set, in [0, 1); default -1: for a log
                                  likelihood under conditions a tenth of 50 rows or more, at most
                                  4096, else none */
  int64_t validation_interval; /* steps between validation checks; default 50 */
  int64_t patience;     /* checks without a new best before the fit ends; default 0: it does not */
  double min_delta;     /* by how much a new best must be better; default 0 */
  double width_prior;   /* of a density fitted to rows, not with L-BFGS: how strongly few rows keep
                           the normals of a mixture wide, or are moved by noise under any other
                           network; default 100; 0: not at all */
  int32_t standardise;  /* 1: a model that nothing has touched since finn_model_create takes its
                           coordinates, first parameters and the size of f from the first rows of
                           the fit (docs/INITIALISATION.md); default 1 */
  finn_loss_of loss_of; /* default FINN_LOSS_OF_INTEGRAND */
} finn_training_options;

/* State of a training run: the optimiser's moments, the step, the random numbers, the losses, the
 * validation rows and the best parameters. It belongs to one model, which it keeps. */
typedef struct finn_trainer finn_trainer;

/* What a progress callback gets after each step. */
typedef struct finn_progress {
  uint64_t struct_size;
  int64_t step; /* steps done, 1 .. steps */
  int64_t steps;
  double loss;            /* of this step's mini-batch, before the update */
  double learning_rate;   /* of this step */
  double seconds;         /* since this fit call began */
  double validation_loss; /* of the last validation check; NaN before the first */
} finn_progress;

/* Return 0 to go on and anything else to stop, which is no error: the fit returns FINN_OK and
 * finn_trainer_outcome says FINN_OUTCOME_STOPPED. Called on the caller's thread. */
typedef int32_t (*finn_progress_callback)(const finn_progress* progress, void* user_data);

/* Supplies the mini-batch of a step, counted from 0. On entry x [batch][columns] holds uniform
 * points of the domain, drawn from the trainer's seed; they are uniform in u, so in x too where the
 * determinant is constant. Conditions are uniform in their limits, targets per row are 1. The
 * callback may overwrite it with any finite
 * points. It fills y [batch][outputs], which is NULL under FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD and
 * FINN_LOSS_POISSON_PROCESS, and [batch][variables] under FINN_LOSS_INTERVAL_LIKELIHOOD, whose ends
 * in x and y may be infinite. Return 0, or anything else to end the fit with FINN_ERROR_CALLBACK,
 * which keeps the steps done. Called on the caller's thread. */
typedef int32_t (*finn_sampler_callback)(int64_t step, int64_t batch, double* x, double* y,
                                         void* user_data);

/* A loss of your own, of a whole batch: f [batch][outputs] at the points x [batch][columns], and
 * the targets y [batch][outputs], NULL where the data has none. It writes *loss and f_adjoint
 * [batch][outputs] = dloss/df, which is 0 on entry and is NULL where only the value is wanted, for
 * validation rows. step counts from 0. Return 0, or anything else to end the fit with
 * FINN_ERROR_CALLBACK, which keeps the steps done. Called on the caller's thread. */
typedef int32_t (*finn_loss_callback)(int64_t step, int64_t batch, const double* x, const double* y,
                                      const double* f, double* f_adjoint, double* loss,
                                      void* user_data);

/* Writes the defaults. FINN_ERROR_NULL for NULL, FINN_ERROR_SIZE for a size that the library does
 * not know. Any thread. */
FINN_API finn_status finn_training_options_init(finn_training_options* options,
                                                uint64_t struct_size);

/* A trainer of this model, which it keeps: the handle may be destroyed before it. options may be
 * NULL: the defaults. */
FINN_API finn_status finn_trainer_create(finn_model* model, const finn_training_options* options,
                                         finn_trainer** trainer, finn_error* error);
FINN_API void finn_trainer_destroy(finn_trainer* trainer);

/* The loss of FINN_LOSS_CUSTOM, to be set before a fit, in place of one that was set before; no
 * checkpoint keeps it. release may be NULL. */
FINN_API finn_status finn_trainer_set_loss(finn_trainer* trainer, finn_loss_callback loss,
                                           void* user_data, finn_release_callback release,
                                           finn_error* error);

/* The numbers of a row of y that the loss of the options takes: the outputs of the model, its
 * variables under FINN_LOSS_INTERVAL_LIKELIHOOD, and 0 where it takes none. 0 for NULL. Any thread.
 */
FINN_API int32_t finn_trainer_target_columns(const finn_trainer* trainer);

/* The validation rows, in place of a share of the data: x [rows][columns], y [rows][outputs] (NULL
 * where the loss takes none, other columns where finn_trainer_target_columns says so) and weights
 * [rows], which may be NULL. They are copied. Before the first step only. */
FINN_API finn_status finn_trainer_set_validation(finn_trainer* trainer, const double* x,
                                                 const double* y, const double* weights,
                                                 int64_t rows, finn_error* error);

/* Trains on rows of x [rows][columns] and y [rows][outputs]; y is NULL under
 * FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD and FINN_LOSS_POISSON_PROCESS, may be NULL under
 * FINN_LOSS_CUSTOM, and is [rows][variables] under FINN_LOSS_INTERVAL_LIKELIHOOD. Row i counts
 * weights[i] times: weights [rows], >= 0, may be NULL, as it has to be under FINN_LOSS_CUSTOM. The
 * loss is the mean of weight times loss, where weights are divided by their mean, so that only
 * their ratios count; not so under FINN_LOSS_POISSON_PROCESS, where a weight is a number of events.
 * Rows lie in the domain and are shuffled anew for each pass. Goes on from where the trainer stands
 * until the run is over (finn_trainer_outcome), with as many rows as at the first call. progress
 * may be NULL. A fit that the callback stopped goes on, in a further call, to the same bits as if
 * it had not been stopped. A step whose loss, gradient or update is not finite ends the fit with
 * FINN_ERROR_NOT_FINITE: parameters and optimiser are those of the step before. With validation
 * rows, the run ends with the parameters that were best on them, which are running means over a
 * hundred steps. A run that progress stopped has the latest ones. */
FINN_API finn_status finn_trainer_fit_data(finn_trainer* trainer, finn_workspace* workspace,
                                           const double* x, const double* y, const double* weights,
                                           int64_t rows, finn_progress_callback progress,
                                           void* progress_data, finn_error* error);
/* Trains on mini-batches that a callback fills. progress may be NULL. */
FINN_API finn_status finn_trainer_fit_sampler(finn_trainer* trainer, finn_workspace* workspace,
                                              finn_sampler_callback sampler, void* sampler_data,
                                              finn_progress_callback progress, void* progress_data,
                                              finn_error* error);

typedef enum finn_file_format FINN_INT32 {
  FINN_FILE_CSV = 0, /* a line a row; docs/FILES.md says what is taken for a number and a name */
  FINN_FILE_FLOAT64 = 1, /* numbers of 64 bits and no more, least significant byte first */
  FINN_FILE_FLOAT32 = 2  /* the same of 32 bits */
} finn_file_format;

/* Trains on rows from a file, which may be larger than memory: x [columns], then y as
 * finn_trainer_fit_data has it (of FINN_LOSS_CUSTOM [outputs]), then a weight if weighted is 1 and
 * not 0. chosen [chosen_count] are the columns of a CSV file in that order, by name or number from
 * 1; it may be NULL for a count of 0: all columns as they stand. The same bits as
 * finn_trainer_fit_data with these rows. The file is read once to check it, before the first step,
 * and then row by row; 8 bytes of memory a row for the order of the rows, and 8 more for a CSV
 * file. Bad files give FINN_ERROR_FILE, FINN_ERROR_FORMAT or the status of the bad number, in
 * messages that name path, line (or row) and column, counted from 1. progress may be NULL. */
FINN_API finn_status finn_trainer_fit_file(finn_trainer* trainer, finn_workspace* workspace,
                                           const char* path, finn_file_format format,
                                           const char* const* chosen, int32_t chosen_count,
                                           int32_t weighted, finn_progress_callback progress,
                                           void* progress_data, finn_error* error);

typedef enum finn_outcome FINN_INT32 {
  FINN_OUTCOME_UNFINISHED = 0,
  FINN_OUTCOME_STEPS_DONE = 1,
  FINN_OUTCOME_EARLY_STOPPED = 2, /* patience came to its end */
  FINN_OUTCOME_CONVERGED = 3,     /* L-BFGS: one of the tolerances is met */
  FINN_OUTCOME_STALLED = 4,       /* L-BFGS: rounding leaves no step that lowers the loss */
  FINN_OUTCOME_STOPPED = 5        /* the progress callback stopped the last fit, which can go on */
} finn_outcome;

/* How the run stands, or ended; FINN_OUTCOME_UNFINISHED for NULL. */
FINN_API finn_outcome finn_trainer_outcome(const finn_trainer* trainer);
/* The smallest loss of the validation rows, and after how many steps it was seen: 0, and an
 * infinite loss, when there was none. Either may be NULL. */
FINN_API finn_status finn_trainer_best(const finn_trainer* trainer, double* validation_loss,
                                       int64_t* step, finn_error* error);
/* Steps done so far; 0 for NULL. */
FINN_API int64_t finn_trainer_steps(const finn_trainer* trainer);
/* Copies the loss of every step done into losses [length], length = finn_trainer_steps. */
FINN_API finn_status finn_trainer_history(const finn_trainer* trainer, double* losses,
                                          int64_t length, finn_error* error);

/* What finn_training_summary warns of; the numbers add up. */
typedef enum finn_warning FINN_INT32 {
  FINN_WARNING_ROWS_AT_FLOOR = 1,  /* f is only the floor, or 0 without one, at some rows */
  FINN_WARNING_FAR_FROM_BOUND = 2, /* the integral is off its only bound by more than half of it */
  FINN_WARNING_OVERFITTED = 4, /* the validation rows were best in the first half of the steps, and
                                  the rows trained on gained since */
  FINN_WARNING_STILL_FALLING = 8 /* the last tenth of the steps lowered the loss by more than its
                                    noise, and by 1 % of what all of them did */
} finn_warning;

/* What happened in a run. Set struct_size. */
typedef struct finn_training_summary {
  uint64_t struct_size;
  int64_t steps;               /* done */
  double loss;                 /* of the last step, before its update; NaN without steps */
  double smoothed_loss;        /* the mean of the last 100 steps, or of all if fewer */
  double validation_loss;      /* of the last check; NaN without one */
  double best_validation_loss; /* infinite without one */
  int64_t best_step;           /* after how many steps that was; 0 without one */
  int64_t rows;                /* trained on, without validation rows; 0 with a sampler */
  int64_t validation_rows;
  int64_t rows_looked_at; /* with a log likelihood: at these rows, at most 2048 of those trained on
                             and 2048 of the validation rows, f was computed */
  int64_t rows_at_floor;  /* of these, where the network adds less than 1 % to the floor */
  double floor_share;     /* share of the integral that is the floor: uniform_share */
  double integral;        /* of f over the domain; NaN where every row has its own */
  double bound;           /* the bound of the integral on one side; NaN where there is none */
  int32_t output;         /* of which integral and bound are: the one farthest from its bound */
  finn_outcome outcome;
  int32_t has_standards; /* 1: x, conditions or f are counted in units that came from rows */
  int32_t warnings;      /* a sum of finn_warning */
} finn_training_summary;

/* Writes what happened into *summary, whose struct_size is set by the caller. It tells of the model
 * as it is now, and looks at some rows, which takes as long as a few steps. A trainer that was
 * loaded tells of the whole run, but of rows trained on it has none to look at until a fit was
 * called with them; that may be after the run is over. FINN_ERROR_INTEGRAL where the model cannot
 * be normalised. Trainer and workspace serve one thread at a time. */
FINN_API finn_status finn_trainer_summary(const finn_trainer* trainer, finn_workspace* workspace,
                                          finn_training_summary* summary, finn_error* error);
/* Writes a summary as a few lines, of which those that warn begin with "warning: ", into text
 * [capacity] with a terminating 0, and the bytes that they take with that 0 into *size, which may
 * be NULL. text may be NULL: only the size. Any thread. */
FINN_API finn_status finn_trainer_summary_text(const finn_training_summary* summary, char* text,
                                               int64_t capacity, int64_t* size, finn_error* error);

/* Checkpoints: a model file with the whole state of a run beside the model - options, moments,
 * random numbers, order of the rows, validation rows, history, best parameters, outcome. A run that
 * goes on from one gives the same bits as one that never stopped. finn_model_load reads the model
 * of a checkpoint too. A checkpoint holds no training data and no callbacks: a custom loss is to be
 * set again, and the same rows are to be given. */

/* As finn_model_save and finn_model_save_bytes. */
FINN_API finn_status finn_trainer_save(const finn_trainer* trainer, const char* path,
                                       finn_error* error);
FINN_API finn_status finn_trainer_save_bytes(const finn_trainer* trainer, void* buffer,
                                             int64_t capacity, int64_t* size, finn_error* error);
/* A trainer of model, which gets the parameters of the checkpoint. FINN_ERROR_SIZE when the
 * checkpoint is one of another model: the message names the field that differs. When it fails the
 * model is as it was. */
FINN_API finn_status finn_trainer_load(finn_model* model, const char* path, finn_trainer** trainer,
                                       finn_error* error);
FINN_API finn_status finn_trainer_load_bytes(finn_model* model, const void* bytes, int64_t size,
                                             finn_trainer** trainer, finn_error* error);

/* 13. Chains ------------------------------------------------------------------------------- */

/* A density of many variables as a chain of conditionals, f(x | c) = prod_i f_i(x_i | c, x_1 ..
 * x_(i-1)): each link is a FINN in one variable, whose integral is 1 whatever stands before it, so
 * that f is normalised exactly, every conditional cdf is exact, and samples come one variable after
 * the other. It is what to take for tables of three and more variables that hang together; n is
 * 1 .. FINN_MAX_MIXTURE_VARIABLES, and the order of the variables is that of the columns.
 * docs/CHAINS.md.
 *
 * A link begins as the linear regression on the variables before it. Rows that are held out choose
 * which form it takes: the conditional of a mixture of normals with full covariances, a mixture
 * around the regression, or one whose centres and weights a network of the variables before it
 * moves, or these side by side. The simpler form stays where the other one is not better by more
 * than chance. */
typedef struct finn_chain finn_chain;

/* How a chain is fitted. */
typedef struct finn_chain_options {
  uint64_t struct_size;
  int64_t steps;             /* of each link; default 3000 */
  int64_t batch;             /* rows of a step; default 256 */
  double learning_rate;      /* default 0.003 */
  double validation_share;   /* of the rows, held out, in (0, 1); default 0.1 */
  uint64_t seed;             /* default 0 */
  int32_t components;        /* of the mixture of a link; default 64 */
  int32_t normals_per_axis;  /* of each of them; default 1 */
  int32_t linear_components; /* normals with full covariances, at most; 0: none are tried; default
                                16 */
  int32_t hidden_layers;     /* of the network of what stands before; default 2 */
  int32_t widths[FINN_MAX_HIDDEN_LAYERS]; /* of each of them; default 64 */
  finn_precision precision;               /* of the networks in training; default FINN_FLOAT64 */
  int32_t reserved;                       /* 0 */
} finn_chain_options;

/* Writes the defaults. FINN_ERROR_NULL for NULL, FINN_ERROR_SIZE for a size that the library does
 * not know. Any thread. */
FINN_API finn_status finn_chain_options_init(finn_chain_options* options, uint64_t struct_size);

/* A chain without links, of which finn_chain_fit_data makes one with them. conditions is 0 or more,
 * 1024 at most. lower and upper [variables], each lower below its upper, are the limits of the
 * variables, which may be infinite and hold exactly; both may be NULL: no limits. options may be
 * NULL: the defaults. Any thread. */
FINN_API finn_status finn_chain_create(int32_t variables, int32_t conditions, const double* lower,
                                       const double* upper, const finn_chain_options* options,
                                       finn_chain** chain, finn_error* error);
FINN_API void finn_chain_destroy(finn_chain* chain);

/* Fits the links that are missing to rows of x [rows][variables + conditions], of which row i
 * counts weights[i] times: weights [rows], >= 0, may be NULL. The steps of progress, which may be
 * NULL, are those of all links. Where progress stops it the links that are done stay, and a further
 * call with the same rows goes on to the same bits. One thread at a time. */
FINN_API finn_status finn_chain_fit_data(finn_chain* chain, finn_workspace* workspace,
                                         const double* x, const double* weights, int64_t rows,
                                         finn_progress_callback progress, void* progress_data,
                                         finn_error* error);

/* The variables, the conditions, and how many links are fitted; 0 for NULL. Not during a fit. */
FINN_API int32_t finn_chain_variables(const finn_chain* chain);
FINN_API int32_t finn_chain_conditions(const finn_chain* chain);
FINN_API int32_t finn_chain_links(const finn_chain* chain);
/* Copies the options into *options, whose struct_size is set by the caller. */
FINN_API finn_status finn_chain_get_options(const finn_chain* chain, finn_chain_options* options,
                                            finn_error* error);

/* What a link is. */
typedef enum finn_link_form FINN_INT32 {
  FINN_LINK_LINEAR = 0,   /* the conditional of a mixture of normals with full covariances */
  FINN_LINK_RESIDUAL = 1, /* a mixture of normals around a linear regression */
  FINN_LINK_NETWORK = 2,  /* the same under a network of the variables before it */
  FINN_LINK_STACKED = 3   /* these side by side, each with a share */
} finn_link_form;

/* Writes the form of a fitted link, counted from 0, into *form, and the mean log likelihoods of the
 * rows held out under each of the first three, in the order of finn_link_form, into log_likelihoods
 * [3]: NaN of one that was not tried; may be NULL. Not during a fit. */
FINN_API finn_status finn_chain_link(const finn_chain* chain, int32_t link, finn_link_form* form,
                                     double* log_likelihoods, finn_error* error);

/* The distribution of a chain whose links are all fitted, a snapshot as that of a model. It has
 * density, cdf, probability, quantile, Rosenblatt transform, samples, moments, expectation, entropy
 * and density level; FINN_ERROR_ARGUMENT for the others. Its marginals are those of the first
 * variables, and given are first variables too. Cdfs and probabilities of one variable are exact;
 * of more, as moments, they are quasi-random sums over the chain, whose error_estimate is the
 * standard error. Not during a fit. */
FINN_API finn_status finn_chain_distribution(const finn_chain* chain,
                                             finn_distribution** distribution, finn_error* error);

/* As finn_model_save and so on; docs/FILES.md. A chain of which links are missing is a checkpoint:
 * a fit goes on after the last one that is there. */
FINN_API finn_status finn_chain_save(const finn_chain* chain, const char* path, finn_error* error);
FINN_API finn_status finn_chain_load(const char* path, finn_chain** chain, finn_error* error);
FINN_API finn_status finn_chain_save_bytes(const finn_chain* chain, void* buffer, int64_t capacity,
                                           int64_t* size, finn_error* error);
FINN_API finn_status finn_chain_load_bytes(const void* bytes, int64_t size, finn_chain** chain,
                                           finn_error* error);

/* 14. Tables ------------------------------------------------------------------------------- */

/* The numbers of a CSV file in memory, with the names of its columns; docs/FILES.md. Any number of
 * threads may read it. */
typedef struct finn_table finn_table;

/* chosen [chosen_count] are the columns wanted in that order, by name or number from 1; it may be
 * NULL for a count of 0: all columns as they stand. Only columns wanted have to be numbers. Missing
 * values are refused with their line. */
FINN_API finn_status finn_table_read(const char* path, const char* const* chosen,
                                     int32_t chosen_count, finn_table** table, finn_error* error);
FINN_API void finn_table_destroy(finn_table* table);
/* 0 for NULL. */
FINN_API int64_t finn_table_rows(const finn_table* table);
FINN_API int32_t finn_table_columns(const finn_table* table);
/* The name of a column, counted from 0; "" when it has none or there is no such column. It lives as
 * long as the table. */
FINN_API const char* finn_table_name(const finn_table* table, int32_t column);
/* Copies the numbers into values [rows][columns]. */
FINN_API finn_status finn_table_values(const finn_table* table, double* values, int64_t length,
                                       finn_error* error);

/* 15. The sigma family --------------------------------------------------------------------- */

/* The activation of positive networks with its derivatives, for those who want them by themselves:
 *     sigma_n(x) = i^(n-1)erfc(-x) / 2, the (n-1)-fold integral of (1 + erf)/2 (DLMF 7.18),
 *     sigma_0(x) = exp(-x^2) / sqrt(pi),   sigma_k' = sigma_(k-1) for every integer k.
 * Errors, in unit roundoffs of the result: at most 4 for the orders 1 .. 4 and at most 8 for 0 and
 * 5 .. 8 wherever the result is a normal number; 0 where it would be smaller than these, never a
 * subnormal number; never negative for orders >= 0. Measured values: docs/ACCURACY.md. Orders below
 * 0 change sign; their error is relative to (1 + 2|x|)^-k sigma_0(x).
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
