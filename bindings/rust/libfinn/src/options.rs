//! The enumerations of finn.h, and the defaults of its option structs.
use std::mem::MaybeUninit;

use libfinn_sys as sys;

/// An enumeration of finn.h.
macro_rules! enumeration {
    (
        $(#[$doc:meta])*
        $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $value:ident,)* }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(i32)]
        pub enum $name { $($(#[$variant_doc])* $variant = sys::$value,)* }
    };
}

enumeration! {
    /// In which type a model computes.
    Precision {
        /// 64 bits.
        Float64 = FINN_FLOAT64,
        /// 32 bits.
        Float32 = FINN_FLOAT32,
    }
}
enumeration! {
    /// The form of the network.
    Head {
        /// `Product`, or `Mlp` where an option asks for what only the latter has.
        Auto = FINN_HEAD_AUTO,
        /// Layers of sigma_n(P(W) h + b), as in the paper.
        Mlp = FINN_HEAD_MLP,
        /// sum_j c_j prod_i Phi_ij(x_i), Phi_ij increasing: linear in n, kappa 1.
        Product = FINN_HEAD_PRODUCT,
    }
}
enumeration! {
    /// The map from free parameters to the weights of a positive network; biases are always free.
    Positivity {
        /// Plain weights: f may take either sign.
        None = FINN_POSITIVITY_NONE,
        /// |w|, as in the paper.
        Abs = FINN_POSITIVITY_ABS,
        /// log(1 + exp(w)).
        Softplus = FINN_POSITIVITY_SOFTPLUS,
        /// w^2.
        Square = FINN_POSITIVITY_SQUARE,
        /// exp(w).
        Exp = FINN_POSITIVITY_EXP,
        /// `Exp` for `Head::Product`, `Abs` for `Head::Mlp`.
        Auto = FINN_POSITIVITY_AUTO,
    }
}
enumeration! {
    /// What follows each hidden layer.
    Activation {
        /// sigma_n for a positive network, tanh otherwise.
        Auto = FINN_ACTIVATION_AUTO,
        /// sigma_n, the (n-1)-fold integral of (1 + erf)/2.
        Sigma = FINN_ACTIVATION_SIGMA,
        /// Not with positivity, as the next two: derivatives of theirs change sign.
        Tanh = FINN_ACTIVATION_TANH,
        /// log(1 + exp(x)).
        Softplus = FINN_ACTIVATION_SOFTPLUS,
        /// sin(x).
        Sine = FINN_ACTIVATION_SINE,
    }
}
enumeration! {
    /// What follows the last layer.
    LastLayer {
        /// Nothing.
        Linear = FINN_LAST_LAYER_LINEAR,
        /// As the paper prints it: the activation follows here too.
        Sigma = FINN_LAST_LAYER_SIGMA,
    }
}
enumeration! {
    /// Over what the output of a network of layers is a sum.
    ReadOut {
        /// The last hidden layer.
        Last = FINN_READ_OUT_LAST,
        /// All hidden layers: what three and more need to train.
        Dense = FINN_READ_OUT_DENSE,
    }
}
enumeration! {
    /// What several outputs share.
    Sharing {
        /// They are different sums over the same units or terms.
        Trunk = FINN_SHARING_TRUNK,
        /// Each has units or terms of its own.
        None = FINN_SHARING_NONE,
    }
}
enumeration! {
    /// How the integral is fixed.
    Constraint {
        /// `Scale` with positivity, `Shift` without.
        Auto = FINN_CONSTRAINT_AUTO,
        /// f is the mixed partial of the network as it stands.
        None = FINN_CONSTRAINT_NONE,
        /// f = J f'/I: the paper's equality, singular at I = 0.
        Scale = FINN_CONSTRAINT_SCALE,
        /// f = f' + (J - I)/volume: the L2 projection, never singular.
        Shift = FINN_CONSTRAINT_SHIFT,
        /// The nearest f' + g, in L2, that meets all
        /// [linear constraints](crate::ModelOptions::linear_constraint).
        Projection = FINN_CONSTRAINT_PROJECTION,
    }
}
enumeration! {
    /// What J, the integral of f over the domain, has to be.
    Bound {
        /// Epsilon.
        Equal = FINN_BOUND_EQUAL,
        /// At most epsilon.
        AtMost = FINN_BOUND_AT_MOST,
        /// At least epsilon.
        AtLeast = FINN_BOUND_AT_LEAST,
        /// At least `lower_epsilon` and at most epsilon.
        Between = FINN_BOUND_BETWEEN,
    }
}
enumeration! {
    /// How J follows I, the integral of the network, within its bounds.
    Approach {
        /// J = I, or the bound that I is beyond.
        Hard = FINN_APPROACH_HARD,
        /// A smooth increasing function of I; not with `Bound::Equal`.
        Smooth = FINN_APPROACH_SMOOTH,
        /// J is trained by itself: a function of parameters, one for each output, the last ones of
        /// the model.
        Learned = FINN_APPROACH_LEARNED,
    }
}
enumeration! {
    /// How f depends on conditions c beside x.
    Conditioning {
        /// `Modulation`.
        Auto = FINN_CONDITIONING_AUTO,
        /// A network of c moves biases and scales of the units.
        Modulation = FINN_CONDITIONING_MODULATION,
        /// A network of c moves all parameters, as in the paper.
        Hypernetwork = FINN_CONDITIONING_HYPERNETWORK,
        /// c are further inputs of every hidden unit, free in sign.
        Inputs = FINN_CONDITIONING_INPUTS,
    }
}
enumeration! {
    /// In which coordinates the network sees x.
    Coordinates {
        /// Each x_i mapped to unit variance in the box.
        Standard = FINN_COORDINATES_STANDARD,
        /// x as it is.
        Raw = FINN_COORDINATES_RAW,
    }
}
enumeration! {
    /// What a training step makes smaller.
    Loss {
        /// The mean over rows and outputs of (f - y)^2.
        SquaredError = FINN_LOSS_SQUARED_ERROR,
        /// The mean of -log f; needs positivity, and not `Constraint::Shift`.
        NegativeLogLikelihood = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD,
        /// The mean of |f - y|.
        AbsoluteError = FINN_LOSS_ABSOLUTE_ERROR,
        /// The mean of r^2 / 2 with r = f - y, linear where |r| > `huber_delta`.
        Huber = FINN_LOSS_HUBER,
        /// f is the intensity of a point process and x its events: the mean of -log f, plus the
        /// integral of f over the domain / `poisson_events`; needs positivity, no conditions, and
        /// an integral that is not fixed: `Constraint::None`, `Approach::Learned`, or a bound other
        /// than `Bound::Equal`.
        PoissonProcess = FINN_LOSS_POISSON_PROCESS,
        /// Of your own: [`Trainer::set_loss`](crate::Trainer::set_loss).
        Custom = FINN_LOSS_CUSTOM,
    }
}
enumeration! {
    /// How the learning rate goes.
    Schedule {
        /// From the learning rate to the final one along half a cosine.
        Cosine = FINN_SCHEDULE_COSINE,
        /// As it is.
        Constant = FINN_SCHEDULE_CONSTANT,
        /// To the final learning rate along a line.
        Linear = FINN_SCHEDULE_LINEAR,
        /// Times the factor of `decay` after every interval.
        Step = FINN_SCHEDULE_STEP,
        /// The same, in each step by its share.
        Exponential = FINN_SCHEDULE_EXPONENTIAL,
        /// From learning rate / 25 up to it, then down to the final one, along cosines.
        OneCycle = FINN_SCHEDULE_ONE_CYCLE,
    }
}
enumeration! {
    /// What moves the parameters.
    Optimiser {
        /// Kingma & Ba, arXiv 1412.6980.
        Adam = FINN_OPTIMISER_ADAM,
        /// With decoupled weight decay: Loshchilov & Hutter, arXiv 1711.05101.
        AdamW = FINN_OPTIMISER_ADAMW,
        /// Gradient descent with momentum.
        Sgd = FINN_OPTIMISER_SGD,
        /// On all rows, or on the batch of the first step, kept for all steps; learning rate and
        /// schedule are not used.
        Lbfgs = FINN_OPTIMISER_LBFGS,
    }
}
enumeration! {
    /// How the rows of a file are written.
    FileFormat {
        /// A line a row, numbers between commas; a first line of names, empty lines and lines that
        /// begin with # are passed over.
        Csv = FINN_FILE_CSV,
        /// Numbers of 64 bits and no more, least significant byte first.
        Float64 = FINN_FILE_FLOAT64,
        /// The same of 32 bits.
        Float32 = FINN_FILE_FLOAT32,
    }
}
enumeration! {
    /// How fast the density of u falls off along an unbounded axis.
    Tail {
        /// Like exp(-z^2/2).
        Gaussian = FINN_TAIL_GAUSSIAN,
        /// Like exp(-z).
        Exponential = FINN_TAIL_EXPONENTIAL,
        /// Like 1/z^2.
        Rational = FINN_TAIL_RATIONAL,
    }
}

/// Fills an options struct by its init function, which is told the size that is known here.
pub(crate) fn initialised<T>(init: unsafe extern "C" fn(*mut T, u64) -> sys::finn_status) -> T {
    let mut options = MaybeUninit::uninit();
    // SAFETY: the function writes a struct of this size, or fails with a library that is older than
    // the declarations and knows a smaller one.
    unsafe {
        let status = init(options.as_mut_ptr(), size_of::<T>() as u64);
        assert_eq!(status, sys::FINN_OK, "libfinn is older than this crate");
        options.assume_init()
    }
}

/// A length that does not fit is one that the library refuses, as it does the largest number.
pub(crate) fn count<T>(values: &[T]) -> i32 {
    i32::try_from(values.len()).unwrap_or(i32::MAX)
}
