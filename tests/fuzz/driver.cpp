// Hands changed files to the library without another fuzzer: fuzz_files SEED COUNT, or
// fuzz_files FILE to try one again. A file on which something does not hold is written to
// fuzz_finding_SEED, and the process ends with a signal; so it does when a file takes 30 seconds.
#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "tests/fuzz/check_file.hpp"
#include "tests/fuzz/mutate.hpp"
#include "tests/fuzz/mutate_json.hpp"
#include "tests/fuzz/seeds.hpp"
#include "tests/support/limited_memory.hpp"

namespace finn::fuzz {
namespace {

constexpr unsigned kMostSeconds = 30;
constexpr std::size_t kMostKept = 512, kMostBytes = std::size_t{1} << 17;

// What the handler of signals writes.
const Bytes* current = nullptr;
std::string finding;

void write_finding(int signal_number) {
  const int file = ::open(finding.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (file >= 0 && current != nullptr) {
    [[maybe_unused]] const ssize_t written = ::write(file, current->data(), current->size());
  }
  std::signal(signal_number, SIG_DFL);
  std::raise(signal_number);
}

struct Counts {
  std::int64_t executions = 0, models = 0, checkpoints = 0, chains = 0;
};

// A pool that begins with the seeds and takes in changed files that load, so that changes add up.
class Run {
 public:
  explicit Run(std::uint64_t seed) : engine_(seed), pool_(seeds()), seeds_(pool_.size()) {
    for (const Bytes& file : pool_) try_one(file);
  }

  const Counts& counts() const { return counts_; }

  void step() {
    Bytes file = some_file();
    const std::size_t changes = 1 + below(below(8, engine_) == 0 ? 8 : 2, engine_);
    for (std::size_t change = 0; change < changes; ++change) {
      file = mutated(file, some_file(), engine_);
    }
    const Verdict verdict = try_one(file);
    if ((verdict.is_model || verdict.is_checkpoint || verdict.is_chain) &&
        file.size() < kMostBytes) {
      keep(std::move(file));
    }
  }

 private:
  const Bytes& some_file() {
    const bool takes_seed = below(2, engine_) == 0;
    return pool_[below(takes_seed ? seeds_ : pool_.size(), engine_)];
  }

  Verdict try_one(const Bytes& file) {
    current = &file;
    ::alarm(kMostSeconds);
    const Verdict verdict = checker_.check(file);
    ++counts_.executions;
    counts_.models += verdict.is_model ? 1 : 0;
    counts_.checkpoints += verdict.is_checkpoint ? 1 : 0;
    counts_.chains += verdict.is_chain ? 1 : 0;
    return verdict;
  }

  void keep(Bytes&& file) {
    if (pool_.size() < seeds_ + kMostKept) return pool_.push_back(std::move(file));
    pool_[seeds_ + below(kMostKept, engine_)] = std::move(file);
  }

  Engine engine_;
  FileChecker checker_;
  std::vector<Bytes> pool_;
  std::size_t seeds_;
  Counts counts_;
};

void print(const Counts& counts, double seconds) {
  std::printf("%lld executions: %lld models, %lld checkpoints, %lld chains, %.0f seconds\n",
              static_cast<long long>(counts.executions), static_cast<long long>(counts.models),
              static_cast<long long>(counts.checkpoints), static_cast<long long>(counts.chains),
              seconds);
  std::fflush(stdout);
}

void run(std::uint64_t seed, std::int64_t count) {
  constexpr std::int64_t kBetweenPrints = 100'000;
  const auto begin = std::chrono::steady_clock::now();
  const auto seconds = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  Run fuzzing(seed);
  while (fuzzing.counts().executions < count) {
    fuzzing.step();
    if (fuzzing.counts().executions % kBetweenPrints == 0) print(fuzzing.counts(), seconds());
  }
  print(fuzzing.counts(), seconds());
}

int try_again(const char* path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::fprintf(stderr, "%s cannot be read\n", path), 2;
  const Bytes bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  FileChecker().check(bytes);
  return 0;
}

}  // namespace
}  // namespace finn::fuzz

int main(int count, char** arguments) {
  if (count == 2) return finn::fuzz::try_again(arguments[1]);
  if (count != 3) return std::fputs("fuzz_files SEED COUNT, or fuzz_files FILE\n", stderr), 2;
  // A file that makes the library ask for much more memory than it has bytes is a finding.
  if (finn::test::kMemoryCanBeLimited) finn::test::limit_memory();
  finn::fuzz::finding = std::string("fuzz_finding_") + arguments[1];
  for (const int number : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGALRM}) {
    std::signal(number, finn::fuzz::write_finding);
  }
  finn::fuzz::run(std::strtoull(arguments[1], nullptr, 10),
                  std::strtoll(arguments[2], nullptr, 10));
}
