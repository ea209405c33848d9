"""The table of options as the generator of the bindings reads it from the lists of finn/."""

import os
import sys
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "bindings"))

from generator import header, option_table


class OptionTable(unittest.TestCase):
    def test_every_field_of_a_struct_has_its_row_in_order(self):
        table = option_table.read()
        for d in header.read():
            if d.name in option_table.STRUCTS:
                fields = [field.name for field in d.members
                          if field.name not in ("struct_size", "reserved")]
                self.assertEqual([option.name for option in table[d.name]], fields, d.name)

    def test_a_row_is_read_whole(self):
        option = option_table.option(
            'optimiser.beta, beta1, core::number("0.9").at_least(0).below(1), "adam, adamw",\n'
            '"share, (of a mean), " "that is kept"', {})
        self.assertEqual(option, option_table.Option("beta1", "number", "0.9", "in [0, 1)",
                                                     "adam, adamw",
                                                     "share, (of a mean), that is kept"))

    def test_limits_read_as_a_person_writes_them(self):
        def limits(row):
            return option_table.limits_of(row, {"kMost": 64})

        self.assertEqual(limits('core::integer("4", 1, net::kMost)'), "1 .. 64")
        self.assertEqual(limits('core::integers("count", "8, 8", 2, 9)'), "2 .. 9")
        self.assertEqual(limits('core::number("1").above(0)'), "above 0")
        self.assertEqual(limits('core::number("1").at_least(0)'), "at least 0")
        self.assertEqual(limits('core::number("1").above(0).at_most(1)'), "in (0, 1]")
        self.assertEqual(limits('core::choice("a", "a, b")'), "")

    def test_the_default_of_several_integers_stands_behind_their_counter(self):
        option = option_table.option('widths, core::integers("layers", "8, 9", 1, 2), "", "w"', {})
        self.assertEqual((option.type, option.default), ("integers", "8, 9"))


if __name__ == "__main__":
    unittest.main()
