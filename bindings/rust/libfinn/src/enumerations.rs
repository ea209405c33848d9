//! The enumerations of finn.h that a program hands to the library.

/// An enumeration of finn.h.
macro_rules! enumeration {
    (
        $(#[$doc:meta])*
        $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $value:ident,)* }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(i32)]
        pub enum $name { $($(#[$variant_doc])* $variant = libfinn_sys::$value,)* }
    };
}
pub(crate) use enumeration;

/// An enumeration of finn.h that the library hands out.
macro_rules! answer {
    (
        $(#[$doc:meta])*
        $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $value:ident,)* }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
            /// One that this version of the crate does not know.
            Other(i32),
        }

        impl $name {
            pub(crate) fn from_code(code: i32) -> Self {
                match code {
                    $(libfinn_sys::$value => Self::$variant,)*
                    other => Self::Other(other),
                }
            }
        }
    };
}
pub(crate) use answer;

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
    /// The map from free parameters to the weights of a positive network; biases are always free.
    Positivity {
        /// Plain weights: f may take either sign. Not of a mixture.
        None = FINN_POSITIVITY_NONE,
        /// |w|, as in the paper.
        Abs = FINN_POSITIVITY_ABS,
        /// log(1 + exp(w)).
        Softplus = FINN_POSITIVITY_SOFTPLUS,
        /// w^2.
        Square = FINN_POSITIVITY_SQUARE,
        /// exp(w).
        Exp = FINN_POSITIVITY_EXP,
    }
}
enumeration! {
    /// What follows each hidden layer.
    Activation {
        /// sigma_n for a positive network, tanh otherwise.
        Auto = FINN_ACTIVATION_AUTO,
        /// sigma_n, the (n-1)-fold integral of (1 + erf)/2.
        Sigma = FINN_ACTIVATION_SIGMA,
        /// Not with positivity, because derivatives of it change sign.
        Tanh = FINN_ACTIVATION_TANH,
        /// log(1 + exp(x)). Not with positivity.
        Softplus = FINN_ACTIVATION_SOFTPLUS,
        /// sin(x). Not with positivity.
        Sine = FINN_ACTIVATION_SINE,
    }
}
enumeration! {
    /// What several outputs share.
    Sharing {
        /// They are different sums over the same units or components.
        Trunk = FINN_SHARING_TRUNK,
        /// Each has units or components of its own.
        None = FINN_SHARING_NONE,
    }
}
enumeration! {
    /// In which scale the network sees u.
    InputScaling {
        /// Each u_i mapped to unit variance in the box.
        Standard = FINN_INPUT_SCALING_STANDARD,
        /// u as it is.
        None = FINN_INPUT_SCALING_NONE,
    }
}
enumeration! {
    /// How f is made of f', the mixed partial of the network, to have the integral J; I is the
    /// integral of f' and V the volume of the box of u.
    Method {
        /// f = J f'/I: the paper's equality; keeps f >= 0, singular at I = 0.
        Scale = FINN_METHOD_SCALE,
        /// f = f' + (J - I)/V: the nearest in L2, never singular.
        Shift = FINN_METHOD_SHIFT,
    }
}
enumeration! {
    /// What the target of a row is to its integral.
    Bound {
        /// The integral itself.
        Equal = FINN_BOUND_EQUAL,
        /// An upper bound.
        AtMost = FINN_BOUND_AT_MOST,
        /// A lower bound.
        AtLeast = FINN_BOUND_AT_LEAST,
    }
}
enumeration! {
    /// How J, the integral of f, follows I, that of the network, within its bounds.
    Transition {
        /// J = I, or the bound that I is beyond.
        Clip = FINN_TRANSITION_CLIP,
        /// A smooth increasing function of I.
        Smooth = FINN_TRANSITION_SMOOTH,
        /// J is trained by itself: one more parameter for each output.
        Learned = FINN_TRANSITION_LEARNED,
    }
}
enumeration! {
    /// In which coordinates the limits of an integral are given.
    Limits {
        /// Those of the points x. The map of the domain has to take one variable at a time: boxes,
        /// lines, half-lines, products and diagonal affine images of them. Beyond the domain f is
        /// 0, so that limits may be infinite; those of an open box have to be finite.
        X = FINN_LIMITS_X,
        /// Those of the box of u, within [`Domain::limits`](crate::Domain::limits) unless u_i is
        /// x_i itself; the integral is over their image.
        U = FINN_LIMITS_U,
    }
}
enumeration! {
    /// What a training step makes smaller.
    Loss {
        /// The mean over rows and outputs of (f - y)^2.
        SquaredError = FINN_LOSS_SQUARED_ERROR,
        /// The mean of -log f; f >= 0.
        NegativeLogLikelihood = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD,
        /// The mean of |f - y|.
        AbsoluteError = FINN_LOSS_ABSOLUTE_ERROR,
        /// The mean of r^2 / 2 with r = f - y, linear where |r| > `huber_delta`.
        Huber = FINN_LOSS_HUBER,
        /// f is the intensity of a point process and x its events: the mean of -log f, plus the
        /// integral of f over the domain / `poisson_events`; f >= 0, no conditions, and an integral
        /// that is not fixed: no constraint, one that is learned, or bounds.
        PoissonProcess = FINN_LOSS_POISSON_PROCESS,
        /// Of your own: [`Trainer::set_loss`](crate::Trainer::set_loss).
        Custom = FINN_LOSS_CUSTOM,
        /// Bins, rounded and censored rows: the mean of -log of the mass of a row, whose variables
        /// are known or lie in intervals. A row of x has their lower ends, then conditions, and a
        /// row of y, `[variables]`, their upper ends; where both are the same the variable is
        /// known, and f is the density of these. Ends may be infinite, and what lies outside the
        /// domain is cut off; at most 6 intervals a row. f >= 0, one output, and a domain whose
        /// map takes one variable at a time where there are intervals.
        IntervalLikelihood = FINN_LOSS_INTERVAL_LIKELIHOOD,
    }
}
enumeration! {
    /// Whose values a loss compares with the targets.
    LossOf {
        /// f.
        Integrand = FINN_LOSS_OF_INTEGRAND,
        /// F, as [`Model::antiderivative`](crate::Model::antiderivative) gives it: under positivity
        /// it grows with every variable of an mlp, which is monotone regression. Not for log
        /// likelihoods. Most fits want no constraint.
        Antiderivative = FINN_LOSS_OF_ANTIDERIVATIVE,
    }
}
enumeration! {
    /// How the learning rate goes.
    Schedule {
        /// From the learning rate to the final one along half a cosine.
        Cosine = FINN_SCHEDULE_COSINE,
        /// The learning rate stays as it is.
        Constant = FINN_SCHEDULE_CONSTANT,
        /// To the final learning rate along a line.
        Linear = FINN_SCHEDULE_LINEAR,
        /// Times `decay_factor` after every `decay_interval` steps.
        Step = FINN_SCHEDULE_STEP,
        /// By `decay_factor` in `decay_interval` steps, in each step by its share.
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
        /// A line a row; `docs/FILES.md` says what is taken for a number and a name.
        Csv = FINN_FILE_CSV,
        /// Numbers of 64 bits and no more, least significant byte first.
        Float64 = FINN_FILE_FLOAT64,
        /// Numbers of 32 bits and no more, least significant byte first.
        Float32 = FINN_FILE_FLOAT32,
    }
}
enumeration! {
    /// How fast the weight du/dx falls off on an unbounded axis; z is distance / scale.
    Tail {
        /// Like exp(-z^2/2).
        Gaussian = FINN_TAIL_GAUSSIAN,
        /// Like exp(-z).
        Exponential = FINN_TAIL_EXPONENTIAL,
        /// Like 1/z^2.
        Rational = FINN_TAIL_RATIONAL,
    }
}
enumeration! {
    /// Where a half-line goes from its end.
    Direction {
        /// `[end, infinity)`.
        Upward = FINN_UPWARD,
        /// `(-infinity, end]`.
        Downward = FINN_DOWNWARD,
    }
}
