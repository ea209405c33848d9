#include <sleef.h>

#include "bench/sleef.hpp"

namespace finn::bench {

FINN_DEFINE_SLEEF(sse2, float, 4, _mm_loadu_ps, _mm_storeu_ps, Sleef_expf4_u10sse2,
                  Sleef_erfcf4_u15sse2)
FINN_DEFINE_SLEEF(sse2, double, 2, _mm_loadu_pd, _mm_storeu_pd, Sleef_expd2_u10sse2,
                  Sleef_erfcd2_u15sse2)

}  // namespace finn::bench
