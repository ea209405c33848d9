"""Runs cases on peers, each peer in a process of its own, and makes rows of the results."""

import collections
import dataclasses
import statistics

import cases as all_cases
import processes


def describe(result):
    if "reason" in result:
        return f"- {result['reason']}"
    times = f"{result['us']:.2f} us/sample, {result['ratio']:.2f} times libfinn"
    return f"{times} ({result['variant']})"


class Runs:
    """Cases, and what some peers made of them."""

    def __init__(self, peers, options, progress):
        self.peers, self.options, self.progress = peers, options, progress
        self.found = collections.defaultdict(dict)  # case -> peer -> result
        self.late = {}  # peer and family of cases -> the size from which on it takes too long

    def reason_to_skip(self, peer, case):
        size, family = case.growing
        late = self.late.get((peer, family), size)
        if late < size:
            return f"takes longer than {self.options.limit:g} s at a size of {late} already"
        return all_cases.reason_against(peer, case)

    def note(self, peer, case, result):
        self.found[case][peer] = result
        if "late" in result:
            size, family = case.growing
            self.late.setdefault((peer, family), size)
        self.progress(f"{case}  {peer}: {describe(result)}")

    def run_setting(self, cases):
        for peer in self.peers:
            reasons = {case: self.reason_to_skip(peer, case) for case in cases}
            for case, reason in reasons.items():
                if reason:
                    self.found[case][peer] = {"reason": reason}
            tried = [case for case, reason in reasons.items() if not reason]
            log = self.options.build / "worker.log"
            for case, result in processes.results(peer, tried, self.options.limit, log):
                self.note(peer, case, result)

    def rows(self):
        return [row_of(case, found) for case, found in self.found.items()]

    def mismatches(self):
        found = [result for row in self.found.values() for result in row.values()]
        return [result["reason"] for result in found if "mismatch" in result]


def row_of(case, found):
    measured = {peer: result for peer, result in found.items() if "us" in result}
    ours = [result["libfinn_us"] for result in measured.values()]

    def column(key):
        return {peer: result[key] for peer, result in measured.items()}

    return {
        **dataclasses.asdict(case),
        "libfinn_us": statistics.median(ours) if ours else None,
        "peers": {peer: found[peer].get("us") for peer in found},
        "ratios": column("ratio"),
        "variants": column("variant"),
        "variants_us": column("variants_us"),
        "compile_s": column("compile_s"),
        "reasons": {peer: r["reason"] for peer, r in found.items() if "reason" in r},
    }
