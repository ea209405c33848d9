#include "bench/peak.hpp"

namespace finn::bench {
namespace {

struct Peak {
  const char* set;
  void (*singles)(std::int64_t turns);
  void (*doubles)(std::int64_t turns);
  int bytes;  // of a register
};

// Twelve accumulators, more than latency times throughput of the processors so far; all numbers are
// 0. `even` and `odd` are one instruction each, in terms of the accumulator's number \r.
#define FINN_LOOP(name, clear, even, odd, next, leave, ...)              \
  void name(std::int64_t turns) {                                        \
    asm volatile(".irp r,0,1,2,3,4,5,6,7,8,9,10,11,12\n" clear           \
                 "\n.endr\n.p2align 5\n1:"                               \
                 "\n.irp r,0,2,4,6,8,10\n" even                          \
                 "\n.endr\n"                                             \
                 ".irp r,1,3,5,7,9,11\n" odd "\n.endr\n" next "\n" leave \
                 : "+r"(turns)                                           \
                 :                                                       \
                 : "cc", __VA_ARGS__);                                   \
  }

#if defined(__x86_64__)

#define FINN_REGISTERS                                                                     \
  "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", \
      "xmm11", "xmm12"
#define FINN_FUSED(name, suffix, r)                                                 \
  FINN_LOOP(name, "vxorps %%xmm\\r,%%xmm\\r,%%xmm\\r",                              \
            "vfmadd231" suffix " %%" r "12,%%" r "12,%%" r "\\r",                   \
            "vfmadd231" suffix " %%" r "12,%%" r "12,%%" r "\\r", "dec %0\njnz 1b", \
            "vzeroupper\n", FINN_REGISTERS)
#define FINN_PAIRED(name, suffix)                                              \
  FINN_LOOP(name, "xorps %%xmm\\r,%%xmm\\r", "mul" suffix " %%xmm12,%%xmm\\r", \
            "add" suffix " %%xmm12,%%xmm\\r", "dec %0\njnz 1b", "", FINN_REGISTERS)

FINN_PAIRED(portable_singles, "ss")
FINN_PAIRED(portable_doubles, "sd")
FINN_PAIRED(sse2_singles, "ps")
FINN_PAIRED(sse2_doubles, "pd")
FINN_FUSED(fma_singles, "ss", "xmm")
FINN_FUSED(fma_doubles, "sd", "xmm")
FINN_FUSED(avx2_singles, "ps", "ymm")
FINN_FUSED(avx2_doubles, "pd", "ymm")
FINN_FUSED(avx512_singles, "ps", "zmm")
FINN_FUSED(avx512_doubles, "pd", "zmm")

constexpr Peak kPeaks[] = {{"portable", portable_singles, portable_doubles, 0},
                           {"fma", fma_singles, fma_doubles, 0},
                           {"sse2", sse2_singles, sse2_doubles, 16},
                           {"avx2", avx2_singles, avx2_doubles, 32},
                           {"avx512", avx512_singles, avx512_doubles, 64}};

#elif defined(__aarch64__)

#define FINN_REGISTERS \
  "v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9", "v10", "v11", "v12"
#define FINN_FUSED(name, lanes)                                                               \
  FINN_LOOP(name, "movi v\\r.2d, #0", "fmla v\\r." lanes ", v12." lanes ", v12." lanes,       \
            "fmla v\\r." lanes ", v12." lanes ", v12." lanes, "subs %0, %0, #1\nb.ne 1b", "", \
            FINN_REGISTERS)

FINN_FUSED(neon_singles, "4s")
FINN_FUSED(neon_doubles, "2d")

constexpr Peak kPeaks[] = {{"neon", neon_singles, neon_doubles, 16}};

#else

constexpr Peak kPeaks[] = {{"", nullptr, nullptr, 0}};

#endif

bool is_fused(const std::string& set) { return set != "portable" && set != "sse2"; }

}  // namespace

template <class T>
double run_at_peak(const std::string& set, std::int64_t turns) {
  for (const Peak& peak : kPeaks) {
    if (set != peak.set) continue;
    (sizeof(T) == sizeof(float) ? peak.singles : peak.doubles)(turns);
    const int lanes = peak.bytes == 0 ? 1 : peak.bytes / static_cast<int>(sizeof(T));
    return static_cast<double>(turns) * 12 * lanes * (is_fused(set) ? 2 : 1);
  }
  return 0;
}

template double run_at_peak<float>(const std::string& set, std::int64_t turns);
template double run_at_peak<double>(const std::string& set, std::int64_t turns);

}  // namespace finn::bench
