/* Prints the name of the instruction set in use. */
#include <stdio.h>

#include "finn.h"

int main(void) { return puts(finn_instruction_set()) < 0; }
