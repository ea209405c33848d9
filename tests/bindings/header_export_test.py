"""What FINN_API becomes: users on Windows import the functions of finn.h, its build exports them, and
a static library does neither. The C compiler of the build, the last argument, preprocesses the header
as if it were there."""

import os
import re
import subprocess
import sys
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
HEADER = os.path.join(ROOT, "capi", "finn.h")
COMPILER = sys.argv.pop()


def attribute_of_a_function(*macros):
    """What stands in front of the declaration of finn_version_number."""
    command = [COMPILER, "-E", "-P", "-x", "c", *("-D%s" % macro for macro in macros), HEADER]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return re.search(r"([^;{}]*)\bint32_t\s+finn_version_number", text)[1].strip()


class HeaderExport(unittest.TestCase):
    def test_users_on_windows_import(self):
        self.assertEqual(attribute_of_a_function("_WIN32"), "__declspec(dllimport)")

    def test_the_build_on_windows_exports(self):
        self.assertEqual(attribute_of_a_function("_WIN32", "FINN_BUILDING"),
                         "__declspec(dllexport)")

    def test_a_static_library_does_neither(self):
        self.assertEqual(attribute_of_a_function("_WIN32", "FINN_STATIC"), "")
        self.assertEqual(attribute_of_a_function("FINN_STATIC"), "")

    def test_elsewhere_functions_are_visible(self):
        self.assertIn("visibility", attribute_of_a_function())
        self.assertIn("visibility", attribute_of_a_function("FINN_BUILDING"))

    def test_the_build_defines_the_macro(self):
        with open(os.path.join(ROOT, "cmake", "FinnLibrary.cmake"), encoding="utf-8") as file:
            text = file.read()
        self.assertRegex(text, r"finn_objects PRIVATE FINN_BUILDING")
        self.assertRegex(text, r"finn_static INTERFACE FINN_STATIC")


if __name__ == "__main__":
    unittest.main()
