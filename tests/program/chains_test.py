"""Chains in the program finn, run as its users run it: chains_test.py PATH_OF_FINN."""

import math
import os
import sys
import unittest

sys.dont_write_bytecode = True
import program_test
from program_test import FAITHFUL, Case, finn, json_of

# A fit that is over at once.
SHORT = ("--network", "chain", "--steps", "20", "--components", "4", "--linear_components", "2",
         "--widths", "4", "--threads", "1", "--quiet")
NAMES = ("--names", "duration,waiting")
WORDS = {"linear": "a mixture of normals with full covariances; ",
         "residual": "a mixture of normals ",
         "network": "under a network of what stands before it; ",
         "stacked": "the forms that were tried side by side, each with a share; "}


class Chain(Case):
    def fitted(self, *words, rows=FAITHFUL):
        chain = self.place("chain.safetensors")
        self.result = json_of("fit", rows, "-o", chain, *SHORT, *words)
        return chain

    def values_of(self, *words):
        return json_of(*words)["values"]


class Fit(Chain):
    def test_says_what_became_of_each_link(self):
        self.fitted()
        self.assertEqual(self.result["outcome"], "complete")
        self.assertEqual([link["variable"] for link in self.result["links"]],
                         ["duration", "waiting"])
        for link in self.result["links"]:
            self.assertIn(link["form"], ("linear", "residual", "network", "stacked"))
            self.assertLess(link.get(link["form"], link["residual"]), 0)
        self.assertIsNone(self.result["links"][0]["network"])
        text = finn("fit", FAITHFUL, "-o", self.place("c"), *SHORT).stdout
        self.assertIn("c: density of duration, waiting as a chain, 2 of 2 links fitted\n", text)
        self.assertRegex(text, r"mean log f -\d\.\d+ over all 272 rows\n")
        self.assertRegex(text, r"\nduration: .*; mean log f of rows held out: linear .*, residual ")
        self.assertRegex(text, r"\nwaiting: .*held out: linear .*, residual .*, network -[.\d]+\n")

    def test_has_words_for_every_form(self):
        rows = self.written("rows.csv", "a,b\n" + "".join(
            "%g,%g\n" % (a, a * a + 0.3 * math.sin(1e4 * a)) for a in
            (2 * math.sin(k * k) for k in range(1, 3000))))
        seen = set()
        for words in ((), ("--linear_components", "0"), ("--steps", "400", "--widths", "16")):
            chain = self.fitted(*words, rows=rows)
            lines = finn("describe", chain, "--names", "a,b").stdout.split("\n")[2:]
            for link, line in zip(self.result["links"], lines):
                seen.add(link["form"])
                self.assertIn(WORDS[link["form"]], line)
        self.assertGreater(len(seen), 2)

    def test_has_the_mean_of_its_densities(self):
        rows = self.written("rows.csv", "a,b,w\n" + "".join(
            "%g,%g,%d\n" % (math.sin(i), math.cos(3 * i) + math.sin(i), i % 3) for i in range(90)))
        chain = self.fitted("--weight", "w", rows=rows)
        values = self.values_of("evaluate", chain, rows, "--columns", "a,b")
        logs = [math.log(value[0]) * (i % 3) for i, value in enumerate(values)]
        self.assertAlmostEqual(sum(logs) / 90, self.result["mean_log_f"], delta=1e-12)

    def test_takes_options_by_name_and_flags(self):
        chain = self.fitted("--seed", "7", "--precision", "float32", "--set",
                            "chain.learning_rate=0.01", "--lower", "0,auto", "--upper", "auto,200")
        options = json_of("describe", chain)["options"]
        for name, value in (("steps", "20"), ("seed", "7"), ("precision", "float32"),
                            ("learning_rate", "0.01"), ("widths", "4")):
            self.assertEqual(options[name], value, name)
        beyond = self.written("x.csv", "a,b\n-1,70\n2,201\n2,70\n")
        values = self.values_of("evaluate", chain, beyond)
        self.assertEqual(values[:2], [[0], [0]])
        self.assertGreater(values[2][0], 0)

    def test_by_ctrl_c_saves_a_checkpoint(self):
        chain = self.place("chain")
        words = [program_test.FINN, "fit", FAITHFUL, "-o", chain, "--network", "chain", "--steps",
                 "1000000", "--linear_components", "0", "--json", "--threads", "1"]
        result = program_test.interrupted(*words)
        self.assertEqual((result["outcome"], result["links"]), ("interrupted", []))
        self.assertIsNone(result["mean_log_f"])
        self.assertIn("0 links fitted", finn("describe", chain).stdout)
        self.refused("0 of 2 links are fitted", "sample", chain, "-n", "3", code=1)


class Questions(Chain):
    def test_are_described_for_the_eye_and_as_json(self):
        chain = self.fitted("--columns", "waiting", "--conditions", "duration")
        text = finn("describe", chain, "--names", "wait").stdout
        self.assertIn("a chain of 1 variable and 1 condition, 1 link fitted\n", text)
        self.assertRegex(text, r"\nwait: .*held out")
        description = json_of("describe", chain)
        self.assertEqual((description["variables"], description["conditions"]), (["x1"], 1))
        self.assertEqual(description["links"][0]["form"], self.result["links"][0]["form"])

    def test_have_samples_of_a_seed_of_all_and_of_some_variables(self):
        chain = self.fitted()
        whole = self.values_of("sample", chain, "-n", "20", "--seed", "3")
        self.assertEqual(self.values_of("sample", chain, "-n", "5", "--seed", "3", "--first", "15"),
                         whole[15:])
        some = json_of("sample", chain, "-n", "20", "--seed", "3", "--marginal", "waiting", *NAMES)
        self.assertEqual(some["variables"], ["waiting"])
        self.assertEqual(some["values"], [row[1:] for row in whole])

    def test_have_samples_quantiles_and_probabilities_given_the_first_variable(self):
        chain = self.fitted()
        words = ("--given", "duration=2", *NAMES)
        quantile = json_of("quantile", chain, "-p", "0.25,0.75", *words)
        self.assertEqual(quantile["variable"], "waiting")
        for p, value in zip(quantile["p"], quantile["value"]):
            there = json_of("probability", chain, "--upper", repr(value), *words)
            self.assertAlmostEqual(there["value"][0], p, delta=1e-9)
        waits = [row[0] for row in self.values_of("sample", chain, "-n", "2000", *words)]
        share = sum(wait <= quantile["value"][0] for wait in waits) / 2000
        self.assertAlmostEqual(share, 0.25, delta=5 * math.sqrt(0.25 * 0.75 / 2000))
        text = finn("probability", chain, "--upper", "60", *words).stdout
        self.assertIn("(rounding error ", text)

    def test_have_probabilities_with_a_standard_error(self):
        chain = self.fitted()
        result = json_of("probability", chain, "--upper", "3,70")
        rows = self.values_of("sample", chain, "-n", "4000")
        share = sum(a <= 3 and b <= 70 for a, b in rows) / 4000
        self.assertAlmostEqual(share, result["value"][0], delta=5 * 0.5 / math.sqrt(4000))
        self.assertLess(result["error_estimate"][0], 1e-2)
        self.assertIn("(standard error ", finn("probability", chain, "--upper", "3,70").stdout)

    def test_take_conditions(self):
        chain = self.fitted("--columns", "waiting", "--conditions", "duration")
        self.assertEqual(len(self.values_of("sample", chain, "-n", "7", "--conditions", "2")), 7)
        values = json_of("probability", chain, "--upper", "70", "--conditions", "2",
                         "--conditions", "4.5")["value"]
        self.assertGreater(values[0], values[1])
        self.refused("--conditions is missing", "sample", chain, "-n", "7")


class Refusals(Chain):
    def fit_refused(self, message, *words, rows=FAITHFUL, code=2):
        chain = self.place("none.safetensors")
        self.refused(message, "fit", rows, "-o", chain, *SHORT, *words, code=code)
        self.assertFalse(os.path.exists(chain))

    def test_of_flags_and_options_of_other_networks(self):
        for flag, value in (("target", "waiting"), ("constraint", "none"), ("integral", "2"),
                            ("at-least", "1"), ("at-most", "1"), ("method", "shift"),
                            ("transition", "clip"), ("conditioning", "film")):
            self.fit_refused("--%s given, which --network chain has no use for" % flag,
                             "--" + flag, value)
        self.fit_refused("--loss given, an option of training, but this model has options of chain",
                         "--loss", "huber")
        self.fit_refused("0 given, 1 .. ", "--batch", "0")
        self.refused("an option of chain, but", "fit", FAITHFUL, "-o", self.place("m"),
                     "--linear_components", "3")

    def test_of_rows(self):
        self.fit_refused("1.8 at row 1, column 0, 2 .. inf expected", "--lower", "2,auto", code=1)
        self.fit_refused("1 numbers given, 2 expected", "--lower", "2")
        constant = self.written("s.csv", "a,b\n1,2\n3,2\n")
        self.fit_refused("column b is 2 in every row", rows=constant, code=1)
        self.fit_refused("condition b is 2 in every row", "--conditions", "b", rows=constant,
                         code=1)

    def test_of_questions_that_a_chain_does_not_answer(self):
        chain = self.fitted()
        self.refused("--given: waiting given, but of a chain only the first 1", "sample", chain,
                     "-n", "3", "--given", "waiting=70", *NAMES)
        self.refused("--variable: waiting given, duration expected", "quantile", chain, "-p",
                     "0.5", "--variable", "waiting", *NAMES)
        self.refused("a chain cannot be cut", "sample", chain, "-n", "3", "--lower", "2,auto")
        self.refused("--partial given, but a chain has no F", "evaluate", chain, FAITHFUL,
                     "--partial", "1")
        self.refused("--mask given, but a chain has no F", "evaluate", chain, FAITHFUL, "--mask",
                     "1")
        self.refused("0 .. 1 expected", "sample", chain, "-n", "3", "--output-number", "2")
        self.refused("1 columns given, 2 expected", "evaluate", chain, FAITHFUL, "--columns", "1",
                     code=1)
        for command in (("integrate",), ("plot", "-o", self.place("p.svg"))):
            self.refused("a chain given, a model expected", command[0], chain, *command[1:],
                         code=1)

    def test_of_files_that_are_neither_a_model_nor_a_chain(self):
        chain = self.fitted()
        with open(chain, "rb") as file:
            content = file.read()
        for old, new, message in (
                (b'"finn.chain"', b'"finn.other"', "no finn.model; .* no finn.chain"),
                (content[-40:], b"", "bytes")):
            damaged = self.place("damaged")
            with open(damaged, "wb") as file:
                file.write(content.replace(old, new))
            self.refused(message, "describe", damaged, code=1)


if __name__ == "__main__":
    program_test.FINN = sys.argv.pop(1)
    unittest.main()
