"""The program finn, run as its users run it: program_test.py PATH_OF_FINN."""

import json
import math
import os
import re
import signal
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

sys.dont_write_bytecode = True
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FAITHFUL = os.path.join(ROOT, "data", "old_faithful.csv")
COMMANDS = ("fit", "describe", "evaluate", "integrate", "sample", "probability", "quantile", "plot",
            "options")
# A fit that is over at once.
SHORT = ("--steps", "20", "--components", "4", "--threads", "1", "--quiet")
FINN = ""


def finn(*words, code=0):
    """What a call prints on either stream; it has to end with this code."""
    done = subprocess.run([FINN, *words], capture_output=True, text=True, timeout=60)
    assert done.returncode == code, (words, done.returncode, done.stdout, done.stderr)
    return done


def json_of(*words):
    return json.loads(finn(*words, "--json").stdout)


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def place(self, name):
        return os.path.join(self.folder, name)

    def written(self, name, text):
        with open(self.place(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.place(name)

    def fitted(self, *words, rows=FAITHFUL):
        model = self.place("model.safetensors")
        self.result = json_of("fit", rows, "-o", model, *SHORT, *words)
        return model

    def refused(self, message, *words, code=2):
        done = finn(*words, code=code)
        self.assertEqual(done.stdout, "")
        self.assertRegex(done.stderr, message)


class Density(Case):
    def test_has_an_integral_of_1_over_the_range_of_the_rows_and_a_tenth_on_either_side(self):
        model = self.fitted()
        self.assertEqual(self.result["variables"], ["duration", "waiting"])
        self.assertEqual(self.result["rows"], 272)
        self.assertEqual(self.result["outcome"], "steps done")
        for limits, expected in (("lower", (1.25, 37.7)), ("upper", (5.45, 101.3))):
            for given, wanted in zip(self.result[limits], expected):
                self.assertAlmostEqual(given, wanted)
        self.assertAlmostEqual(json_of("integrate", model)["value"][0][0], 1, delta=1e-12)

    def test_is_the_derivative_of_its_integral(self):
        model = self.fitted("--columns", "duration")
        f = json_of("evaluate", model, self.written("x.csv", "duration\n2\n"))["values"][0][0]
        h = 1e-4
        share = json_of("integrate", model, "--lower", str(2 - h), "--upper", str(2 + h))
        self.assertAlmostEqual(share["value"][0][0] / (2 * h), f, delta=1e-5 * f)
        parts = [json_of("integrate", model, *limits)["value"][0][0]
                 for limits in (("--upper", "3"), ("--lower", "3"))]
        self.assertAlmostEqual(sum(parts), 1, delta=1e-12)

    def test_is_the_same_by_name_by_number_and_from_a_file_with_other_columns(self):
        one = self.fitted("--columns", "waiting")
        points = self.written("x.csv", "waiting\n50\n80\n")
        first = finn("evaluate", one, points).stdout
        two = self.fitted("--columns", "2")
        self.assertEqual(finn("evaluate", two, points).stdout, first)
        self.assertEqual(first.split("\n")[0], "f")
        self.assertEqual(len(first.split()), 3)

    def test_takes_partials_by_name_by_number_and_by_mask(self):
        model = self.fitted()
        points = self.written("x.csv", "duration,waiting\n2,60\n4,70\n")
        results = [json_of("evaluate", model, points, *words)["values"] for words in (
            ("--partial", "waiting"), ("--partial", "2"), ("--mask", "2"))]
        self.assertEqual(results[0], results[1])
        self.assertEqual(results[0], results[2])
        self.assertNotEqual(results[0], json_of("evaluate", model, points)["values"])
        out = self.place("f.csv")
        finn("evaluate", model, points, "-o", out)
        with open(out, encoding="utf-8") as file:
            self.assertEqual(file.read(), finn("evaluate", model, points).stdout)

    def test_given_conditions_has_an_integral_of_1_for_each(self):
        model = self.fitted("--columns", "waiting", "--conditions", "duration",
                            "--conditioning.widths", "8")
        self.assertEqual(self.result["conditions"], ["duration"])
        values = json_of("integrate", model, "--conditions", "2", "--conditions", "4.5")["value"]
        self.assertEqual(len(values), 2)
        for value in values:
            self.assertAlmostEqual(value[0], 1, delta=1e-12)
        self.refused("--conditions is missing", "integrate", model)
        picture = self.place("p.svg")
        finn("plot", model, "-o", picture, "--conditions", "2")
        self.assertTrue(os.path.exists(picture))

    def test_in_float_has_the_likelihood_of_double_though_it_is_no_float_itself(self):
        rows = [",".join("abcdefghij")]
        rows += [",".join(str(1e-6 * math.sin(37 * k + k * k * i)) for i in range(10))
                 for k in range(100)]
        table = self.written("small.csv", "\n".join(rows) + "\n")
        likelihoods = []
        for precision in ("float32", "float64"):
            self.fitted("--precision", precision, rows=table)
            likelihoods.append(self.result["mean_log_f"])
        self.assertGreater(likelihoods[0], math.log(1e50))
        self.assertAlmostEqual(likelihoods[0], likelihoods[1], delta=1e-2)

    def test_is_described_for_the_eye_and_as_json(self):
        model = self.fitted("--lower", "0,auto", "--precision", "float32")
        description = json_of("describe", model)
        self.assertEqual(description["network"]["options"]["components"], 4)
        self.assertEqual(description["precision"], "float32")
        self.assertEqual(description["domain"][0]["lower"][0], 0)
        text = finn("describe", model).stdout
        self.assertRegex(text, r"components +4\n")
        self.assertRegex(text, r"kind +open box\n")

    def test_of_an_mlp_takes_the_options_of_that(self):
        model = self.place("mlp.safetensors")
        finn("fit", FAITHFUL, "-o", model, "--network", "mlp", "--widths=5,6", "--steps=3",
             "--set", "training.seed=3", "--skip", "--learning-rate", "0.02", "--quiet")
        options = json_of("describe", model)["network"]["options"]
        self.assertEqual(options["widths"], [5, 6])
        self.assertTrue(options["skip"])


class Distribution(Case):
    NAMES = ("--names", "duration,waiting")

    def rows_of(self, *words):
        lines = finn("sample", *words).stdout.strip().split("\n")
        return lines[0], [[float(part) for part in line.split(",")] for line in lines[1:]]

    def test_has_samples_of_a_seed_as_csv_and_as_json(self):
        model = self.fitted()
        heading, rows = self.rows_of(model, "-n", "50", "--seed", "3", *self.NAMES)
        self.assertEqual(heading, "duration,waiting")
        self.assertEqual([len(row) for row in rows], [2] * 50)
        self.assertEqual(self.rows_of(model, "-n", "50", "--seed", "3"), ("x1,x2", rows))
        self.assertNotEqual(self.rows_of(model, "-n", "50", "--seed", "4")[1], rows)
        self.assertEqual(self.rows_of(model, "-n", "10", "--seed=3", "--first=40")[1], rows[40:])
        result = json_of("sample", model, "-n", "50", "--seed", "3", *self.NAMES)
        self.assertEqual(result, {"variables": ["duration", "waiting"], "values": rows})
        out = self.place("samples.csv")
        self.assertEqual(finn("sample", model, "-n", "50", "--seed", "3", "-o", out).stdout, "")
        self.assertTrue(os.path.getsize(out) > 0)
        finn("evaluate", model, out)

    def test_has_samples_within_limits_and_of_some_variables(self):
        model = self.fitted()
        limits = ("--lower", "2,auto", "--upper", "3,inf")
        heading, rows = self.rows_of(model, "-n", "30", *limits, "--marginal", "waiting,duration",
                                     *self.NAMES)
        self.assertEqual(heading, "waiting,duration")
        for waiting, duration in rows:
            self.assertTrue(2 <= duration <= 3 and 37 < waiting < 102)
        self.assertEqual(self.rows_of(model, "-n", "30", *limits, "--marginal", "2")[0], "x2")

    def test_has_samples_given_a_variable(self):
        model = self.fitted()
        heading, rows = self.rows_of(model, "-n", "2000", "--given", "duration=2", *self.NAMES)
        self.assertEqual(heading, "waiting")
        at_most = json_of("probability", model, "--given", "1=2", "--upper", "70")["value"][0]
        share = sum(row[0] <= 70 for row in rows) / len(rows)
        self.assertAlmostEqual(share, at_most, delta=5 / math.sqrt(2000) / 2)

    def test_has_the_probabilities_of_its_integrals(self):
        model = self.fitted()
        limits = ("--lower", "2,auto", "--upper", "3,70")
        result = json_of("probability", model, *limits)
        integral = json_of("integrate", model, *limits)
        self.assertAlmostEqual(result["value"][0], integral["value"][0][0], delta=1e-12)
        self.assertTrue(0 < result["error_estimate"][0] < 1e-10)
        self.assertAlmostEqual(json_of("probability", model)["value"][0], 1, delta=1e-12)
        text = finn("probability", model, *limits).stdout
        self.assertRegex(text, r"^0\.\d+ \(rounding error .*\)\n$")
        self.assertAlmostEqual(float(text.split()[0]), result["value"][0], delta=1e-15)

    def test_has_quantiles_where_the_probability_is_p(self):
        model = self.fitted()
        words = ("--given", "waiting=80", *self.NAMES)
        result = json_of("quantile", model, "-p", "0.05,0.5", *words)
        self.assertEqual(result["variable"], "duration")
        for p, value in zip(result["p"], result["value"]):
            there = json_of("probability", model, "--upper", repr(value), *words)
            self.assertAlmostEqual(there["value"][0], p, delta=1e-10)
        lines = finn("quantile", model, "-p", "0.05,0.5", *words).stdout.split("\n")
        self.assertEqual(lines[0], "p,duration")
        self.assertEqual(float(lines[2].split(",")[1]), result["value"][1])
        median = json_of("quantile", model, "-p", "0.5", "--variable", "2", "--lower", "auto,80")
        self.assertGreater(median["value"][0], 80)

    def test_takes_the_conditions_of_a_model(self):
        model = self.fitted("--columns", "waiting", "--conditions", "duration",
                            "--conditioning.widths", "8")
        both = ("--conditions", "2", "--conditions", "4.5")
        values = json_of("probability", model, "--upper", "70", *both)["value"]
        integrals = json_of("integrate", model, "--upper", "70", *both)["value"]
        self.assertEqual(len(values), 2)
        for value, integral in zip(values, integrals):
            self.assertAlmostEqual(value, integral[0], delta=1e-12)
        self.assertEqual(len(self.rows_of(model, "-n", "7", "--conditions", "2")[1]), 7)
        self.refused("--conditions is missing", "sample", model, "-n", "7")
        self.refused("--conditions given 2 times, once", "quantile", model, "-p", "0.5", *both)

    def test_of_a_function_that_may_be_below_0_is_refused(self):
        rows = self.written("rows.csv", "x,y\n0,1\n1,-1\n")
        model = self.place("m.safetensors")
        finn("fit", rows, "-o", model, "--target", "y", "--network", "mlp", "--positivity", "none",
             "--steps", "3", "--quiet")
        self.refused("needs one with positivity", "sample", model, "-n", "3", code=1)

    def test_names_what_is_wrong(self):
        model = self.fitted()
        self.refused("--rows is missing", "sample", model)
        self.refused("--p is missing", "quantile", model)
        self.refused("--variable is missing", "quantile", model, "-p", "0.5")
        self.refused("--p: \"half\" given, a number", "quantile", model, "-p", "half")
        self.refused("p: 2 at row 0.*0 .. 1 expected", "quantile", model, "-p", "2", "--variable",
                     "1", code=1)
        self.refused("--names: 1 given, 2 expected", "sample", model, "-n", "3", "--names", "a")
        self.refused("--given: \"x1\" given, name=value", "sample", model, "-n", "3", "--given",
                     "x1")
        self.refused("--given: \"z\" given, one of x1, x2 or a number, 1 .. 2", "sample", model,
                     "-n", "3", "--given", "z=1")
        self.refused("--given: \"two\" given, a number", "probability", model, "--given", "1=two")
        self.refused("--given: x1 given twice", "probability", model, "--given", "1=2", "--given",
                     "x1=2")
        self.refused("--marginal: \"x1\" given, one of x2", "sample", model, "-n", "3", "--given",
                     "1=2", "--marginal", "x1")
        self.refused("--lower: 2 numbers given, 1 expected", "probability", model, "--given",
                     "1=2", "--lower", "1,2")
        self.refused("row 0", "probability", model, "--given", "1=99", code=1)


class Regression(Case):
    ROWS = "x,y\n" + "".join("%g,%g\n" % (i / 20, i / 20) for i in range(21))

    def test_follows_its_values(self):
        rows = self.written("rows.csv", self.ROWS)
        model = self.fitted("--target", "y", "--steps", "300", rows=rows)
        self.assertEqual(self.result["targets"], ["y"])
        self.assertLess(self.result["root_mean_squared_error"], 0.1)
        self.assertEqual(json_of("describe", model)["constraint"]["form"], "none")

    def test_below_0_needs_a_network_that_can_be_there(self):
        rows = self.written("rows.csv", "x,y\n0,1\n1,-1\n")
        words = ("fit", rows, "-o", self.place("m.safetensors"), "--target", "y", *SHORT)
        self.refused("row 2: target -1 given, but .* --positivity none", *words, code=1)
        finn("fit", rows, "-o", self.place("m.safetensors"), "--target", "y", "--network", "mlp",
             "--positivity", "none", "--steps", "3", "--quiet")


class Pictures(Case):
    def parsed(self, *words):
        picture = self.place("picture.svg")
        finn("plot", *words, "-o", picture)
        root = xml.etree.ElementTree.parse(picture).getroot()
        texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
        paths = [element.get("d") for element in root.iter("{http://www.w3.org/2000/svg}path")]
        return texts, paths

    def test_of_one_variable_are_a_curve(self):
        texts, paths = self.parsed(self.fitted("--columns", "waiting"), "--rows", FAITHFUL,
                                   "--columns", "waiting")
        self.assertIn("waiting", texts)
        self.assertIn("60", texts)
        self.assertIn("0", texts)
        self.assertEqual(max(path.count("L") for path in paths), 512)

    def test_of_two_variables_are_a_heat_map_with_the_names_of_the_rows(self):
        model = self.fitted()
        texts, paths = self.parsed(model, "--rows", FAITHFUL)
        self.assertTrue({"duration", "waiting", "60", "3"} <= set(texts))
        self.assertEqual(max(path.count("h0") for path in paths), 272)
        self.assertIn("x1", self.parsed(model)[0])

    def test_write_names_that_are_no_xml_as_text(self):
        rows = self.written("rows.csv", "\"<a> & 'b'\"\n1\n2\n4\n")
        texts, _ = self.parsed(self.fitted(rows=rows), "--rows", rows)
        self.assertIn("<a> & 'b'", texts)

    def test_of_three_variables_are_refused(self):
        rows = self.written("rows.csv", "1,2,3\n2,3,5\n3,5,4\n")
        self.refused("3 variables", "plot", self.fitted(rows=rows), "-o", self.place("p"), code=1)


class BadInput(Case):
    def fit_refused(self, message, rows, *words, code=1):
        model = self.place("none.safetensors")
        self.refused(message, "fit", rows, "-o", model, *words, code=code)
        self.assertFalse(os.path.exists(model))

    def test_files_that_are_none(self):
        self.fit_refused("a folder given", self.folder)
        self.fit_refused("No such file", self.place("nowhere.csv"))
        os.mkfifo(self.place("pipe"))
        self.fit_refused("a regular file expected", self.place("pipe"))
        self.refused("expected", "describe", FAITHFUL, code=1)

    def test_rows_by_line_and_column(self):
        self.fit_refused("line 3, column 2 .b.: \"\" given", self.written("r.csv", "a,b\n1,2\n3,\n"))
        self.fit_refused("column \"foo\" given, .*duration, waiting", FAITHFUL, "--columns", "foo")
        self.fit_refused("column b is 2 in every row", self.written("s.csv", "a,b\n1,2\n3,2\n"))

    def test_places_that_are_not_there_before_the_fit(self):
        self.refused("the folder .* does not exist", "fit", FAITHFUL, "-o",
                     self.place("no/model"), code=1)
        self.refused("a folder given", "fit", FAITHFUL, "-o", self.folder, code=1)

    def test_options_with_the_nearest_name_and_the_limits(self):
        self.fit_refused("no option; the nearest is --steps", FAITHFUL, "--stepz", "3", code=2)
        self.fit_refused("-1 given, 1 .. ", FAITHFUL, "--steps", "-1", code=2)
        self.fit_refused("an option of mixture", FAITHFUL, "--network", "mlp", "--components",
                         "3", code=2)
        self.fit_refused("--mlp.widths or --conditioning.widths", FAITHFUL, "--network", "mlp",
                         "--columns", "1", "--conditions", "2", "--widths", "3", code=2)
        self.fit_refused("without a value", FAITHFUL, "--lower", "--upper", "1,2", code=2)
        self.fit_refused("reads no upper ends", FAITHFUL, "--loss", "interval_likelihood", code=2)
        self.fit_refused("1 numbers given, 2 expected", FAITHFUL, "--lower", "1", code=2)

    def test_usage(self):
        self.refused("usage", code=2)
        self.refused("nearest is fit", "fitt", code=2)
        self.refused("--output is missing", "fit", FAITHFUL, code=2)
        self.refused("no file given", "describe", code=2)
        self.refused("2 columns given, 1 expected", "evaluate", self.fitted("--columns", "1"),
                     FAITHFUL, code=1)

    def test_a_full_disk(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run([FINN, "options"], stdout=full, stderr=subprocess.DEVNULL)
        self.assertEqual(done.returncode, 1)


def interrupted(*words):
    """What a fit prints that Ctrl-C ends once it has begun, as its bar on a terminal tells."""
    main, side = os.openpty()
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=side, text=True) as running:
        os.close(side)
        seen = b""
        while b"loss" not in seen:
            seen += os.read(main, 1000)
        running.send_signal(signal.SIGINT)
        output, _ = running.communicate(timeout=30)
    os.close(main)
    if running.returncode != 0:
        raise AssertionError(f"exit status {running.returncode}")
    return json.loads(output)


class Interrupted(Case):
    def test_by_ctrl_c_a_fit_saves_what_it_has_come_to(self):
        model = self.place("model.safetensors")
        words = [FINN, "fit", FAITHFUL, "-o", model, "--steps", "1000000", "--json",
                 "--threads", "1", "--components", "2"]
        result = interrupted(*words)
        self.assertEqual(result["outcome"], "interrupted")
        self.assertLess(result["steps"], 1000000)
        self.assertAlmostEqual(json_of("integrate", model)["value"][0][0], 1, delta=1e-12)


class Summary(Case):
    def test_is_printed_at_the_end_of_a_fit(self):
        text = finn("fit", FAITHFUL, "-o", self.place("m"), *SHORT).stdout
        self.assertIn("\n20 steps, all that were asked for\nloss ", text)
        self.assertIn("\n272 rows trained on; f was looked at in 272 of them", text)
        self.assertRegex(text, r"\nintegral 1\n")

    def test_is_in_the_json(self):
        self.fitted("--validation_share", "0.25", "--uniform_share", "0.5")
        for key, expected in (("steps", 20), ("rows_trained_on", 204), ("validation_rows", 68),
                              ("rows_looked_at", 272), ("floor_share", 0.5), ("best_step", 20)):
            self.assertEqual(self.result[key], expected, key)
        self.assertAlmostEqual(self.result["integral"], 1, delta=1e-12)
        self.assertLess(self.result["rows_at_floor"], 272)

    def test_warns_in_both(self):
        words = ("fit", FAITHFUL, "-o", self.place("m"), *SHORT, "--loss", "poisson_process",
                 "--at-most", "100000")
        self.assertIn("\nwarning: the integral ", finn(*words).stdout)
        warnings = json_of(*words)["warnings"]
        self.assertTrue(any("is far from its bound 1e+05" in each for each in warnings), warnings)


class Help(unittest.TestCase):
    def test_names_every_command_and_what_it_takes_stands_in_the_man_page(self):
        with open(os.path.join(ROOT, "program", "finn.1"), encoding="utf-8") as file:
            page = file.read().replace("\\-", "-")
        for command in COMMANDS:
            self.assertIn("finn " + command, finn("--help").stdout)
            self.assertIn("finn " + command, page)
            text = finn(command, "--help").stdout
            for flag in re.findall(r"^  (?:-\w, )?(--[a-z][a-z-]*)", text, re.MULTILINE):
                self.assertIn(flag, page, command)

    def test_lists_the_options_as_text_and_as_json(self):
        tables = json_of("options")
        self.assertEqual(sorted(tables),
                         ["chain", "conditioning", "constraint", "mixture", "mlp", "training"])
        steps = next(row for row in tables["training"] if row["name"] == "steps")
        self.assertEqual(steps["default"], "6000")
        self.assertIn("--components 64", finn("options", "mixture").stdout)
        self.assertNotIn("--steps", finn("options", "mixture").stdout)

    def test_says_the_version_of_the_header(self):
        with open(os.path.join(ROOT, "capi", "finn.h"), encoding="utf-8") as file:
            numbers = re.findall(r"#define FINN_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)", file.read())
        self.assertEqual(finn("--version").stdout.split("\n")[0], "finn " + ".".join(numbers))


class Lines(Case):
    def test_of_progress_are_few_where_there_is_no_terminal(self):
        done = finn("fit", FAITHFUL, "-o", self.place("m"), "--steps", "100", "--components", "2",
                    "--threads", "1")
        self.assertEqual(len(done.stderr.strip().split("\n")), 5)
        self.assertFalse(math.isnan(float(re.search("loss ([-.0-9]+)", done.stderr)[1])))
        self.assertNotIn("\r", done.stderr)


if __name__ == "__main__":
    FINN = sys.argv.pop(1)
    unittest.main()
