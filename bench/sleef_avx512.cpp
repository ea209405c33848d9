#include <sleef.h>

#include "bench/sleef.hpp"

namespace finn::bench {

FINN_DEFINE_SLEEF(avx512, float, 16, _mm512_loadu_ps, _mm512_storeu_ps, Sleef_expf16_u10avx512f,
                  Sleef_erfcf16_u15avx512f)
FINN_DEFINE_SLEEF(avx512, double, 8, _mm512_loadu_pd, _mm512_storeu_pd, Sleef_expd8_u10avx512f,
                  Sleef_erfcd8_u15avx512f)

}  // namespace finn::bench
