#include <sleef.h>

#include "bench/sleef.hpp"

namespace finn::bench {

FINN_DEFINE_SLEEF(avx2, float, 8, _mm256_loadu_ps, _mm256_storeu_ps, Sleef_expf8_u10avx2,
                  Sleef_erfcf8_u15avx2)
FINN_DEFINE_SLEEF(avx2, double, 4, _mm256_loadu_pd, _mm256_storeu_pd, Sleef_expd4_u10avx2,
                  Sleef_erfcd4_u15avx2)

}  // namespace finn::bench
